import { createChromeEngine } from "../../src/engine/hosts/chrome/engine.js";
import { engineSuite } from "./suite.js";

engineSuite("gpu.js in Chrome", (problem) => createChromeEngine(problem, { engine: "gpujs" }), {
  tolerance: 3e-4,
  share: 0.3,
});
