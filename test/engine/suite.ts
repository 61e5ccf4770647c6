import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liao2024 } from "../../src/analysis/liao-2024/index.js";
import type { Engine, GridAxis, PointList } from "../../src/engine/engine.js";
import { axisValues } from "../../src/engine/points.js";
import {
  emptyProfiles,
  type GridProfiles,
  mergeProfiles,
  type Profile,
} from "../../src/engine/profiles.js";
import { InputError } from "../../src/errors.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import { type AccuracyOptions, accuracySuite, type EngineFactory } from "./accuracy.js";
import { bruteForceChi2 } from "./brute-force.js";
import { naiveProfiles } from "./naive-profiles.js";
import { syntheticProblem } from "./problem.js";

interface SuiteOptions extends AccuracyOptions {
  /** Largest |Δχ²| from the brute force, for χ² up to some hundreds. */
  readonly tolerance: number;
}

const axes: readonly GridAxis[] = [
  { parameter: "eps_ee_d", from: -0.4, to: 0.6, points: 31 },
  { parameter: "eps_mumu_u", from: -0.3, to: 0.5, points: 23 },
  { parameter: "sin2_theta_w", from: 0.2, to: 0.28, points: 3 },
];
const size = 31 * 23 * 3;
const names = axes.map((axis) => axis.parameter);
const whole = { kind: "grid", axes, start: 0, count: size } as const;

/** The grid's points written out, the last axis fastest. */
function listed(): number[][] {
  const [a, b, c] = axes.map((axis) => [...axisValues(axis)]);
  return a.flatMap((x) => b.flatMap((y) => c.map((z) => [x, y, z])));
}

const list = (columns: readonly string[], rows: readonly (readonly number[])[]): PointList => ({
  kind: "list",
  names: columns,
  values: Float64Array.from(rows.flat()),
});

/** A golden file's columns of parameters, as points, and of χ², [points × 3 data sets]. */
function golden(file: string): { points: PointList; chi2: number[] } {
  const [head, ...lines] = readFileSync(`test/golden/${file}`, "utf8").trim().split("\n");
  const columns = head.split(",").slice(0, -3);
  const rows = lines.map((line) => line.split(",").map(Number));
  const width = columns.length;
  return {
    points: list(
      columns,
      rows.map((row) => row.slice(0, width)),
    ),
    chi2: rows.flatMap((row) => row.slice(width)),
  };
}

