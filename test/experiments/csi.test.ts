import { describe, expect, it } from "vitest";
import { csiNeutrons, csiTarget, scintillationList } from "../../src/experiments/csi.js";
import { loadCsiData } from "../../src/experiments/data/load.js";
import { signalTemplates } from "../../src/experiments/templates.js";
import { formFactor } from "../../src/physics/form-factor.js";
import { NUCLEI } from "../../src/physics/nuclei.js";
import { relativeError } from "../physics/relative-error.js";
import { tanhSinh } from "../physics/tanh-sinh.js";
import { componentsOf, exposure, recoilIntegral } from "./brute-force.js";

const data = loadCsiData();
const PULSE = { mean: 0.44, width: 0.15 };
const { energyEdges, timeEdges } = data.bins;
const EDGES = energyEdges.slice(1);
const TIMES = timeEdges.length - 1;
const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

/** ln Γ by Stirling's series, for arguments ≥ 1. */
function logGamma(x: number): number {
  if (x < 12) return logGamma(x + 1) - Math.log(x);
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5) - 1 / (1680 * x ** 7);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/** C22 eqs. (A2) to (A4), nominal numbers: PE bin [low, high) given a recoil in MeV. */
function acceptance(low: number, high: number) {
  const efficiency = (x: number) =>
    Math.max(0, 1.32045 / (1 + Math.exp(-0.285979 * (x - 10.8646))) - 0.333322);
  const kink = 10.8646 - Math.log(1.32045 / 0.333322 - 1) / 0.285979;
  const cuts = low < kink && kink < high ? [low, kink, high] : [low, high];
  return (E: number) => {
    const light = 0.0554628 * E + 4.30681 * E ** 2 - 111.707 * E ** 3 + 840.384 * E ** 4;
    const [a, b] = [1 / (13350 * light), 0.716 * 13350 * light];
    const rate = a * (1 + b);
    const logNorm = (1 + b) * Math.log(rate) - logGamma(1 + b);
    const density = (x: number) => Math.exp(logNorm + b * Math.log(x) - rate * x);
    return tanhSinh((x) => efficiency(x) * density(x), cuts, 3);
  };
}

describe("csiTarget", () => {
  // In one time bin without pulse or efficiency in time: all that remains is the energy.
  const target = { ...csiTarget(data, energyEdges, PULSE), times: () => Float64Array.of(1) };
  const options = { formFactor: formFactor({ name: "klein-nystrand" }), exponents: [2, 1] };
  const templates = signalTemplates(target, options);
  const bins = energyEdges.length - 1;

  it.each([
    ["Cs", "mu", 0],
    ["Cs", "e", 1],
    ["I", "mu", 3],
    ["I", "e", 8],
  ] as const)(
    "counts %s events of flavour %s in PE bin %i as the triple integral does",
    (name, flavour, bin) => {
      const nuclei = exposure(0.0848, 3.198e23, 19.3, 14.6, 259.80992);
      const accept = acceptance(energyEdges[bin], energyEdges[bin + 1]);
      const row = templates.charges.findIndex((c) => c.nucleus === name && c.flavour === flavour);
      const cuts = [0, 0.002, 0.006, 0.012, 0.02, 0.03];
      for (const [k, exponent] of options.exponents.entries()) {
        const exact = componentsOf(flavour).reduce(
          (total, flux) =>
            total + nuclei * recoilIntegral(NUCLEI[name], flux, accept, cuts, exponent),
          0,
        );
        const computed = templates.values[(k * templates.charges.length + row) * bins + bin];
        expect(relativeError(computed, exact)).toBeLessThan(1e-8);
      }
    },
  );

  it("multiplies each energy spectrum by its own time distribution", () => {
    const full = signalTemplates(csiTarget(data, EDGES, PULSE), {
      ...options,
      exponents: [2],
    });
    expect(full.bins).toBe(88);
    expect(full.charges.map(({ nucleus, flavour }) => `${nucleus} ${flavour}`)).toEqual([
      "Cs e",
      "Cs mu",
      "I e",
      "I mu",
    ]);
    // ν_e is delayed alone, so that its rows are proportional; ν_μ is not.
    const row = (charge: number, energy: number) =>
      full.values.slice((charge * 8 + energy) * TIMES, (charge * 8 + energy + 1) * TIMES);
    const ratios = (charge: number) => row(charge, 1).map((v, j) => v / row(charge, 6)[j]);
    const [electron, muon] = [ratios(0), ratios(1)];
    expect(Math.max(...electron) / Math.min(...electron) - 1).toBeLessThan(1e-12);
    expect(Math.max(...muon) / Math.min(...muon) - 1).toBeGreaterThan(0.1);
  });

  it("takes another scintillation curve or efficiency", () => {
    const { scintillation, energyEfficiency } = data.response;
    const sumWith = (variation: Parameters<typeof csiTarget>[3]) =>
      sum(signalTemplates(csiTarget(data, EDGES, PULSE, variation), options).values);
    const nominal = sumWith({});
    expect(sumWith({ scintillation: scintillationList(scintillation.nominal) })).toBe(nominal);
    expect(sumWith({ efficiency: energyEfficiency.nominal })).toBe(nominal);
    expect(sumWith({ efficiency: energyEfficiency.plus })).toBeGreaterThan(nominal);
    expect(sumWith({ efficiency: energyEfficiency.minus })).toBeLessThan(nominal);
    const brighter = scintillationList(scintillation.nominal).map((c) => 1.1 * c);
    expect(sumWith({ scintillation: brighter })).toBeGreaterThan(1.01 * nominal);
  });
});

