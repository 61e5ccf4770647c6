import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import type { Nuisance } from "../../src/likelihood/description.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { profileLine } from "../../src/likelihood/profile-line.js";
import { generator, makeProblem, makeTerm } from "./naive.js";

/** χ² searched for at every point alone, and its gradient. */
function oneByOne(evaluator: LikelihoodEvaluator, charges: Float64Array, width: number) {
  const gradients = new Float64Array(charges.length);
  const chi2 = Float64Array.from({ length: charges.length / width }, (_, k) => {
    const [from, to] = [k * width, (k + 1) * width];
    return evaluator.chargeGradient(charges.subarray(from, to), 2, 0, gradients.subarray(from, to));
  });
  return { chi2, gradients };
}

describe("profiles along a line", () => {
  it.each(["coherent-2022", "release"])("are those of every point of %s alone", (name) => {
    const { description, observations } = analysisNamed(name).compile();
    const combinations = [{ name: "csi", datasets: ["csi"] }];
    const evaluator = new LikelihoodEvaluator({ description, observations, combinations });
    const width = description.charges.length;
    const size = { charges: width, nuisances: description.nuisances.length };
    const random = generator(5);
    for (let row = 0; row < 4; row++) {
      const [low, high, fixed] = [0, 1, 2].map(() => {
        return Float64Array.from({ length: width }, () => 4000 * random() ** 2);
      });
      // ν_e charges move, as in a row of a table; the first row begins without any.
      const charges = Float64Array.from({ length: 48 * width }, (_, i) => {
        const c = i % width;
        const t = (Math.floor(i / width) / 47) ** 2;
        const start = row === 0 ? 0 : low[c];
        return description.charges[c].flavour === "e" ? start + t * (high[c] - start) : fixed[c];
      });
      const line = profileLine(evaluator, 0, charges, 2, size, row);
      const alone = oneByOne(evaluator, charges, width);
      expect(line.searched).toBeLessThan(24);
      line.chi2.forEach((value, k) => {
        expect(Math.abs(value - alone.chi2[k])).toBeLessThan(1e-9 * alone.chi2[k]);
      });
      line.gradients.forEach((value, i) => {
        expect(Math.abs(value - alone.gradients[i])).toBeLessThan(1e-6 + 1e-6 * Math.abs(value));
      });
    }
  });

  it("change branches where minima cross", () => {
    // A narrow signal that becomes a wide one, and data with a narrow and a wide peak.
    const bins = 40;
    const peak = (at: number, size: number, width: number) =>
      Float64Array.from({ length: bins }, (_, b) => {
        return size * Math.exp(-0.5 * ((b - at) / width) ** 2);
      });
    const values = Float64Array.from({ length: 61 }, (_, k) => (k - 30) / 2);
    const counts = peak(9, 24, 1).map((count, b) => Math.round(10 + count + peak(28, 12, 4)[b]));
    const rows = [...values].flatMap((x) => [...peak(20 + x, 20, 1), ...peak(20 + x, 10, 4)]);
    const term = makeTerm({
      name: "t",
      bins,
      charges: [0, 1],
      signal: Float64Array.from(rows),
      backgrounds: [{ name: "flat", counts: new Float64Array(bins).fill(10) }],
      effects: [
        { kind: "position", nuisance: 0, component: "signal", values, stride: 4 },
        { kind: "scale", nuisance: 1, component: "signal" },
        { kind: "norm", nuisance: 2, component: 0 },
      ],
    });
    const nuisances: Nuisance[] = [
      { name: "at", symbol: "", sigma: null, lower: -15, upper: 15 },
      { name: "norm", symbol: "", sigma: 0.1, lower: -1, upper: Number.POSITIVE_INFINITY },
      { name: "flat", symbol: "", sigma: 0.5, lower: -1, upper: Number.POSITIVE_INFINITY },
    ];
    const problem = makeProblem({ terms: [term], nuisances }, { t: { counts } });
    const evaluator = new LikelihoodEvaluator(problem);
    const size = { charges: 2, nuisances: 3 };
    const at = Array.from({ length: 31 }, (_, k) => [1 - k / 30, k / 30]);
    for (const points of [at, at.toReversed()]) {
      const charges = Float64Array.from(points.flat());
      const alone = oneByOne(evaluator, charges, 2);
      for (const phase of [0, 1, 2]) {
        const line = profileLine(evaluator, 0, charges, 2, size, phase);
        line.chi2.forEach((value, k) => {
          expect(Math.abs(value - alone.chi2[k])).toBeLessThan(1e-9 * alone.chi2[k]);
        });
        const positions = line.chi2.map((_, k) => line.theta[3 * k]);
        const jumps = positions.filter((x, k) => k > 0 && Math.abs(x - positions[k - 1]) > 10);
        expect(jumps).toHaveLength(1);
      }
    }
  });
});
