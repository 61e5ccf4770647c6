import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { createWebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { engineSuite } from "../suite.js";

engineSuite(
  "Dawn, counts",
  async (problem) => createWebGpuEngine(problem, await openDawn(), { mode: "counts" }),
  { tolerance: 3e-4, share: 0.3 },
);
