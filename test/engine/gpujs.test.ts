import { createGpujsEngine } from "../../src/engine/gpujs/engine.js";
import { engineSuite } from "./suite.js";

engineSuite("gpu.js", (problem) => createGpujsEngine(problem, "cpu"), {
  tolerance: 1e-4,
  share: 0.3,
});
