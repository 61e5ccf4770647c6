import type { EngineProblem } from "../../../src/engine/engine.js";
import type { Effect, Nuisance, Term } from "../../../src/likelihood/description.js";
import { standardModelPoint } from "../../../src/model/parameters.js";

const COLUMNS = 3;
const TIMES = 4;
const BINS = COLUMNS * TIMES;

/** Flat in time: the background of one column, free, in the on and in the off sample. */
const columns = Array.from({ length: COLUMNS }, (_, c) => c);
const backgrounds = columns.map((c) => ({
  name: `flat ${c}`,
  counts: Float64Array.from({ length: BINS }, (_, b) => (Math.floor(b / TIMES) === c ? 1.5 : 0)),
}));

const nuisances: Nuisance[] = [
  { name: "flux", symbol: "\\phi", sigma: 0.1, lower: -1, upper: Number.POSITIVE_INFINITY },
  { name: "own", symbol: "\\gamma", sigma: 0.05, lower: -1, upper: Number.POSITIVE_INFINITY },
  ...columns.map((c) => ({
    name: `column ${c}`,
    symbol: `\\beta_${c}`,
    sigma: null,
    lower: -1,
    upper: Number.POSITIVE_INFINITY,
  })),
];

const free: Effect[] = columns.map((c) => ({ kind: "norm", nuisance: 2 + c, component: c }));

function term(name: string, signal: Float64Array, norms: readonly number[]): Term {
  const edges = Array.from({ length: BINS }, (_, b) => [b, b + 1] as const);
  const ofSignal = norms.map(
    (nuisance): Effect => ({
      kind: "norm",
      nuisance,
      component: "signal",
    }),
  );
  return {
    name,
    dataset: "counting",
    statistic: "poisson",
    bins: BINS,
    axes: [{ name: "bin", unit: "", edges }],
    charges: [0, 1],
    signal,
    backgrounds,
    effects: [...ofSignal, ...free],
  };
}

/** Signal of the on sample: some 20 events at the Standard Model, early and in low columns. */
const onSignal = Float64Array.from({ length: 2 * BINS }, (_, i) => {
  const [b, isMu] = [i % BINS, i >= BINS];
  const rate = (isMu ? 4 : 2) / (1 + Math.floor(b / TIMES)) / (1 + (b % TIMES));
  return rate / 383;
});

/**
 * Two Poisson terms, on and off, that share a free flat background for each column; two norms on the
 * signal; few events, and bins without any.
 */
export const onOffProblem: EngineProblem = {
  description: {
    analysis: "on and off",
    charges: [
      { nucleus: "Ge", flavour: "e" },
      { nucleus: "Ge", flavour: "mu" },
    ],
    nuisances,
    terms: [term("on", onSignal, [0, 1]), term("off", new Float64Array(2 * BINS), [])],
  },
  observations: {
    on: { counts: Float64Array.of(7, 3, 2, 2, 4, 2, 0, 3, 3, 0, 2, 1) },
    off: { counts: Float64Array.of(1, 2, 0, 3, 1, 1, 4, 2, 0, 2, 1, 1) },
  },
  combinations: [{ name: "counting", datasets: ["counting"] }],
  base: standardModelPoint(),
};
