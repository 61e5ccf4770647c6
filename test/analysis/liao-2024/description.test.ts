import { describe, expect, it } from "vitest";
import { liao2024 } from "../../../src/analysis/liao-2024/index.js";
import type { Term } from "../../../src/likelihood/description.js";
import { chargeModel } from "../../../src/model/charges.js";
import { standardModelPoint } from "../../../src/model/parameters.js";
import { barycentricWeights, cardinalValues } from "../../../src/numerics/interpolation.js";
import { largestError, relativeError } from "../../physics/relative-error.js";
import { goldenTable } from "../golden.js";

const { description, observations } = liao2024.compile();
const term = (name: string) => description.terms.find((t) => t.name === name) as Term;
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** Squared charges of the Standard Model, by charge of the description. */
const charges = new Float64Array(description.charges.length);
chargeModel(description.charges).fill(standardModelPoint(), charges);

/** SM counts of a term's template row, [bins]. */
function counts(name: string, row: number): Float64Array {
  const { bins, signal, charges: indices } = term(name);
  return signal.slice(row * bins, (row + 1) * bins).map((t) => t * charges[indices[row]]);
}

describe("the signal of liao-2024 in the Standard Model", () => {
  it("agrees in every bin, nucleus and flavour with an independent program to 1e-9", () => {
    const columns = new Map<string, number[]>();
    for (const row of goldenTable("liao-2024-predictions.csv")) {
      const name = row.data_set === "ge" ? `ge.${row.block}` : row.data_set;
      const key = `${name} ${row.nucleus} ${row.flavour}`;
      columns.set(key, [...(columns.get(key) ?? []), Number(row.counts)]);
    }
    let compared = 0;
    for (const { name, charges: indices } of description.terms) {
      for (const [row, index] of indices.entries()) {
        const { nucleus, flavour } = description.charges[index];
        const golden = columns.get(`${name} ${nucleus.toLowerCase()} ${flavour}`) ?? [];
        // Bins below a hundred-millionth of an event are held to 1e-14 of one.
        expect(largestError(counts(name, row), golden, 1e-8)).toBeLessThan(1e-9);
        compared += golden.length;
      }
    }
    expect(compared).toBe(640);
  });

  it("has the events of SPEC §4: 319.4 in CsI, 108.3 in LAr, 33.51 in Ge's fit range", () => {
    const events = (name: string) => term(name).charges.map((_, row) => sum(counts(name, row)));
    const independent = {
      csi: [52.40588165, 107.70941634, 51.95164802, 107.33330424],
      lar: [33.59368512, 74.70455974],
      "ge.energy": [10.00693927, 21.91023161],
      "ge.time": [10.5954022, 22.910172],
    };
    for (const [name, expected] of Object.entries(independent)) {
      expect(largestError(events(name), expected)).toBeLessThan(1e-8);
    }
    expect(sum(events("csi"))).toBeCloseTo(319.4, 1);
    expect(sum(events("ge.time"))).toBeCloseTo(33.51, 2);
  });
});