/** What every engine must do, whatever does the work. */
export function engineSuite(
  name: string,
  create: EngineFactory,
  { tolerance, ...accuracy }: SuiteOptions,
): void {
  describe(`the ${name} engine`, () => {
    accuracySuite(create, accuracy);

    let engine: Engine;
    let grid: Float64Array;
    const width = syntheticProblem.combinations.length;
    beforeAll(async () => {
      engine = await create(syntheticProblem);
      grid = await engine.evaluate(whole);
    });
    afterAll(() => engine?.close());

    const bruteForce = (columns: readonly string[], rows: readonly (readonly number[])[]) =>
      rows.flatMap((row) => {
        const parameters = Float64Array.from(syntheticProblem.base);
        columns.forEach((column, k) => {
          parameters[parameterIndex(column)] = row[k];
        });
        return bruteForceChi2(syntheticProblem, parameters);
      });

    function expectNear(chi2: ArrayLike<number>, expected: readonly number[]): void {
      expect(chi2.length).toBe(expected.length);
      expected.forEach((value, i) => {
        expect(Math.abs(chi2[i] - value)).toBeLessThan(tolerance * Math.max(1, value / 300));
      });
    }

    /** Each cell has the lowest χ² of its points, and names one that has it. */
    function expectProfiles(found: GridProfiles, of: readonly GridAxis[], chi2: Float64Array) {
      const naive = naiveProfiles(of, width, chi2);
      expect(found.points).toBe(naive.points);
      const compare = (one: Profile, other: Profile, k: number): void => {
        expectNear(one.chi2, [...other.chi2]);
        expectNear(
          one.chi2,
          Array.from(one.index, (index) => chi2[index * width + k]),
        );
      };
      expect(found.lines.length).toBe(naive.lines.length);
      naive.lines.forEach((line, axis) => {
        for (const [k, other] of line.entries()) compare(found.lines[axis][k], other, k);
      });
      expect(found.planes.map(({ x, y }) => [x, y])).toEqual(naive.planes.map((p) => [p.x, p.y]));
      naive.planes.forEach(({ profiles }, plane) => {
        for (const [k, other] of profiles.entries()) {
          compare(found.planes[plane].profiles[k], other, k);
        }
      });
      naive.best.forEach(({ chi2: lowest }, k) => {
        expectNear([found.best[k].chi2, chi2[found.best[k].index * width + k]], [lowest, lowest]);
      });
    }

    it("gives the χ² of a brute-force profile, for any parameters", async () => {
      const columns = ["eps_ee_u", "eps_mumu_d", "eps_emu_d", "eps_mutau_u", "sigma_scale_e"];
      const coupling = fc.double({ min: -0.5, max: 0.5, noNaN: true });
      const scale = fc.double({ min: 0, max: 2, noNaN: true });
      const row = fc.tuple(coupling, coupling, coupling, coupling, scale);
      await fc.assert(
        fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (rows) => {
          const chi2 = await engine.evaluate(list(columns, rows));
          expectNear(chi2, bruteForce(columns, rows));
        }),
        { numRuns: 10 },
      );
    });

    it.each(["random-points", "exponent"])(
      "agrees with the golden %s of liao-2024",
      async (kind) => {
        const { points, chi2: expected } = golden(`liao-2024-${kind}.csv`);
        const scanned = points.names.includes("exponent_x");
        const { datasets, ...compiled } = liao2024.compile({}, scanned ? "scanned" : 2);
        const combinations = datasets.map((dataset) => ({ name: dataset, datasets: [dataset] }));
        const real = await create({ ...compiled, combinations, base: standardModelPoint() });
        try {
          expectNear(await real.evaluate(points), expected);
        } finally {
          await real.close();
        }
      },
    );

    it("walks a grid with the last axis fastest, both ends included", async () => {
      expect(grid.length).toBe(size * width);
      const points = listed();
      const some = [0, 1, 2, 3, 68, 69, 70, 1000, size - 1];
      const expected = bruteForce(
        names,
        some.map((i) => points[i]),
      );
      expectNear(
        some.flatMap((i) => [...grid.subarray(i * width, (i + 1) * width)]),
        expected,
      );
    });

    it("gives a grid and the list of its points the same numbers", async () => {
      expect(await engine.evaluate(list(names, listed()))).toEqual(grid);
    });

    it("gives a point the same number whatever its neighbours", async () => {
      const order = listed().map((_, i) => (i * 997) % size);
      const points = listed();
      const shuffled = await engine.evaluate(
        list(
          names,
          order.map((i) => points[i]),
        ),
      );
      order.forEach((i, place) => {
        const here = shuffled.subarray(place * width, (place + 1) * width);
        expect(here).toEqual(grid.subarray(i * width, (i + 1) * width));
      });
    });

    it("gives ranges of a grid that join to the whole", async () => {
      const cuts = [0, 1, 7, 700, 1400, size];
      const parts = await Promise.all(
        cuts
          .slice(1)
          .map((end, i) => engine.evaluate({ ...whole, start: cuts[i], count: end - cuts[i] })),
      );
      expect(Float64Array.from(parts.flatMap((part) => [...part]))).toEqual(grid);
    });

    it("starts points from the problem's base", async () => {
      const base = Float64Array.from(syntheticProblem.base);
      base[parameterIndex("eps_etau_d")] = 0.2;
      const moved = await create({ ...syntheticProblem, base });
      try {
        const chi2 = await moved.evaluate(list(["eps_ee_d"], [[0.1]]));
        expectNear(chi2, bruteForce(["eps_ee_d", "eps_etau_d"], [[0.1, 0.2]]));
      } finally {
        await moved.close();
      }
    });

    it("evaluates no points to nothing", async () => {
      expect(await engine.evaluate({ ...whole, count: 0 })).toHaveLength(0);
      expect(await engine.evaluate(list(["eps_ee_d"], []))).toHaveLength(0);
    });

    it("reports progress that rises to the number of points", async () => {
      const reports: number[] = [];
      await engine.evaluate(whole, { onProgress: (done) => reports.push(done) });
      expect(reports.at(-1)).toBe(size);
      expect([...reports].sort((a, b) => a - b)).toEqual(reports);
    });

    it("refuses points that mean nothing, and goes on working", async () => {
      const refusals: [PointList | Parameters<Engine["evaluate"]>[0], string][] = [
        [list(["eps_ee"], [[0]]), "unknown-parameter"],
        [list(["eps_tautau_u"], [[0]]), "unreachable-parameter"],
        [list(["eps_ee_d"], [[Number.NaN]]), "impossible-value"],
        [list(["eps_ee_d"], [[Number.POSITIVE_INFINITY]]), "impossible-value"],
        [list(["sigma_scale"], [[-0.1]]), "impossible-value"],
        [list(["eps_ee_d", "eps_ee_d"], [[0, 0]]), "repeated-parameter"],
        [list(["eps_ee_d", "eps_ee_u"], [[0], [0, 0]]), "ragged-points"],
        [list(["exponent_x"], [[1.9]]), "no-template-family"],
        [{ ...whole, start: 1 }, "bad-range"],
        [{ ...whole, start: -1, count: 1 }, "bad-range"],
        [{ ...whole, axes: [{ ...axes[0], points: 1 }], count: 1 }, "bad-axis"],
        [{ ...whole, axes: [{ ...axes[0], to: Number.NaN }], count: 1 }, "impossible-value"],
        [{ ...whole, axes: [axes[0], axes[0]], count: 1 }, "repeated-parameter"],
      ];
      for (const [points, code] of refusals) {
        const refused = engine.evaluate(points);
        await expect(refused).rejects.toBeInstanceOf(InputError);
        await expect(refused).rejects.toMatchObject({ code });
      }
      expect(await engine.evaluate(whole)).toEqual(grid);
    });

    it("stops when told to, with the reason, and can be used again", async () => {
      const early = AbortSignal.abort(new Error("not even begun"));
      await expect(engine.evaluate(whole, { signal: early })).rejects.toThrow("not even begun");
      const controller = new AbortController();
      const fine = axes.map((axis) => ({ ...axis, points: 400 }));
      const long = { kind: "grid", axes: fine, start: 0, count: 400 ** 3 } as const;
      const stopped = engine.evaluate(
        { ...long, count: 400 ** 2 * 10 },
        {
          signal: controller.signal,
          onProgress: () => controller.abort(new Error("enough")),
        },
      );
      await expect(stopped).rejects.toThrow("enough");
      expect(await engine.evaluate(whole)).toEqual(grid);
    });

    it("profiles a grid to what its points reduce to, each counted once", async () => {
      const profiles = await engine.profiles(axes);
      expect(profiles.points).toBe(size);
      expectProfiles(profiles, axes, grid);
      const line = axes.slice(0, 1);
      const along = await engine.evaluate({ ...whole, axes: line, count: 31 });
      expectProfiles(await engine.profiles(line), line, along);
    });

    it("reduces the parts of a grid to what merges to the whole, in any order", async () => {
      const cuts = [size, 0, 700, 1400, 5, 1401].sort((a, b) => a - b);
      const parts = await Promise.all(
        cuts.slice(1).map((end, i) => {
          return engine.reduce(axes, { start: cuts[i], count: end - cuts[i] });
        }),
      );
      const whole = await engine.profiles(axes);
      for (const order of [parts, [...parts].reverse()]) {
        expect(order.reduce(mergeProfiles, emptyProfiles(axes, width))).toEqual(whole);
      }
      const none = await engine.reduce(axes, { start: 3, count: 0 });
      expect(none).toEqual(emptyProfiles(axes, width));
    });

    it("refuses grids to profile that mean nothing, and stops when told to", async () => {
      const refused = [
        [engine.profiles([]), "no-axes"],
        [engine.profiles([axes[0], axes[0]]), "repeated-parameter"],
        [engine.reduce(axes, { start: 1, count: size }), "bad-range"],
      ] as const;
      for (const [run, code] of refused) await expect(run).rejects.toMatchObject({ code });
      const controller = new AbortController();
      const fine = axes.map((axis) => ({ ...axis, points: 400 }));
      const reports: number[] = [];
      const stopped = engine.profiles(fine, {
        signal: controller.signal,
        onProgress: (done) => {
          reports.push(done);
          controller.abort(new Error("enough"));
        },
      });
      await expect(stopped).rejects.toThrow("enough");
      expect(reports[0]).toBeLessThan(400 ** 3);
    });

    it("says what it is", () => {
      expect(engine.name).toMatch(/^[a-z-]+$/);
      expect(engine.device).not.toBe("");
    });
  });
}
