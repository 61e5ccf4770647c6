import type { EngineProblem } from "../../src/engine/engine.js";
import type {
  Background,
  Charge,
  LikelihoodDescription,
  Observations,
  Term,
} from "../../src/likelihood/description.js";
import { standardModelPoint } from "../../src/model/parameters.js";

const BINS = 10;

const charges: Charge[] = [
  { nucleus: "Ar", flavour: "e" },
  { nucleus: "Ar", flavour: "mu" },
  { nucleus: "Cs", flavour: "e" },
  { nucleus: "Cs", flavour: "mu" },
];

/** Counts that fall like exp(−b/length) and sum to `total`. */
function falling(total: number, length: number): Float64Array {
  const shape = Float64Array.from({ length: BINS }, (_, b) => Math.exp(-b / length));
  const sum = shape.reduce((a, b) => a + b);
  return shape.map((value) => (total * value) / sum);
}

/** Templates of a term's e and μ charges that give these totals at the Standard Model. */
function signal(squared: number, e: number, mu: number): Float64Array {
  const rows = [falling(e, 3), falling(mu, 6)];
  return Float64Array.from(rows.flatMap((row) => [...row.map((value) => value / squared)]));
}

function term(
  name: string,
  statistic: Term["statistic"],
  own: readonly number[],
  rows: Float64Array,
  backgrounds: readonly Background[],
  norms: readonly number[],
): Term {
  const edges = Array.from({ length: BINS }, (_, b) => [b, b + 1] as const);
  return {
    name,
    dataset: name,
    statistic,
    bins: BINS,
    axes: [{ name: "energy", unit: "keV", edges }],
    charges: own,
    signal: rows,
    backgrounds,
    effects: norms.map((nuisance, i) => ({
      kind: "norm",
      nuisance,
      component: i === 0 ? "signal" : i - 1,
    })),
  };
}

const free = { lower: -1, upper: Number.POSITIVE_INFINITY };

/** Squared weak charges of the Standard Model, near enough to set the size of the templates. */
const ARGON = 230;
const CAESIUM = 1480;

const description: LikelihoodDescription = {
  analysis: "two synthetic data sets",
  charges,
  nuisances: [
    { name: "flux", symbol: "\\alpha", sigma: 0.1, ...free },
    { name: "first.background", symbol: "\\beta", sigma: 0.3, ...free },
    { name: "second.background", symbol: "\\gamma", sigma: 0.2, ...free },
  ],
  terms: [
    term(
      "first",
      "poisson",
      [2, 3],
      signal(CAESIUM, 40, 90),
      [{ name: "flat", counts: falling(60, 50) }],
      [0, 1],
    ),
    term(
      "second",
      "gaussian",
      [0, 1],
      signal(ARGON, 30, 50),
      [{ name: "flat", counts: falling(80, 20) }],
      [0, 2],
    ),
  ],
};

const observations: Observations = {
  first: { counts: Float64Array.of(38, 30, 22, 23, 17, 0, 16, 11, 12, 14) },
  second: {
    counts: Float64Array.of(28.5, 26, 19, 17.25, 11, 12, 9, -1.5, 8, 6),
    variance: Float64Array.from({ length: BINS }, (_, b) => 30 - 2 * b),
  },
};

/** A Poisson and a Gaussian data set that share the flux nuisance: small, but nothing left out. */
export const syntheticProblem: EngineProblem = {
  description,
  observations,
  combinations: [
    { name: "first", datasets: ["first"] },
    { name: "second", datasets: ["second"] },
    { name: "first+second", datasets: ["first", "second"] },
  ],
  base: standardModelPoint(),
};
