import { describe } from "vitest";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { createWebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { accuracySuite } from "../accuracy.js";
import { tablesOf } from "../tabulated.js";

describe("Dawn, looked up from tables", () => {
  accuracySuite(
    async (problem) => {
      const tables = await tablesOf(problem);
      return createWebGpuEngine(problem, await openDawn(), { mode: "tables", tables });
    },
    { share: 0.3, isFused: true },
  );
});
