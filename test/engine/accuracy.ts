import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleOf } from "../../src/engine/audit.js";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import type { Engine, EngineProblem, GridAxis, PointSource } from "../../src/engine/engine.js";
import { gridSize, pointAt } from "../../src/engine/points.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import { generator } from "../random.js";
import { naiveProfiles } from "./naive-profiles.js";
import {
  analysisProblem,
  couplings,
  listOf,
  randomPoints,
  withoutEvents,
  worstError,
} from "./real.js";
import { onOffProblem } from "./webgpu/on-off.js";

export type EngineFactory = (problem: EngineProblem) => Engine | Promise<Engine>;

/** χ² of points by a route that is taken to be right. */
export type Reference = (problem: EngineProblem, points: PointSource) => Promise<Float64Array>;

export interface AccuracyOptions {
  /** Of the error that SPEC §5 allows, what the engine may take up. */
  readonly share: number;
  /** Random points of liao-2024. Default: 10⁵. */
  readonly points?: number;
  /** Default: Newton's method in float64. */
  readonly reference?: Reference;
  /** Whether the engine is held to kernels that do χ² too, which not every likelihood has. */
  readonly isFused?: boolean;
}

const remembered = new WeakMap<EngineProblem, Map<PointSource, Promise<Float64Array>>>();

/** The CPU engine by Newton's method; what it gave for points is kept for the next engine. */
const newton: Reference = (problem, points) => {
  const known = remembered.get(problem) ?? new Map<PointSource, Promise<Float64Array>>();
  remembered.set(problem, known);
  const found = known.get(points);
  if (found) return found;
  const engine = createCpuEngine(problem);
  const chi2 = engine.evaluate(points).finally(() => engine.close());
  known.set(points, chi2);
  return chi2;
};

const liao = analysisProblem("liao-2024");
const MANY = 100_000;

/** The Standard Model with one parameter elsewhere. */
function baseWith(name: string, value: number): Float64Array {
  const base = standardModelPoint();
  base[parameterIndex(name)] = value;
  return base;
}

const empty = withoutEvents(liao);
const bounded = {
  ...analysisProblem("liao-2024", { bound_norms: true }),
  base: baseWith("eps_ee_d", 0.1),
};
const powered = { ...analysisProblem("liao-2024", {}, 1.5), base: baseWith("exponent_x", 1.5) };
const shifted = {
  ...liao,
  auxiliary: new Float64Array(liao.description.nuisances.length).fill(0.05),
};

/** Random points of all ten couplings; the same for every engine. */
const everywhere = randomPoints(MANY, 1, generator(7));
const near = randomPoints(MANY / 10, 0.1, generator(8));
const few = randomPoints(2000, 0.5, generator(3));

/** Random points of grids too large to be walked: flat indices, and the points themselves. */
const largeGrids = [0, 1].map((offset) => {
  const axes = couplings
    .filter((_, k) => k % 2 === offset)
    .map((parameter): GridAxis => ({ parameter, from: -1, to: 1, points: 301 }));
  const random = generator(20 + offset);
  const indices = Array.from({ length: MANY / 2 }, () => Math.floor(random() * gridSize(axes)));
  const points = {
    kind: "list",
    names: axes.map(({ parameter }) => parameter),
    values: Float64Array.from(indices.flatMap((index) => pointAt(axes, index))),
  } as const;
  return { axes, indices, points };
});

/** Where the charge of Cs that ν_e sees vanishes, and likewise for ν_μ: the coupling that cancels. */
const cancels = ((0.5 - 2 * 0.238) * 55 - 39) / -(55 + 2 * 78);

/** Charges at zero, no signal at all, very large ones, and each coupling alone. */
const edges = listOf([
  {},
  { eps_ee_d: cancels },
  { eps_mumu_d: cancels },
  { eps_ee_d: cancels, eps_mumu_d: cancels },
  { sigma_scale: 0 },
  { sigma_scale_e: 0 },
  { sigma_scale_mu: 0 },
  { sigma_scale_e: 0, sigma_scale_mu: 0 },
  { sigma_scale: 10 },
  { sigma_scale: 10, sigma_scale_e: 10, sigma_scale_mu: 10 },
  { sigma_scale: 1e-6 },
  { sin2_theta_w: 0 },
  { sin2_theta_w: 1 },
  { eps_ee_u: 25, eps_ee_d: -25 },
  { eps_ee_u: 12 },
  ...couplings.flatMap((name) => [-1, 1, -5, 5].map((value) => ({ [name]: value }))),
]);

