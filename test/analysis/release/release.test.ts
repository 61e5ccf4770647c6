import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../../src/analysis/registry.js";
import { loadGeData, loadLarData } from "../../../src/experiments/data/load.js";
import { ChiSquare } from "../../../src/fit/chi-square.js";
import { holdNuisances } from "../../../src/fit/hold.js";
import { signalCounts } from "../../../src/fit/prediction.js";
import { parameterIndex, standardModelPoint } from "../../../src/model/parameters.js";
import { minimise } from "../../../src/numerics/minimise.js";
import { brentMinimum, brentRoot } from "../../../src/numerics/root.js";

const shared = analysisNamed("release").compile();
const independent = analysisNamed("release").compile({ flux: "independent" });
const SETS = ["csi", "lar", "ge"];

function point(values: Record<string, number>): Float64Array {
  const parameters = standardModelPoint();
  for (const [name, value] of Object.entries(values)) parameters[parameterIndex(name)] = value;
  return parameters;
}
const POINTS = [
  {},
  { sigma_scale: 0 },
  { sigma_scale: 0.6 },
  { sigma_scale_e: 2, sigma_scale_mu: 0.4 },
  { eps_ee_u: 0.15, eps_mumu_d: -0.1, eps_emu_u: 0.05 },
  { eps_ee_d: 0.5, sin2_theta_w: 0.2 },
].map(point);

const poisson = (n: number, mu: number) => 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
const sum = (row: Iterable<number>) => [...row].reduce((a, b) => a + b, 0);

/** Signal counts of a term over all its charges. */
function signalOf(name: string, parameters: Float64Array): Float64Array {
  const rows = signalCounts(shared, parameters).filter(({ term }) => term === name);
  return rows[0].counts.map((_, bin) => sum(rows.map(({ counts }) => counts[bin])));
}

describe("the germanium on/off term", () => {
  const data = loadGeData();
  const columns = [0, 1, 2, 5, 6, 7, 8];
  const held = holdNuisances(shared, { flux: 0, "ge.signal_norm": 0 });
  const chi2 = new ChiSquare(held, ["ge"]);

  it("has, without a signal, the background (on + off)/20 in every bin", () => {
    let expected = 0;
    for (const column of columns) {
      const counts = [...data.onBeam, ...data.offBeam].map((row) => row[column]);
      const background = sum(counts) / counts.length;
      expected += sum(counts.map((n) => poisson(n, background)));
    }
    expect(chi2.value(point({ sigma_scale: 0 }))).toBeCloseTo(expected, 8);
  });

  it("spreads the signal over time rows as pairs of the projection's bins", () => {
    const { prompt, delayed } = data.timeProjection;
    const rows = (curve: readonly number[]) => {
      const pair = (row: number) => (curve[2 * row - 2] ?? 0) + (curve[2 * row - 1] ?? 0);
      return Array.from({ length: 10 }, (_, row) => pair(row) / sum(curve));
    };
    const signal = signalOf("ge.on", point({ sigma_scale_mu: 0 }));
    const [late, early] = [rows(delayed), rows(prompt)];
    for (let row = 0; row < 10; row++) {
      expect(signal[row] / sum(signal.subarray(0, 10))).toBeCloseTo(late[row], 12);
    }
    // ν_μ and ν̄_μ: the first row's excess over delayed alone is the prompt part.
    const muon = signalOf("ge.on", point({ sigma_scale_e: 0 })).subarray(0, 10);
    const share = (muon[1] / sum(muon) - late[1]) / (early[1] - late[1]);
    for (let row = 0; row < 10; row++) {
      const mixed = share * early[row] + (1 - share) * late[row];
      expect(muon[row] / sum(muon)).toBeCloseTo(mixed, 12);
    }
  });

  it("solves Σ n/(s + b) + n_off/b = 20 for the background of each column", () => {
    for (const parameters of POINTS) {
      const signal = signalOf("ge.on", parameters);
      let expected = 0;
      columns.forEach((column, c) => {
        const on = data.onBeam.map((row) => row[column]);
        const off = data.offBeam.map((row) => row[column]);
        const s = signal.subarray(c * 10, c * 10 + 10);
        const b = brentRoot(
          (x) => sum(on.map((n, t) => n / (s[t] + x))) + sum(off) / x - 20,
          1e-6,
          50,
        );
        expected +=
          sum(on.map((n, t) => poisson(n, s[t] + b))) + sum(off.map((n) => poisson(n, b)));
      });
      expect(chi2.value(parameters)).toBeCloseTo(expected, 8);
    }
  });
});

