import { csiNeutrons, csiTarget, scintillationList } from "../../../src/experiments/csi.js";
import { loadCsiData } from "../../../src/experiments/data/load.js";
import { signalTemplates } from "../../../src/experiments/templates.js";
import { chargeModel } from "../../../src/model/charges.js";
import { minimise } from "../../../src/numerics/minimise.js";
import { formFactor } from "../../../src/physics/form-factor.js";
import { arrivalDensity } from "../../../src/physics/timing.js";

/*
 * C22's likelihood written out from its text: no description, no spline, no Newton. Light spectra come
 * from the experiment, times from sums over the arrival density.
 */

const data = loadCsiData();
const { energyEdges, timeEdges } = data.bins;
const { response } = data;
const [E, T] = [9, 11];

/** Names in the order of `theta`. */
export const NUISANCES = [
  "csi.signal_norm",
  "csi.brn_norm",
  "csi.ssb_norm",
  "csi.nin_norm",
  "csi.efficiency",
  "csi.quenching_1",
  "csi.quenching_2",
  "csi.radius",
  "csi.onset",
];
const SIGMAS = [0.1, 0.25, 0.021, 0.35, 1, 1, 1, 1, Number.POSITIVE_INFINITY];
const LOWER = [-1, -1, -1, -1, -9, -9, -9, -9, -0.2];
const UPPER = [9, 9, 9, 9, 9, 9, 9, 9, 0.2];

/** Prompt and delayed light spectra, [charges][timing][energy]. */
function spectra(variation: object, radiusScale: number) {
  const target = csiTarget(data, energyEdges, { mean: 0.5, width: 0.149 }, variation);
  const apart = { prompt: Float64Array.of(1, 0), delayed: Float64Array.of(0, 1) };
  const { values, charges } = signalTemplates(
    { ...target, times: (timing) => apart[timing] },
    { formFactor: formFactor({ name: "helm", radiusScale }), exponents: [2] },
  );
  const at = (c: number, k: number, e: number) => values[(c * E + e) * 2 + k];
  return { charges, at };
}

const { plus, minus } = response.energyEfficiency;
const [first, second] = response.scintillation.systematics;
const light = (c: typeof plus) => ({ scintillation: scintillationList(c) });
const nominal = spectra({}, 1);
const varied = [
  [spectra({ efficiency: plus }, 1), spectra({ efficiency: minus }, 1)],
  [spectra(light(first.plus), 1), spectra(light(first.minus), 1)],
  [spectra(light(second.plus), 1), spectra(light(second.minus), 1)],
  [spectra({}, 1.05), spectra({}, 0.95)],
];
const model = chargeModel(nominal.charges);

/** Time fractions by the midpoint rule, 0.5 ns a step. */
function fractions(timing: "prompt" | "delayed", onset: number): number[] {
  const pulse = { mean: 0.5 + onset, width: 0.149 };
  return Array.from({ length: T }, (_, j) => {
    const steps = Math.round((timeEdges[j + 1] - timeEdges[j]) / 0.0005);
    const step = (timeEdges[j + 1] - timeEdges[j]) / steps;
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      const t = timeEdges[j] + (i + 0.5) * step;
      const kept = t < 0.52 ? 1 : Math.exp(-0.0494 * (t - 0.52));
      sum += step * kept * arrivalDensity(timing, pulse, t);
    }
    return sum;
  });
}

const brn = csiNeutrons(data, "brn", energyEdges).counts;
const nin = csiNeutrons(data, "nin", energyEdges).counts;
const decay = (t: number) => Math.exp(-0.0494 * t);

/** χ² of C22 section 3.5 at given nuisances. */
function chi2(charges: Float64Array, theta: ArrayLike<number>, times: readonly number[][]): number {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (theta[i] / SIGMAS[i]) ** 2;
  for (let e = 0; e < E; e++) {
    const rate = [0, 1].map((k) => {
      const by = (s: typeof nominal) =>
        charges.reduce((q, charge, c) => q + charge * s.at(c, k, e), 0);
      const middle = by(nominal);
      return varied.reduce((shape, [up, down], i) => {
        const [high, low] = [by(up), by(down)];
        const t = theta[4 + i];
        return shape + 0.5 * t * (high - low) + t * t * (0.5 * (high + low) - middle);
      }, middle);
    });
    const events = data.antiCoincidence[e].reduce((a, b) => a + b);
    for (let j = 0; j < T; j++) {
      const bin = e * T + j;
      const ssb = (events * (decay(timeEdges[j]) - decay(timeEdges[j + 1]))) / (1 - decay(6));
      const mu =
        (1 + theta[0]) * (rate[0] * times[0][j] + rate[1] * times[1][j]) +
        (1 + theta[1]) * brn[bin] +
        (1 + theta[2]) * ssb +
        (1 + theta[3]) * nin[bin];
      const n = data.observed[e][j];
      if (mu < 0 || (mu === 0 && n > 0)) return Number.POSITIVE_INFINITY;
      sum += 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
    }
  }
  return sum;
}

/**
 * The smallest χ² over all nuisances: at each of many onsets the others are minimised, then the onset
 * around the best.
 */
export function profileByHand(parameters: Float64Array): number {
  const charges = new Float64Array(nominal.charges.length);
  model.fill(parameters, charges);
  const atOnset = (onset: number): number => {
    const times = [fractions("prompt", onset), fractions("delayed", onset)];
    const start = new Float64Array(8);
    const found = minimise((theta) => chi2(charges, [...theta, onset], times), start, {
      lower: LOWER.slice(0, 8),
      upper: UPPER.slice(0, 8),
      scale: SIGMAS.slice(0, 8),
    });
    return found.value;
  };
  const grid = Array.from({ length: 17 }, (_, k) => -0.2 + 0.025 * k);
  const heights = grid.map(atOnset);
  const best = heights.indexOf(Math.min(...heights));
  const { value } = minimise(([onset]) => atOnset(onset), [grid[best]], {
    lower: [Math.max(-0.2, grid[best] - 0.025)],
    upper: [Math.min(0.2, grid[best] + 0.025)],
    scale: [0.01],
    tolerance: 1e-7,
  });
  return value;
}
