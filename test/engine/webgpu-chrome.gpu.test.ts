import { createChromeEngine } from "../../src/engine/hosts/chrome/engine.js";
import { engineSuite } from "./suite.js";

engineSuite(
  "Chrome WebGPU, counts",
  (problem) => createChromeEngine(problem, { mode: "counts", adapter: "swiftshader" }),
  { tolerance: 3e-4, share: 0.3 },
);
