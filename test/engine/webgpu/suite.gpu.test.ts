import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { createWebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { engineSuite } from "../suite.js";

for (const mode of ["auto", "newton", "counts"] as const) {
  engineSuite(
    `Dawn, ${mode}`,
    async (problem) => createWebGpuEngine(problem, await openDawn(), { mode }),
    { tolerance: 3e-4, share: 0.3, isFused: mode === "newton" },
  );
}
