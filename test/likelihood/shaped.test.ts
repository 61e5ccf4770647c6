import { describe, expect, it } from "vitest";
import type { Effect, Nuisance, Problem } from "../../src/likelihood/description.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { minimise } from "../../src/numerics/minimise.js";
import { generator, makeProblem, makeTerm } from "./naive.js";

const BINS = 8;
const VALUES = Float64Array.from({ length: 13 }, (_, k) => -0.6 + 0.1 * k);
const NAMES = ["flux", "own", "norm", "relative", "morph", "onset", "brn", "brn_shape"] as const;
const SIGMA = [0.1, 0.2, 0.15, 1, 1, null, 0.3, 1];

/** Every table is a cubic of the position, which a cubic spline meets exactly. */
interface Cubic {
  readonly powers: readonly Float64Array[];
  readonly at: (x: number) => Float64Array;
}

function cubic(random: () => number, size: number, level: number, motion: number): Cubic {
  const powers = [0, 1, 2, 3].map((power) =>
    Float64Array.from({ length: size }, () =>
      power === 0 ? level * (0.3 + random()) : level * motion * (2 * random() - 1),
    ),
  );
  const at = (x: number) =>
    powers[0].map((_, i) => powers.reduce((s, p, k) => s + p[i] * x ** k, 0));
  return { powers, at };
}

const tabulate = (table: Cubic) => Float64Array.from([...VALUES].flatMap((x) => [...table.at(x)]));

/** A term in which everything multiplies everything, and μ by formula from exact cubics. */
function shapedProblem(seed: number) {
  const random = generator(seed);
  const level = 12;
  const signed = (size: number, n = BINS) =>
    Float64Array.from({ length: n }, () => size * (2 * random() - 1));
  const nominal = cubic(random, 2 * BINS, level, 0.5);
  const linear = cubic(random, 2 * BINS, 0.05 * level, 0.5);
  const quadratic = cubic(random, 2 * BINS, 0.01 * level, 0.5);
  const brn = Float64Array.from({ length: BINS }, () => level * (0.2 + random()));
  const rest = Float64Array.from({ length: BINS }, () => level * (0.5 + random()));
  const [relative, brnLinear] = [signed(0.1), signed(0.1 * level)];
  const brnQuadratic = Float64Array.from({ length: BINS }, () => 0.01 * level * random());
  const index = (name: (typeof NAMES)[number]) => NAMES.indexOf(name);
  const effects: Effect[] = [
    { kind: "scale", nuisance: index("flux"), component: "signal" },
    { kind: "scale", nuisance: index("own"), component: "signal" },
    { kind: "norm", nuisance: index("norm"), component: "signal" },
    { kind: "relative", nuisance: index("relative"), component: "signal", deviation: relative },
    {
      kind: "morph",
      nuisance: index("morph"),
      component: "signal",
      linear: tabulate(linear),
      quadratic: tabulate(quadratic),
    },
    {
      kind: "position",
      nuisance: index("onset"),
      component: "signal",
      values: VALUES,
      stride: 2,
    },
    { kind: "scale", nuisance: index("brn"), component: 0 },
    {
      kind: "morph",
      nuisance: index("brn_shape"),
      component: 0,
      linear: brnLinear,
      quadratic: brnQuadratic,
    },
    // The flux acts on a background too, which nothing else touches.
    { kind: "norm", nuisance: index("flux"), component: 1 },
  ];
  const nuisances: Nuisance[] = NAMES.map((name, j) => ({
    name,
    symbol: "",
    sigma: SIGMA[j],
    lower: name === "onset" ? -0.6 : SIGMA[j] === 1 ? Number.NEGATIVE_INFINITY : -1,
    upper: name === "onset" ? 0.6 : Number.POSITIVE_INFINITY,
  }));
  const expected = (charges: ArrayLike<number>, theta: ArrayLike<number>) => {
    const t = Object.fromEntries(NAMES.map((name, j) => [name, theta[j]]));
    const at = (table: Cubic, b: number) => {
      const row = table.at(t.onset);
      return charges[0] * row[b] + charges[1] * row[BINS + b];
    };
    return Array.from({ length: BINS }, (_, b) => {
      const plain = at(nominal, b) * (1 + t.norm + t.relative * relative[b]);
      const morphed = t.morph * at(linear, b) + t.morph ** 2 * at(quadratic, b);
      const background = brn[b] + t.brn_shape * brnLinear[b] + t.brn_shape ** 2 * brnQuadratic[b];
      const signal = (1 + t.flux) * (1 + t.own) * (plain + morphed);
      return signal + (1 + t.brn) * background + (1 + t.flux) * rest[b];
    });
  };
  const truth = expected(
    [1, 1],
    NAMES.map((name) => (name === "onset" ? random() - 0.5 : 0)),
  );
  const counts = Float64Array.from(truth, (mu) =>
    Math.max(0, Math.round(mu + 2 * Math.sqrt(Math.max(mu, 0)) * (2 * random() - 1))),
  );
  const term = makeTerm({
    name: "t",
    bins: BINS,
    charges: [0, 1],
    signal: tabulate(nominal),
    backgrounds: [
      { name: "brn", counts: brn },
      { name: "rest", counts: rest },
    ],
    effects,
  });
  const problem = makeProblem({ terms: [term], nuisances }, { t: { counts } });
  const chi2 = (charges: ArrayLike<number>, theta: ArrayLike<number>): number => {
    let sum = 0;
    for (const [j, { sigma, lower, upper }] of nuisances.entries()) {
      if (theta[j] < lower || theta[j] > upper) return Number.POSITIVE_INFINITY;
      if (sigma !== null) sum += (theta[j] / sigma) ** 2;
    }
    expected(charges, theta).forEach((mu, b) => {
      const n = counts[b];
      if (mu < 0 || (mu === 0 && n > 0)) sum = Number.POSITIVE_INFINITY;
      else sum += 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
    });
    return sum;
  };
  return { problem, expected, chi2 };
}

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);
const chargesOf = (seed: number) => {
  const random = generator(100 + seed);
  return Float64Array.of(2 * random(), 2 * random());
};