const silence = listOf([{ sigma_scale: 0 }]);

const plane = (from: number, to: number, points: number, ...names: string[]) =>
  names.map((parameter): GridAxis => ({ parameter, from, to, points }));
const whole = (axes: readonly GridAxis[]) =>
  ({ kind: "grid", axes, start: 0, count: gridSize(axes) }) as const;
const paperPlane = whole(plane(-1, 1.2, 101, "eps_ee_d", "eps_ee_u"));
const mixing = {
  ...whole(plane(0, 1, 301, "sin2_theta_w")),
  start: 7,
  count: 290,
};

/** From small signals to some beyond what the data can explain. */
const line = listOf(
  Array.from({ length: 400 }, (_, i) => ({ eps_ee_u: -1 + i / 200, eps_mumu_d: i / 900 })),
);

/** Scales up to 3, couplings up to 1, and the weak mixing angle, at random or where they stand. */
function mixedPoints(count: number, seed: number) {
  const random = generator(seed);
  const names = [...couplings, "sin2_theta_w", "sigma_scale", "sigma_scale_e", "sigma_scale_mu"];
  const draw = (name: string) => {
    if (random() < 0.6) return PARAMETERS[parameterIndex(name)].standardModel;
    if (name.startsWith("eps")) return 2 * random() - 1;
    return name === "sin2_theta_w" ? random() : 3 * random();
  };
  return listOf(
    Array.from({ length: count }, () =>
      Object.fromEntries(names.map((name) => [name, draw(name)])),
    ),
  );
}

/** Edge cases of analyses whose every point costs a hundred times more. */
const fewEdges = listOf([
  {},
  { eps_ee_d: cancels, eps_mumu_d: cancels },
  { sigma_scale: 0 },
  { sigma_scale_e: 0 },
  { sigma_scale_mu: 0 },
  { sigma_scale: 10 },
  { sin2_theta_w: 0 },
  { eps_ee_u: 5 },
  { eps_ee_u: 25, eps_ee_d: -25 },
]);

/** Analyses with morphs, scales and floating onsets: points that their cost allows. */
const morphing = [
  { title: "coherent-2022", name: "coherent-2022", options: {}, points: mixedPoints(1500, 31) },
  { title: "release", name: "release", options: {}, points: mixedPoints(200, 32) },
  {
    title: "release with the shapes of LAr",
    name: "release",
    options: { lar_shapes: true },
    points: mixedPoints(60, 33),
  },
  {
    title: "release with independent fluxes",
    name: "release",
    options: { flux: "independent" },
    points: mixedPoints(60, 34),
  },
].map((one) => ({ ...one, problem: analysisProblem(one.name, one.options) }));
const flavours = [
  { parameter: "sigma_scale_e", from: 0, to: 3, points: 4 },
  { parameter: "eps_mumu_d", from: -0.2, to: 0.6, points: 3 },
  { parameter: "sin2_theta_w", from: 0.1, to: 0.4, points: 5 },
];
const flavourGrid = whole(flavours);

