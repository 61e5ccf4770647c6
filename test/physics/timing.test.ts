import { describe, expect, it } from "vitest";
import { arrivalDensity, timeFractions } from "../../src/physics/timing.js";
import { largestError, relativeError } from "./relative-error.js";
import { divide, tanhSinh } from "./tanh-sinh.js";

const [PION, MUON] = [0.026033, 2.19698];
const PULSE = { mean: 0.44, width: 0.15 };
const CSI_EDGES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 2, 4, 6];
const LAR_EDGES = divide(-0.1, 4.9, 10);
const EPSILON_T = { onset: 0.52, decay: 0.0494 };

const gauss = (t: number, { mean, width }: typeof PULSE) =>
  Math.exp(-0.5 * ((t - mean) / width) ** 2) / (width * Math.sqrt(2 * Math.PI));

/** Time after the pulse's centre: of the pion alone, or of the chain pion → muon by its own integral. */
const decay = {
  prompt: (s: number) => Math.exp(-s / PION) / PION,
  delayed: (s: number) => {
    const cuts = s > 40 * PION ? [0, 20 * PION, 40 * PION] : [0, s];
    const first = (u: number) => (Math.exp(-u / PION) / PION) * Math.exp(-(s - u) / MUON);
    return tanhSinh(first, cuts) / MUON;
  },
};

/** The pulse convolved with the decay, both as definitions: no error functions. */
function convolved(timing: "prompt" | "delayed", pulse: typeof PULSE, t: number): number {
  const [low, high] = [
    Math.max(0, t - pulse.mean - 9 * pulse.width),
    t - pulse.mean + 9 * pulse.width,
  ];
  if (high <= 0) return 0;
  const cuts = [low, ...[0.05, 0.2, 0.5].map((part) => low + part * (high - low)), high];
  return tanhSinh((s) => decay[timing](s) * gauss(t - s, pulse), cuts);
}

describe.each(["prompt", "delayed"] as const)("the %s arrival density", (timing) => {
  it.each([PULSE, { mean: 0.5, width: 0.149 }, { mean: 0.1, width: 0.02 }, { mean: 1, width: 2 }])(
    "is the convolution of the pulse ($mean, $width) with the decays",
    (pulse) => {
      for (const t of [0.05, 0.2, 0.44, 0.6, 1.1, 3, 8]) {
        const exact = convolved(timing, pulse, t);
        const error = relativeError(arrivalDensity(timing, pulse, t), exact, 1e-9);
        expect(error).toBeLessThan(1e-8);
      }
    },
  );

  it("is normalised over all times, later on the average by the mean lives", () => {
    const cuts = [-2, ...divide(-0.5, 3, 28), ...divide(4, 120, 40)];
    const moment = (power: number) =>
      tanhSinh((t) => t ** power * arrivalDensity(timing, PULSE, t), cuts, 3);
    expect(moment(0)).toBeCloseTo(1, 10);
    const delay = timing === "prompt" ? PION : PION + MUON;
    expect(moment(1)).toBeCloseTo(PULSE.mean + delay, 9);
  });

  it("is nothing, rather than an overflow, far before the pulse", () => {
    for (const t of [-1e3, -20, -6]) expect(arrivalDensity(timing, PULSE, t)).toBe(0);
    expect(arrivalDensity(timing, PULSE, -0.4)).toBeGreaterThan(0);
  });
});

/** Fractions by composite Simpson sums of the density times the efficiency, from their definitions. */
function simpson(
  timing: "prompt" | "delayed",
  edges: readonly number[],
  kept: (t: number) => number,
) {
  return edges.slice(1).map((high, j) => {
    // A bin that holds the kink of ε_T at 0.52 μs is summed on either side of it.
    const cuts = [edges[j], ...[0.52].filter((t) => t > edges[j] && t < high), high];
    let sum = 0;
    cuts.slice(1).forEach((to, i) => {
      const [from, n] = [cuts[i], 2000];
      const step = (to - from) / n;
      for (let k = 0; k <= n; k++) {
        const t = from + k * step;
        const weight = k === 0 || k === n ? 1 : k % 2 ? 4 : 2;
        sum += ((weight * step) / 3) * kept(t) * arrivalDensity(timing, PULSE, t);
      }
    });
    return sum;
  });
}

describe("timeFractions", () => {
  it.each(["prompt", "delayed"] as const)("of %s neutrinos are sums of the density", (timing) => {
    const all = timeFractions(timing, PULSE, LAR_EDGES);
    expect(
      largestError(
        all,
        simpson(timing, LAR_EDGES, () => 1),
        1e-9,
      ),
    ).toBeLessThan(1e-8);
    const kept = (t: number) => (t < 0.52 ? 1 : Math.exp(-0.0494 * (t - 0.52)));
    const csi = timeFractions(timing, PULSE, CSI_EDGES, EPSILON_T);
    expect(largestError(csi, simpson(timing, CSI_EDGES, kept), 1e-9)).toBeLessThan(1e-8);
  });

  it("agree with an independent program to the digits it printed", () => {
    const csi = (timing: "prompt" | "delayed") =>
      timeFractions(timing, PULSE, CSI_EDGES, EPSILON_T);
    const lar = (timing: "prompt" | "delayed") => timeFractions(timing, PULSE, LAR_EDGES);
    const printed = {
      csiPrompt: [
        0.01129287, 0.065320235, 0.197506959, 0.31373054, 0.262445504, 0.115877817, 0.027236765,
        0.003433985, 0.000244586, 0, 0,
      ],
      csiDelayed: [
        0.000268869, 0.002061293, 0.008949929, 0.023141048, 0.038535357, 0.046557695, 0.04723785,
        0.045009116, 0.274403408, 0.265708362, 0.096859237,
      ],
      larPrompt: [0.332533883, 0.665083101, 0.002288545, 1e-9, 0, 0, 0, 0, 0, 0],
      larDelayed: [
        0.014605376, 0.162711859, 0.16741423, 0.133376579, 0.106228391, 0.084606092, 0.067384912,
        0.053669024, 0.042744941, 0.034044405,
      ],
    };
    const pairs = [
      [csi("prompt"), printed.csiPrompt],
      [csi("delayed"), printed.csiDelayed],
      [lar("prompt"), printed.larPrompt],
      [lar("delayed"), printed.larDelayed],
    ] as const;
    for (const [computed, digits] of pairs) {
      expect(computed).toHaveLength(digits.length);
      for (const [j, value] of digits.entries()) {
        expect(Math.abs(computed[j] - value)).toBeLessThan(0.6e-9);
      }
    }
  });

  it("lose what arrives before the first edge: 0.15 % of the prompt neutrinos before t = 0", () => {
    const sum = timeFractions("prompt", PULSE, [0, 1, 6]).reduce((a, b) => a + b, 0);
    expect(1 - sum).toBeGreaterThan(0.001);
    expect(1 - sum).toBeLessThan(0.002);
    const wide = timeFractions("prompt", PULSE, [-3, 6]);
    expect(wide[0]).toBeCloseTo(1, 12);
  });
});
