import { createChromeEngine } from "../../src/engine/hosts/chrome/engine.js";
import { engineSuite } from "./suite.js";

for (const mode of ["auto", "newton", "counts"] as const) {
  engineSuite(
    `Chrome WebGPU, ${mode}`,
    (problem) => createChromeEngine(problem, { mode, adapter: "swiftshader" }),
    { tolerance: 3e-4, share: 0.3, isFused: mode === "newton" },
  );
}