/** |Δχ²| against float64 within SPEC §5, wherever a likelihood is hard. */
export function accuracySuite(create: EngineFactory, options: AccuracyOptions): void {
  const { share, points: many = MANY, reference = newton, isFused = false } = options;

  function expectNear(
    chi2: Float64Array,
    exact: Float64Array,
    width: number,
    lowest?: Float64Array,
  ): void {
    expect(chi2.length).toBe(exact.length);
    const { error, point } = worstError(chi2, exact, width, lowest);
    expect(error, `of what is allowed, at point ${point}`).toBeLessThan(share);
  }

  async function expectAccurate(
    engine: Engine,
    problem: EngineProblem,
    source: PointSource,
    lowest?: Float64Array,
  ) {
    const exact = await reference(problem, source);
    expectNear(await engine.evaluate(source), exact, problem.combinations.length, lowest);
  }

  /** An engine for one test. */
  async function withEngine(problem: EngineProblem, use: (engine: Engine) => Promise<void>) {
    const engine = await create(problem);
    try {
      await use(engine);
    } finally {
      await engine.close();
    }
  }

  describe("on liao-2024", () => {
    let engine: Engine | undefined;
    const ready = () => engine as Engine;
    beforeAll(async () => {
      engine = await create(liao);
    });
    afterAll(() => engine?.close());

    it("agrees with float64 at random couplings up to 1", async () => {
      const some = { ...everywhere, values: everywhere.values.subarray(0, 10 * many) };
      await expectAccurate(ready(), liao, many < MANY ? some : everywhere);
      await expectAccurate(ready(), liao, near);
    });

    it("does so by the route of its profiles", async () => {
      for (const { axes, indices, points } of largeGrids) {
        const found = await sampleOf(ready(), axes)(indices);
        expectNear(found, await newton(liao, points), liao.combinations.length);
      }
    });

    it("agrees where charges vanish, the signal is switched off, or is very large", async () => {
      await expectAccurate(ready(), liao, edges);
    });

    it("agrees in a plane and along an axis", async () => {
      await expectAccurate(ready(), liao, paperPlane);
      await expectAccurate(ready(), liao, mixing);
    });
  });

  it("agrees where nothing was seen, and the flux is pulled to zero", async () => {
    await withEngine(empty, async (engine) => {
      await expectAccurate(engine, empty, edges);
      // χ² is lowest without any signal, which these points do not come to.
      const lowest = await reference(empty, silence);
      await expectAccurate(engine, empty, near, lowest);
    });
  });

  it("agrees where norms reach their bounds, with another coupling fixed", async () => {
    await withEngine(bounded, async (engine) => {
      await expectAccurate(engine, bounded, edges);
      await expectAccurate(engine, bounded, line);
    });
  });

  it("agrees for on/off terms with free backgrounds and empty bins", async () => {
    await withEngine(onOffProblem, (engine) => expectAccurate(engine, onOffProblem, few));
  });

  it("agrees at another exponent", async () => {
    await withEngine(powered, (engine) => expectAccurate(engine, powered, few));
  });

  if (isFused) return;

  it("agrees where priors are centred elsewhere than at 0", async () => {
    await withEngine(shifted, (engine) => expectAccurate(engine, shifted, few));
  });

  describe.each(morphing)("on $title", ({ problem, points }) => {
    let engine: Engine | undefined;
    const ready = () => engine as Engine;
    beforeAll(async () => {
      engine = await create(problem);
    });
    afterAll(() => engine?.close());

    it("agrees with float64 at random couplings, scales and mixing angles", async () => {
      await expectAccurate(ready(), problem, points);
    });

    it("agrees where charges vanish, the signal is switched off, or is very large", async () => {
      await expectAccurate(ready(), problem, fewEdges);
    });

    it("profiles a grid to what float64's points reduce to", async () => {
      const width = problem.combinations.length;
      const exact = await reference(problem, flavourGrid);
      const expected = naiveProfiles(flavours, width, exact);
      const found = await ready().profiles(flavours);
      expect(found.points).toBe(flavourGrid.count);
      const flat = ({ lines, planes, best }: typeof found) =>
        Float64Array.from([
          ...[...lines, ...planes.map(({ profiles }) => profiles)].flatMap((profiles) =>
            transposed(profiles.map(({ chi2 }) => chi2)),
          ),
          ...best.map(({ chi2 }) => chi2),
        ]);
      expectNear(flat(found), flat(expected), width);
    });
  });
}

/** From rows of numbers, each a combination's, all combinations of the first, of the second, … */
function transposed(rows: readonly Float64Array[]): number[] {
  return Array.from(rows[0]).flatMap((_, i) => rows.map((row) => row[i]));
}
