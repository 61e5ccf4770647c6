import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { BOUND, deviation } from "../../src/engine/bound.js";
import { type CpuOptions, createCpuEngine } from "../../src/engine/cpu/engine.js";
import { compilePredicted } from "../../src/engine/cpu/lanes/components.js";
import { LanesMachine } from "../../src/engine/cpu/lanes/machine.js";
import { planLanes } from "../../src/engine/cpu/lanes/plan.js";
import { ProgramBuilder } from "../../src/engine/cpu/lanes/program.js";
import { LanesRunner } from "../../src/engine/cpu/lanes/runner.js";
import type { EngineProblem, GridAxis } from "../../src/engine/engine.js";
import { gridSize, pointWriter } from "../../src/engine/points.js";
import { emptyProfiles, mergeProfiles } from "../../src/engine/profiles.js";
import { kernelProblem } from "../../src/engine/webgpu/components.js";
import { createDerivatives } from "../../src/likelihood/part.js";
import { evaluateAt, fitPrediction } from "../../src/likelihood/prediction/fit.js";
import { predictor } from "../../src/likelihood/prediction/predict.js";
import { chargeModel } from "../../src/model/charges.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import { naiveProfiles } from "./naive-profiles.js";
import { syntheticProblem } from "./problem.js";

const COMBINATIONS = [["csi"], ["lar"], ["ge"], ["csi", "lar"], ["csi", "lar", "ge"]];

function problemOf(
  name: string,
  combinations: readonly (readonly string[])[],
  base = standardModelPoint(),
): EngineProblem {
  const exponent = base[parameterIndex("exponent_x")];
  const { description, observations } = analysisNamed(name).compile({}, exponent);
  const named = combinations.map((datasets) => ({ name: datasets.join("+"), datasets }));
  return { description, observations, combinations: named, base };
}

const liao = problemOf("liao-2024", COMBINATIONS);

/** χ² of a whole grid from both routes, and how far the fast one is off. */
async function compare(
  problem: EngineProblem,
  axes: readonly GridAxis[],
  options: CpuOptions = {},
) {
  const engine = createCpuEngine(problem, { threads: 1, ...options });
  const size = gridSize(axes);
  const route = await engine.route?.(axes);
  const fast = await engine.sample?.(axes, [...Array(size).keys()]);
  const exact = await engine.evaluate({ kind: "grid", axes, start: 0, count: size });
  const profiles = await engine.profiles(axes);
  await engine.close();
  if (!route || !fast) throw new Error("the CPU engine has a route and samples of it");
  const width = problem.combinations.length;
  const deviations = Array.from(fast, (value, i) => {
    const own = exact.filter((_, other) => other % width === i % width);
    return deviation(value, exact[i], Math.min(...own));
  });
  const absolute = Math.max(...deviations.map((one) => one.absolute));
  const relative = Math.max(...deviations.map((one) => one.relative));
  return { route, fast, exact, profiles, absolute, relative };
}

const coupling = fc.constantFrom(
  "eps_ee_u",
  "eps_ee_d",
  "eps_mumu_u",
  "eps_mumu_d",
  "eps_emu_u",
  "eps_emu_d",
  "eps_etau_u",
  "eps_mutau_d",
);