describe("csiNeutrons", () => {
  it("have the events that SPEC §2 counts below 60 PE", () => {
    expect(sum(csiNeutrons(data, "brn", EDGES).counts)).toBeCloseTo(18.256223734, 8);
    expect(sum(csiNeutrons(data, "nin", EDGES).counts)).toBeCloseTo(5.164462348, 8);
  });

  it("divide a narrow bin in proportion where an analysis edge cuts it", () => {
    const only = (length: number, index: number) =>
      Array.from({ length }, (_, i) => (i === index ? 1 : 0));
    // 20 to 21 PE; 0.12 to 0.13 μs, which the edge at 0.125 halves, before the onset of ε_T.
    const brn = { energy: only(250, 20), time: only(650, 37) };
    const { counts } = csiNeutrons({ ...data, brn }, "brn", energyEdges);
    const filled = Array.from(counts.entries()).filter(([, count]) => count > 1e-12);
    expect(filled.map(([bin]) => [Math.floor(bin / TIMES), bin % TIMES])).toEqual([
      [4, 0],
      [4, 1],
    ]);
    for (const [, count] of filled) expect(count).toBeCloseTo(0.5, 12);
    // Cut at 21.5 PE: the narrow bin from 21 to 22 halves too.
    const cut = csiNeutrons(
      { ...data, brn: { ...brn, energy: only(250, 21) } },
      "brn",
      [0, 21.5, 60],
    );
    expect(cut.counts[0]).toBeCloseTo(0.25, 12);
    expect(cut.counts[TIMES]).toBeCloseTo(0.25, 12);
  });

  it("are weighted by ε_T at the time they arrive, and lost outside the window", () => {
    const at = (time: number) => {
      const bin = Math.round((time - data.neutronBins.time.start) / data.neutronBins.time.width);
      const histogram = Array.from({ length: 650 }, (_, i) => (i === bin ? 1 : 0));
      return sum(
        csiNeutrons({ ...data, brn: { ...data.brn, time: histogram } }, "brn", energyEdges).counts,
      );
    };
    const share = at(0.3);
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(1);
    expect(at(3) / share).toBeCloseTo(Math.exp(-0.0494 * (3.005 - 0.52)), 12);
    expect(at(-0.05)).toBe(0);
    expect(at(6.1)).toBe(0);
  });
});
