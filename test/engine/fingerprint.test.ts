import { describe, expect, it } from "vitest";
import { ANALYSES } from "../../src/analysis/registry.js";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import { fingerprint, NUMERICS_VERSION } from "../../src/engine/fingerprint.js";
import { contentHash } from "../../src/likelihood/hash.js";
import { standardModelPoint } from "../../src/model/parameters.js";

const cpu = { name: "cpu", device: "2 worker threads, float64" };
const gpu = { name: "webgpu-dawn", device: "lavapipe" };
const portable = (name: string) => ({ name, isPortable: true });
const own = (name: string) => ({ name, isPortable: false });

describe("what computes χ²", () => {
  it("is the same on any number of threads, another by engine, route and GPU", () => {
    const newton = fingerprint(cpu, portable("newton"));
    expect(newton).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprint({ ...cpu, device: "1 thread, float64" }, portable("newton"))).toBe(newton);
    const others = [
      newton,
      fingerprint(cpu, portable("predicted")),
      fingerprint(gpu, own("newton")),
      fingerprint({ ...gpu, device: "another" }, own("newton")),
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  // Where this fails, numbers have changed: raise NUMERICS_VERSION, so that no journal of the old ones
  // is continued with the new ones, and store what is found.
  it("has a version that stands for these numbers", async () => {
    const names = ["eps_ee_u", "eps_ee_d", "eps_mumu_u", "eps_emu_d", "sigma_scale"];
    const rows = [
      [0, 0, 0, 0, 1],
      [0.1, -0.2, 0.05, 0.3, 1.2],
      [-0.4, 0.35, 0.6, -0.1, 0.5],
      [1, -0.7, -0.9, 0, 2],
      [0, 0, 0, 0, 0],
    ];
    const points = { kind: "list", names, values: Float64Array.from(rows.flat()) } as const;
    const found: string[] = [];
    for (const analysis of Object.values(ANALYSES)) {
      const { description, observations, datasets } = analysis.compile();
      const combinations = [...datasets.map((one) => [one]), datasets].map((own) => {
        return { name: own.join("+"), datasets: own };
      });
      const problem = { description, observations, combinations, base: standardModelPoint() };
      const engine = createCpuEngine(problem, { threads: 1 });
      const chi2 = await engine.evaluate(points);
      await engine.close();
      found.push(...Array.from(chi2, (value) => value.toPrecision(7)));
    }
    expect({ version: NUMERICS_VERSION, numbers: contentHash(found) }).toEqual({
      version: 1,
      numbers: "6d032353a8e384424e7ef0df2158d707938a0d36f7534d73f2ee6f2316f1a719",
    });
  });
});