describe("the fast route of the CPU engine", () => {
  it("stays within SPEC's bound on any grid of liao-2024", async () => {
    const axis = fc.record({
      parameter: fc.oneof(coupling, fc.constantFrom("sin2_theta_w", "sigma_scale_mu")),
      from: fc.double({ min: 0, max: 0.45, noNaN: true }),
      width: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
      negative: fc.boolean(),
      points: fc.integer({ min: 2, max: 9 }),
    });
    const axes = fc
      .uniqueArray(axis, { minLength: 1, maxLength: 3, selector: ({ parameter }) => parameter })
      .map((list) =>
        list.map(({ parameter, from, width, negative, points }): GridAxis => {
          const start = parameter.startsWith("eps") && negative ? -2 * from - width : from;
          return { parameter, from: start, to: start + 2 * width, points };
        }),
      )
      .filter((list) => list.every(({ parameter, to }) => parameter !== "sin2_theta_w" || to <= 1));
    await fc.assert(
      fc.asyncProperty(axes, async (grid) => {
        const { route, fast, profiles, absolute, relative } = await compare(liao, grid);
        expect(route.name).toBe("predicted");
        expect(absolute).toBeLessThan(BOUND.absolute / 4);
        expect(relative).toBeLessThan(BOUND.relative / 4);
        expect(profiles).toEqual(naiveProfiles(grid, COMBINATIONS.length, fast));
      }),
      { numRuns: 12 },
    );
  });

  it("takes every kind of term at the nuisances that it predicts", () => {
    const { observations, description } = syntheticProblem;
    const counts = Float64Array.from(observations.first.counts);
    counts[0] = 0;
    counts[3] = 21.25; // no whole number: a logarithm of its own
    const problem = { ...syntheticProblem, observations: { ...observations, first: { counts } } };
    const kernel = kernelProblem(problem);
    const predicted = kernel.components.map(({ component, origin }) => {
      const prediction = fitPrediction(component, description, origin, kernel.unit, 2);
      const predict = predictor(prediction);
      const theta = new Float64Array(component.nuisances.length);
      return (charges: Float64Array): number => {
        for (const part of component.parts) part.setPoint(charges, 2);
        predict(charges, theta);
        return evaluateAt(component, description, theta, createDerivatives(theta.length));
      };
    });
    const model = chargeModel(description.charges);
    for (const parameter of ["eps_ee_d", "eps_mumu_u", "sin2_theta_w"]) {
      const axes = [
        { parameter: "eps_emu_u", from: -0.2, to: 0.3, points: 3 },
        { parameter, from: 0, to: 0.4, points: 11 },
      ];
      const plan = planLanes(problem, axes);
      if ("reason" in plan) throw new Error(plan.reason);
      const runner = new LanesRunner(problem, axes, plan);
      const write = pointWriter({ kind: "grid", axes, start: 0, count: 33 });
      for (const first of [0, 5]) {
        for (let row = 0; row < 3; row++) {
          expect(runner.run(row, first, 11 - first)).toBe(true);
          for (let j = first; j < 11; j++) {
            const parameters = Float64Array.from(problem.base);
            write(row * 11 + j, parameters);
            const charges = new Float64Array(description.charges.length);
            model.fill(parameters, charges);
            kernel.combinations.forEach((own, k) => {
              const expected = own.reduce((sum, c) => {
                const { component, poisson } = kernel.components[c];
                if (poisson.length > 0) return sum + predicted[c](charges);
                return sum + component.minimise(charges, 2, 1e-12);
              }, 0);
              const { values, stride } = runner.output;
              expect(Math.abs(values[k * stride + j - first] - expected)).toBeLessThan(1e-9);
            });
          }
        }
      }
    }
  });

  it("gives the same bits however the grid is cut, and however many threads there are", async () => {
    const axes = ["eps_ee_d", "eps_mumu_d", "eps_mutau_u"].map((parameter) => {
      return { parameter, from: -0.4, to: 0.5, points: 13 };
    });
    const alone = createCpuEngine(liao, { threads: 1 });
    const whole = await alone.profiles(axes);
    const cuts = [0, 3, 169, 700, 701, 13 ** 3];
    const parts = await Promise.all(
      cuts.slice(1).map((end, i) => {
        return alone.reduce(axes, { start: cuts[i], count: end - cuts[i] });
      }),
    );
    const merged = parts.reverse().reduce(mergeProfiles, emptyProfiles(axes, COMBINATIONS.length));
    expect(merged).toEqual(whole);
    const together = createCpuEngine(liao, { threads: 3 });
    expect(await together.route?.(axes)).toMatchObject({ name: "predicted" });
    expect(await together.profiles(axes)).toEqual(whole);
    await together.close();
  });

  it("profiles exactly the points that it cannot settle", async () => {
    // No signal at one end, where nothing explains the events of a background without counts there.
    const { description } = syntheticProblem;
    const first = description.terms[0];
    const [flat] = first.backgrounds;
    const gap = { ...flat, counts: flat.counts.map((count, b) => (b < 3 ? 0 : count)) };
    const terms = [{ ...first, backgrounds: [gap] }, description.terms[1]];
    const problem = {
      ...syntheticProblem,
      description: { ...description, terms },
      combinations: syntheticProblem.combinations.slice(0, 2),
    };
    const axes = [{ parameter: "sigma_scale", from: 0, to: 1.5, points: 16 }];
    const plan = planLanes(problem, axes);
    if ("reason" in plan) throw new Error(plan.reason);
    const runner = new LanesRunner(problem, axes, plan);
    expect(runner.run(0, 0, 16)).toBe(false);
    expect(Array.from({ length: 16 }, (_, j) => runner.isFine(j)).indexOf(true)).toBe(1);
    const { route, fast, exact } = await compare(problem, axes, { mode: "predicted" });
    expect(route.name).toBe("predicted");
    expect([fast[0], fast[1]]).toEqual([Number.POSITIVE_INFINITY, exact[1]]);
    // What an audit has to look at: the point, and its neighbour.
    expect(route.switches).toEqual([0, 1]);
  });

  it("raises charges to another power than 2, where they are no polynomials", async () => {
    const base = standardModelPoint();
    base[parameterIndex("exponent_x")] = 1.9;
    const axes = [
      { parameter: "eps_ee_u", from: -0.3, to: 0.3, points: 5 },
      { parameter: "eps_mumu_u", from: -0.3, to: 0.3, points: 19 },
    ];
    const problem = problemOf("liao-2024", COMBINATIONS, base);
    const { route, absolute, relative } = await compare(problem, axes);
    expect(route.name).toBe("predicted");
    expect(absolute).toBeLessThan(BOUND.absolute / 4);
    expect(relative).toBeLessThan(BOUND.relative / 4);
  });

  it("does not take a background of less than nothing, even under enough signal", () => {
    const { description, observations } = syntheticProblem;
    const nuisances = description.nuisances.map((one) => ({ ...one, lower: -Infinity }));
    const problem = {
      ...syntheticProblem,
      description: { ...description, nuisances },
      combinations: syntheticProblem.combinations.slice(0, 1),
    };
    const kernel = kernelProblem(problem);
    const [component] = kernel.components;
    const { component: joint, origin } = component;
    const fitted = fitPrediction(joint, problem.description, origin, kernel.unit, 2);
    const finite = (background: number) => {
      // θ of the signal's norm is about 5 at the reference; that of the background is given.
      const coefficients = new Float64Array(fitted.coefficients.length);
      coefficients[0] = 12;
      coefficients[coefficients.length / 2] = background;
      const builder = new ProgramBuilder();
      const charges = builder.rows(kernel.unit.length);
      const chi2 = builder.rows(1);
      compilePredicted(component, { ...fitted, coefficients }, chi2, {
        builder,
        observations,
        exponent: 2,
        charges,
        isConstant: Array.from(kernel.unit, () => false),
        runSums: [],
      });
      const machine = new LanesMachine(builder.build(), kernel.unit.length, chi2, 1, 8);
      kernel.unit.forEach((charge, c) => {
        machine.input.values.fill(charge, 8 * c, 8 * (c + 1));
      });
      machine.run(0, 8);
      return Number.isFinite(machine.output.values[0]);
    };
    expect([finite(0), finite(-0.9), finite(-1.1)]).toEqual([true, true, false]);
  });

  it("leaves to Newton what it cannot do, and says why", async () => {
    const axes = [{ parameter: "eps_ee_d", from: -0.1, to: 0.1, points: 3 }];
    const along = [{ parameter: "exponent_x", from: 1.9, to: 2, points: 3 }];
    const { description, observations } = analysisNamed("liao-2024").compile({}, "scanned");
    const family = { ...liao, description, observations };
    const auxiliary = new Float64Array(liao.description.nuisances.length).fill(0.1);
    const cases = [
      [problemOf("coherent-2022", [["csi"]]), axes, "auto", /nuisance of kind/],
      [family, along, "auto", /templates change/],
      [{ ...liao, auxiliary }, axes, "auto", /priors are centred/],
      [liao, axes, "newton", /asked for/],
    ] as const;
    for (const [problem, grid, mode, reason] of cases) {
      const { route, fast, exact } = await compare(problem, grid, { mode });
      expect(route).toMatchObject({ name: "newton", isReference: true });
      expect(route.notes[0]).toMatch(reason);
      expect(fast).toEqual(exact);
    }
  });

  it("leaves to Newton a likelihood that its prediction does not follow", async () => {
    // Norms as good as free, of a signal and a background alike, so that bounds decide.
    const { description } = syntheticProblem;
    const nuisances = description.nuisances.map((one) => ({ ...one, sigma: 40, upper: 0.02 }));
    const problem = { ...syntheticProblem, description: { ...description, nuisances } };
    const axes = [
      { parameter: "eps_mumu_u", from: -1, to: 1, points: 21 },
      { parameter: "eps_ee_d", from: -1, to: 1, points: 21 },
    ];
    const { route, absolute, relative } = await compare(problem, axes);
    expect(absolute).toBeLessThan(BOUND.absolute);
    expect(relative).toBeLessThan(BOUND.relative);
    expect(route.name).toBe("newton");
    expect(route.notes[0]).toMatch(/off by/);
  });
});