describe("the description of liao-2024", () => {
  it("has a term per data set, two for Ge, over the bins of the paper", () => {
    expect(description.terms.map((t) => [t.name, t.dataset, t.statistic, t.bins])).toEqual([
      ["csi", "csi", "poisson", 88],
      ["lar", "lar", "gaussian", 120],
      ["ge.energy", "ge", "gaussian", 7],
      ["ge.time", "ge", "gaussian", 17],
    ]);
    for (const { bins, axes, signal, charges: rows, backgrounds } of description.terms) {
      expect(axes.reduce((product, { edges }) => product * edges.length, 1)).toBe(bins);
      expect(signal).toHaveLength(rows.length * bins);
      for (const background of backgrounds) expect(background.counts).toHaveLength(bins);
    }
    expect(description.family).toBeUndefined();
  });

  it("shares Ge's charges between its two terms, and no charge among nuclei", () => {
    expect(description.charges.map((c) => `${c.nucleus} ${c.flavour}`)).toEqual([
      ...["Cs e", "Cs mu", "I e", "I mu"],
      ...["Ar e", "Ar mu", "Ge e", "Ge mu"],
    ]);
    expect(term("ge.energy").charges).toEqual([6, 7]);
    expect(term("ge.time").charges).toEqual([6, 7]);
    const norms = ["ge.energy", "ge.time"].map((name) => term(name).effects[0].nuisance);
    expect(norms[0]).toBe(norms[1]);
  });

  it("has the widths of SPEC §3, Poisson norms above −1 and Gaussian ones free", () => {
    const table = description.nuisances.map(({ name, sigma, lower }) => [name, sigma, lower]);
    expect(table).toEqual([
      ["csi.signal_norm", 0.1145, -1],
      ["csi.brn_norm", 0.25, -1],
      ["csi.ssb_norm", 0.021, -1],
      ["csi.nin_norm", 0.35, -1],
      ["lar.signal_norm", 0.13, -Infinity],
      ["lar.prompt_brn_norm", 0.32, -Infinity],
      ["lar.delayed_brn_norm", 1, -Infinity],
      ["lar.ssb_norm", 0.0079, -Infinity],
      ["lar.f90", 1, -Infinity],
      ["lar.time_mean", 1, -Infinity],
      ["lar.brn_energy", 1, -Infinity],
      ["lar.brn_time_mean", 1, -Infinity],
      ["lar.brn_time_width", 1, -Infinity],
      ["ge.signal_norm", 0.103, -Infinity],
    ]);
    expect(description.nuisances.every(({ upper }) => upper === Infinity)).toBe(true);
    const bounded = liao2024.compile({ bound_norms: true }).description.nuisances;
    expect(bounded.filter(({ lower }) => lower === -1).map(({ name }) => name)).toEqual(
      table.map(([name]) => name).filter((name) => String(name).includes("_norm")),
    );
  });

  it("has the backgrounds and the data of SPEC §2 in the 88 bins of CsI", () => {
    const { backgrounds } = term("csi");
    expect(backgrounds.map(({ name }) => name)).toEqual(["brn", "ssb", "nin"]);
    const [brn, ssb, nin] = backgrounds.map((background) => sum(background.counts));
    expect(brn).toBeCloseTo(18.256223734, 8);
    expect(ssb).toBe(1291);
    expect(nin).toBeCloseTo(5.164462348, 8);
    expect(sum(observations.csi.counts)).toBe(1567);
    expect(observations.csi.variance).toBeUndefined();
  });

  it("has σ² = N + SSB/5 in LAr, and shapes that vanish where there is nothing to deviate from", () => {
    const { backgrounds, effects } = term("lar");
    const { counts: observed, variance } = observations.lar;
    const [promptBrn, delayedBrn, ssb] = backgrounds.map(({ counts: c }) => c);
    const totals = [observed, promptBrn, delayedBrn, ssb].map((bins) => Math.round(sum(bins)));
    expect(totals).toEqual([3752, 497, 33, 3152]);
    expect(variance).toEqual(observed.map((n, b) => n + ssb[b] / 5));
    const shapes = effects.flatMap((effect) => (effect.kind === "relative" ? [effect] : []));
    expect(shapes.map(({ component }) => component)).toEqual(["signal", "signal", 0, 0, 0]);
    for (const { deviation, component } of shapes) {
      expect(deviation.every(Number.isFinite)).toBe(true);
      expect(deviation.some((d) => d !== 0)).toBe(true);
      if (component === 0) {
        const empty = deviation.filter((_, b) => promptBrn[b] === 0);
        expect(empty.every((d) => d === 0)).toBe(true);
      }
    }
  });

  it("has on − off with variance on + off in Ge's energy bins", () => {
    const { counts: difference, variance } = observations["ge.energy"];
    expect(variance?.every((v, b) => v >= Math.abs(difference[b]))).toBe(true);
    // (on + off) and (on − off) have one parity.
    expect(variance?.every((v, b) => (v - difference[b]) % 2 === 0)).toBe(true);
    expect(observations["ge.time"].counts).toHaveLength(17);
  });
});

describe("the family in the exponent", () => {
  const scanned = liao2024.compile({}, "scanned").description;
  const nodes = scanned.family?.nodes ?? new Float64Array();
  const weights = barycentricWeights(nodes);

  it.each([2, 0.05, 1, 1.957, 3.3, 4])("interpolates the templates of x = %f to rounding", (x) => {
    const cardinal = cardinalValues(nodes, weights, x);
    const direct = liao2024.compile({}, x).description;
    for (const [t, { signal }] of direct.terms.entries()) {
      const table = scanned.terms[t].signal;
      expect(table).toHaveLength(nodes.length * signal.length);
      const interpolated = signal.map((_, i) =>
        cardinal.reduce((total, l, node) => total + l * table[node * signal.length + i], 0),
      );
      const floor = 1e-8 * Math.max(...signal);
      expect(largestError(interpolated, signal, floor)).toBeLessThan(1e-10);
    }
  });

  it("is the only difference from a fixed exponent", () => {
    expect(scanned.nuisances).toEqual(description.nuisances);
    expect(scanned.charges).toEqual(description.charges);
    expect(scanned.terms.map(({ backgrounds }) => backgrounds)).toEqual(
      description.terms.map(({ backgrounds }) => backgrounds),
    );
  });
});

describe("form factor options", () => {
  it("change the signal as much as the form factors differ, and nothing else", () => {
    const events = (options: Record<string, unknown>) => {
      const { terms } = liao2024.compile(options).description;
      return sum(terms[0].signal);
    };
    const usual = events({});
    expect(events({ form_factor: "klein-nystrand", radius_scale: 1 })).toBe(usual);
    for (const options of [
      { form_factor: "helm" },
      { form_factor: "fermi" },
      { radius_scale: 0.95 },
      { radius_scale: 1.05 },
    ]) {
      const change = relativeError(events(options), usual);
      expect(change).toBeGreaterThan(1e-3);
      expect(change).toBeLessThan(0.15);
    }
    expect(events({ radius_scale: 0.95 })).toBeGreaterThan(usual);
    const fermi = (diffuseness: number) =>
      events({ form_factor: "fermi", fermi_diffuseness: diffuseness });
    expect(fermi(0.52)).toBe(events({ form_factor: "fermi" }));
    expect(fermi(0.6)).toBeLessThan(fermi(0.52));
  });
});
