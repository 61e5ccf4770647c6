import { describe, expect, it } from "vitest";
import { createCpuEngine } from "../../../src/engine/cpu/engine.js";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { createWebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { generator } from "../../random.js";
import { accuracySuite } from "../accuracy.js";
import { analysisProblem, randomPoints, worstError } from "../real.js";
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

it("would be seen to read one coefficient of its neighbour", async () => {
  const problem = analysisProblem("liao-2024");
  const tables = await tablesOf(problem);
  const host = await openDawn();
  const source = host.shaders["table.wgsl"];
  const wrong = source.replace("numbers[at + 2u *", "numbers[at + 3u *");
  expect(wrong).not.toBe(source);
  const shaders = { ...host.shaders, "table.wgsl": wrong };
  const engine = await createWebGpuEngine(
    problem,
    { ...host, shaders },
    { mode: "tables", tables },
  );
  const reference = createCpuEngine(problem);
  const points = randomPoints(500, 1, generator(9));
  const [chi2, exact] = [await engine.evaluate(points), await reference.evaluate(points)];
  expect(worstError(chi2, exact, problem.combinations.length).error).toBeGreaterThan(1);
  await engine.close();
  await reference.close();
});