describe("the liquid-argon term", () => {
  const data = loadLarData();
  const flat = (h: readonly (readonly (readonly number[])[])[]) => h.flat(2);

  it("has the release's CEvNS histogram as its SM signal", () => {
    const signal = signalOf("lar", point({}));
    flat(data.cevns).forEach((count, bin) => {
      expect(signal[bin]).toBeCloseTo(count, 12);
    });
  });

  it("divides it by flavour as our prediction does: about a third is ν_e's, none before the pulse", () => {
    const counts = signalCounts(shared, point({})).filter(({ term }) => term === "lar");
    const electron = counts.filter(({ charge }) => charge.flavour === "e");
    expect(sum(electron.map(({ total }) => total)) / 128).toBeGreaterThan(0.25);
    expect(sum(electron.map(({ total }) => total)) / 128).toBeLessThan(0.35);
    const firstBin = sum(electron[0].counts.filter((_, bin) => bin % 10 === 0));
    expect(firstBin / electron[0].total).toBeLessThan(0.03);
  });

  it.each([{ lar_shapes: false }, { lar_shapes: true }])(
    "agrees with the release's likelihood written out, %o",
    (options) => {
      const chi2 = new ChiSquare(analysisNamed("release").compile(options), ["lar"]);
      const pdfs = [data.cevns, data.promptBrn, data.delayedBrn, data.ssb].map(flat);
      const observed = flat(data.observed);
      const s = data.shapes;
      const mirrored = (plus: number[], central: number[]) =>
        plus.map((v, b) => 2 * central[b] - v);
      const sides = (
        [
          [0, s.cevnsF90Plus, s.cevnsF90Minus],
          [0, s.cevnsTimeMean, undefined],
          [1, s.promptBrnEnergyPlus, s.promptBrnEnergyMinus],
          [1, s.promptBrnTimeMeanPlus, s.promptBrnTimeMeanMinus],
          [1, s.promptBrnTimeWidth, undefined],
        ] as const
      ).map(([on, up, down]) => {
        const plus = flat(up);
        return { on, plus, minus: down ? flat(down) : mirrored(plus, pdfs[on]) };
      });
      const widths = [0.1, 0.083, 0.32, 1, 0.0079, ...(options.lar_shapes ? [1, 1, 1, 1, 1] : [])];
      for (const scale of [1, 0.3]) {
        const f = (theta: Float64Array): number => {
          let total = sum(widths.map((width, i) => (theta[i] / width) ** 2));
          const scales = [
            scale * (1 + theta[0]) * (1 + theta[1]),
            1 + theta[2],
            1 + theta[3],
            1 + theta[4],
          ];
          for (let b = 0; b < 960; b++) {
            const shape = pdfs.map((pdf) => pdf[b]);
            for (let i = 5; i < theta.length; i++) {
              const { on, plus, minus } = sides[i - 5];
              const [up, down] = [plus[b] - pdfs[on][b], minus[b] - pdfs[on][b]];
              shape[on] += 0.5 * theta[i] * (up - down) + 0.5 * theta[i] ** 2 * (up + down);
            }
            const mu = sum(shape.map((count, k) => scales[k] * count));
            if (mu < 0 || (mu === 0 && observed[b] > 0)) return Number.POSITIVE_INFINITY;
            total += poisson(observed[b], mu);
          }
          return total;
        };
        const { value } = minimise(f, new Float64Array(widths.length), {
          scale: widths,
          lower: widths.map((_, i) => (i < 5 ? -1 : -9)),
        });
        expect(Math.abs(chi2.value(point({ sigma_scale: scale })) - value)).toBeLessThan(1e-6);
      }
    },
  );
});

describe("the flux nuisance", () => {
  it("independent: the combination is the sum of separate fits", () => {
    const all = new ChiSquare(independent);
    const alone = SETS.map((name) => new ChiSquare(independent, [name]));
    for (const parameters of POINTS) {
      const parts = alone.map((chi2) => chi2.value(parameters));
      expect(all.value(parameters)).toBeCloseTo(sum(parts), 7);
    }
  });

  it("shared: the combination is the least sum of fits at a common flux, whose prior counts once", () => {
    const all = new ChiSquare(shared);
    for (const parameters of POINTS.slice(1, 5)) {
      const atFlux = (flux: number) => {
        const held = holdNuisances(shared, { flux });
        const parts = SETS.map((name) => new ChiSquare(held, [name]).value(parameters));
        return sum(parts) - 2 * (flux / 0.1) ** 2;
      };
      const { value } = brentMinimum(atFlux, -0.5, 0.5, 1e-6);
      expect(all.value(parameters)).toBeCloseTo(value, 6);
    }
  });

  it("shared or not, CsI alone is coherent-2022", () => {
    const alone = new ChiSquare(analysisNamed("coherent-2022").compile());
    for (const analysis of [shared, independent]) {
      const chi2 = new ChiSquare(analysis, ["csi"]);
      for (const parameters of POINTS) {
        expect(chi2.value(parameters)).toBeCloseTo(alone.value(parameters), 9);
      }
    }
  });

  it("shared, holds a combination less than independent ones would where the data sets agree", () => {
    const rise = (chi2: ChiSquare) =>
      chi2.value(point({ sigma_scale: 1.3 })) - chi2.value(point({ sigma_scale: 0.85 }));
    expect(rise(new ChiSquare(shared))).toBeLessThan(rise(new ChiSquare(independent)));
  });
});

it("names a nuisance that cannot be held", () => {
  expect(() => holdNuisances(shared, { fluz: 0 })).toThrow(/no nuisance "fluz".*flux/);
  expect(() => holdNuisances(shared, { "csi.onset": 0.5 })).toThrow(/at 0\.5.*-0\.2 and 0\.2/);
  expect(() => holdNuisances(shared, { flux: -2 })).toThrow(/at -2.*at least -1/);
});
