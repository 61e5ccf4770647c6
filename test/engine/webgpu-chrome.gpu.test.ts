import { createChromeEngine } from "../../src/engine/hosts/chrome/engine.js";
import { engineSuite } from "./suite.js";

engineSuite("WebGPU in Chrome", (problem) => createChromeEngine(problem), { tolerance: 3e-4 });