function evaluate(problem: Problem, charges: Float64Array): number {
  const out = new Float64Array(1);
  new LikelihoodEvaluator(problem).chi2(charges, 0, out);
  return out[0];
}

describe("scaled and moved components", () => {
  it("have the counts of the formula at the profiled nuisances", () => {
    for (const seed of SEEDS) {
      const { problem, expected, chi2 } = shapedProblem(seed);
      const charges = chargesOf(seed);
      const profile = new LikelihoodEvaluator(problem).profile(charges, 0, 0);
      const [{ signal, backgrounds }] = profile.expected;
      expected(charges, profile.pulls).forEach((mu, b) => {
        expect(signal[b] + backgrounds[0][b] + backgrounds[1][b]).toBeCloseTo(mu, 9);
      });
      expect(profile.chi2).toBeCloseTo(chi2(charges, profile.pulls), 8);
      expect(profile.converged).toBe(true);
    }
  });

  it("are profiled to the lowest minimum that another minimiser finds from all along the position", () => {
    for (const seed of SEEDS) {
      const { problem, chi2 } = shapedProblem(seed);
      const charges = chargesOf(seed);
      const { nuisances } = problem.description;
      const widths = SIGMA.map((sigma) => sigma ?? 0.1);
      const minima = [-0.5, -0.25, 0, 0.25, 0.5].map((onset) => {
        const start = Float64Array.from(NAMES, (name) => (name === "onset" ? onset : 0));
        const found = minimise((theta) => chi2(charges, theta), start, {
          lower: nuisances.map(({ lower }) => lower),
          upper: nuisances.map(({ upper }) => upper),
          scale: widths,
        });
        return found.value;
      });
      expect(evaluate(problem, charges)).toBeCloseTo(Math.min(...minima), 6);
    }
  });

  it("have the gradient of central differences", () => {
    for (const seed of SEEDS) {
      const { problem } = shapedProblem(seed);
      const evaluator = new LikelihoodEvaluator(problem);
      const charges = chargesOf(seed).map((q) => q + 0.1);
      const { chargeGradient } = evaluator.profile(charges, 0, 0);
      charges.forEach((q, c) => {
        const h = 1e-4;
        const at = (value: number) => evaluator.profile(charges.with(c, value), 0, 0).chi2;
        const slope = (8 * (at(q + h) - at(q - h)) - (at(q + 2 * h) - at(q - 2 * h))) / (12 * h);
        expect(Math.abs(chargeGradient[c] - slope)).toBeLessThan(2e-5 * (1 + Math.abs(slope)));
      });
    }
  });

  it("find the lower of two minima along a position", () => {
    // A narrow signal on a flat background, and data with two peaks: each is a minimum.
    const bins = 40;
    const peak = (at: number, size: number) =>
      Float64Array.from({ length: bins }, (_, b) => size * Math.exp(-0.5 * ((b - at) / 2) ** 2));
    const values = Float64Array.from({ length: 61 }, (_, k) => (k - 30) / 2);
    const signal = Float64Array.from([...values].flatMap((x) => [...peak(20 + x, 20)]));
    for (const [left, right] of [
      [16, 22],
      [22, 16],
    ]) {
      const counts = Float64Array.from(peak(9, left), (count, b) =>
        Math.round(10 + count + peak(31, right)[b]),
      );
      const term = makeTerm({
        name: "t",
        bins,
        signal,
        backgrounds: [{ name: "flat", counts: new Float64Array(bins).fill(10) }],
        effects: [
          { kind: "position", nuisance: 0, component: "signal", values, stride: 4 },
          { kind: "scale", nuisance: 1, component: "signal" },
        ],
      });
      const nuisances: Nuisance[] = [
        { name: "at", symbol: "", sigma: null, lower: -15, upper: 15 },
        { name: "norm", symbol: "", sigma: 0.2, lower: -1, upper: Number.POSITIVE_INFINITY },
      ];
      const problem = makeProblem({ terms: [term], nuisances }, { t: { counts } });
      const { pulls } = new LikelihoodEvaluator(problem).profile(Float64Array.of(1), 0, 0);
      expect(pulls[0]).toBeCloseTo(left > right ? -11 : 11, 0);
    }
  });

  it("hold a nuisance where its bounds coincide", () => {
    const { problem, chi2 } = shapedProblem(3);
    const charges = chargesOf(3);
    const nuisances = problem.description.nuisances.map((nuisance) =>
      nuisance.name === "onset" || nuisance.name === "own"
        ? { ...nuisance, lower: 0.13, upper: 0.13 }
        : nuisance,
    );
    const held = { ...problem, description: { ...problem.description, nuisances } };
    const { pulls, chi2: value } = new LikelihoodEvaluator(held).profile(charges, 0, 0);
    expect(pulls[NAMES.indexOf("onset")]).toBe(0.13);
    expect(pulls[NAMES.indexOf("own")]).toBe(0.13);
    expect(value).toBeCloseTo(chi2(charges, pulls), 8);
    expect(value).toBeGreaterThan(evaluate(problem, charges));
  });
});