describe("the machine of eight lanes", () => {
  const run = (
    values: readonly (readonly number[])[],
    write: (builder: ProgramBuilder) => number,
    outputs = 1,
  ): number[][] => {
    const builder = new ProgramBuilder();
    builder.rows(values.length);
    const first = write(builder);
    const count = values[0].length;
    const machine = new LanesMachine(builder.build(), values.length, first, outputs, count + 8);
    values.forEach((row, r) => {
      machine.input.values.set(row, r * machine.input.stride);
    });
    machine.run(0, count);
    const { values: out, stride } = machine.output;
    return Array.from({ length: outputs }, (_, r) => [
      ...out.subarray(r * stride, r * stride + count),
    ]);
  };

  it("takes logarithms to rounding, of products too, and of nothing that has none", () => {
    const number = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 20 }), (x) => {
        const [logs] = run([x], (builder) => {
          const out = builder.rows(1);
          builder.logs(out, [{ weight: 1, rows: [0] }]);
          return out;
        });
        logs.forEach((log, i) => {
          expect(Math.abs(log - Math.log(x[i]))).toBeLessThanOrEqual(
            4e-16 * Math.max(1, Math.abs(Math.log(x[i]))),
          );
        });
      }),
    );
    const rows = [
      [2, 0, -3, 1e200, Number.NaN, 1e-200],
      [3, 5, -4, 1e200, 1, 1e-200],
    ];
    const [logs] = run(rows, (builder) => {
      const out = builder.rows(1);
      builder.logs(out, [
        { weight: 2, rows: [0, 1] },
        { weight: 0.5, rows: [1] },
      ]);
      return out;
    });
    expect(logs[0]).toBeCloseTo(2 * Math.log(6) + 0.5 * Math.log(3), 14);
    for (const lost of logs.slice(1)) expect(lost).toBeNaN();
  });

  it("minimises quadratic forms, and says where there is no minimum", () => {
    const entry = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 9, maxLength: 9 }),
        fc.array(entry, { minLength: 3, maxLength: 3 }),
        (root, b) => {
          // A = R Rᵀ + ½, so that it has an inverse.
          const at = (i: number, k: number) =>
            [0, 1, 2].reduce(
              (sum, m) => sum + root[3 * i + m] * root[3 * k + m],
              i === k ? 0.5 : 0,
            );
          const form = [7, ...b, at(0, 0), at(1, 0), at(1, 1), at(2, 0), at(2, 1), at(2, 2)];
          const [chi2, x, y, z] = run(
            form.map((value) => [value]),
            (builder) => {
              const out = builder.rows(4);
              builder.solve(3, 0, out, out + 1);
              return out;
            },
            4,
          ).map(([value]) => value);
          const eta = [x, y, z];
          const residuals = [0, 1, 2].map((i) =>
            [0, 1, 2].reduce((sum, k) => sum + at(Math.max(i, k), Math.min(i, k)) * eta[k], -b[i]),
          );
          for (const residual of residuals) expect(Math.abs(residual)).toBeLessThan(1e-12);
          const dot = b.reduce((sum, value, i) => sum + value * eta[i], 0);
          expect(chi2).toBeCloseTo(7 - dot, 11);
        },
      ),
    );
    const [bad] = run([[1], [1], [-2]], (builder) => {
      const out = builder.rows(2);
      builder.solve(1, 0, out, out + 1);
      return out;
    });
    expect(bad[0]).toBeNaN();
  });

  it("combines, multiplies, divides and guards rows", () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    const y = x.map((value) => 20 - 3 * value);
    const [a, b, c] = run(
      [x, y],
      (builder) => {
        const sums = builder.combined(0, [[2, 3]], [0.5]);
        const out = builder.rows(3);
        builder.fuse([[out, 0, 1, sums]]);
        builder.divide(out + 1, 0, 1);
        builder.fuse([[out + 2, 0, builder.one, builder.zero]]);
        builder.guard(out + 2, 1);
        return out;
      },
      3,
    );
    expect(a).toEqual(x.map((value, i) => value * y[i] - (0.5 + 2 * value + 3 * y[i])));
    expect(b).toEqual(x.map((value, i) => value / y[i]));
    expect(c).toEqual(x.map((value, i) => (y[i] > 0 ? value : Number.NaN)));
  });
});