describe("a position", () => {
  const base = shapedProblem(1).problem;
  const withPosition = (change: object, bounds = {}): Problem => {
    const [term] = base.description.terms;
    const effects = term.effects.map((effect) =>
      effect.kind === "position" ? { ...effect, ...change } : effect,
    );
    const nuisances = base.description.nuisances.map((nuisance) =>
      nuisance.name === "onset" ? { ...nuisance, ...bounds } : nuisance,
    );
    return {
      ...base,
      description: { ...base.description, nuisances, terms: [{ ...term, effects }] },
    };
  };

  it.each([
    ["uneven steps", { values: VALUES.with(3, -0.31) }, {}, /equal steps/],
    ["a descending order", { values: VALUES.toReversed() }, {}, /ascending/],
    ["too few tables", { values: VALUES.slice(0, 4) }, {}, /at least 5/],
    ["a stride that leaves out an end", { stride: 5 }, {}, /divides its 12 steps/],
    ["a nuisance that may leave the tables", {}, { upper: 0.7 }, /beyond the positions/],
    ["tables that are missing", { values: VALUES.slice(0, 7) }, { upper: 0 }, /finite numbers/],
  ])("refuses %s", (_, change, bounds, message) => {
    expect(() => new LikelihoodEvaluator(withPosition(change, bounds))).toThrow(message);
  });
});
