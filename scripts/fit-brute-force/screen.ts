import type { CompiledAnalysis } from "../../src/analysis/analysis.js";
import type { NucleusName } from "../../src/physics/nuclei.js";
import { COARSE, type DataSet, FINE, type Layer, tabulate, units } from "./data-set-tables.js";
import { EXPONENT, rawCharge, strength } from "./squared-charges.js";
import { coordinate } from "./table.js";

/** A χ² good to some hundredths at a hundredth of the price: it finds where to look, never what is said. */
export type Screen = (parameters: Float64Array) => number;

const LARGEST_EXPONENT = 4;

const tables = new Map<string, DataSet>();

/** The tables of one data set, made once for all fits that share them. */
function dataSet(analysis: CompiledAnalysis, dataset: string, key: string, x: readonly number[]) {
  const name = `${key} ${dataset} ${x.join()}`;
  const found = tables.get(name) ?? tabulate(analysis, dataset, x);
  tables.set(name, found);
  return found;
}

/**
 * χ² of data sets by tables in (strength of ν_e, strength of ν_μ), with the difference of Cs and I to second
 * order. A flux that data sets share is a factor on every strength: it is held in the tables and minimised here.
 *
 * @param key names the analysis with its options and held nuisances
 */
export function makeScreen(
  analysis: CompiledAnalysis,
  datasets: readonly string[],
  key: string,
  exponent: number | "scanned",
): Screen {
  const layers = analysis.description.analysis === "liao-2024" ? FINE.layers : COARSE.layers;
  const spacing = LARGEST_EXPONENT / (layers - 1);
  const exponents =
    exponent === "scanned" ? Array.from({ length: layers }, (_, i) => i * spacing) : [exponent];
  const flux = analysis.description.nuisances.findIndex(({ name }) => name === "flux");
  const sigma = analysis.description.nuisances[flux]?.sigma;
  const shared = flux >= 0 && datasets.length > 1;
  const held = shared ? holdFlux(analysis, flux) : analysis;
  const sets = datasets.map((name) =>
    dataSet(held, name, `${key}${shared ? " flux=0" : ""}`, exponents),
  );
  const layerValue = (layer: Layer, { me, mmu, rhoE, rhoMu }: Strengths, factor: number) => {
    const we = coordinate(me * factor);
    const wmu = coordinate(mmu * factor);
    let value = layer.same.at(we, wmu);
    if (rhoE === 0 && rhoMu === 0) return value;
    const { differences } = layer;
    value += rhoE * (differences[0].at(we, wmu) + rhoE * differences[1].at(we, wmu));
    return value + rhoMu * (differences[2].at(we, wmu) + rhoMu * differences[3].at(we, wmu));
  };
  const setValue = (set: DataSet, strengths: Strengths, x: number, factor: number) => {
    if (set.layers.length === 1) return layerValue(set.layers[0], strengths, factor);
    const t = x / spacing;
    const i = Math.min(Math.max(Math.floor(t) - 1, 0), set.layers.length - 4);
    const a = t - i;
    const weights = [
      -((a - 1) * (a - 2) * (a - 3)) / 6,
      (a * (a - 2) * (a - 3)) / 2,
      (-a * (a - 1) * (a - 3)) / 2,
      (a * (a - 1) * (a - 2)) / 6,
    ];
    return weights.reduce(
      (sum, weight, k) => sum + weight * layerValue(set.layers[i + k], strengths, factor),
      0,
    );
  };
  return (p) => {
    const x = p[EXPONENT];
    const strengths = sets.map(({ nuclei }) => relativeStrengths(nuclei, p));
    const at = (f: number) =>
      sets.reduce((sum, set, i) => sum + setValue(set, strengths[i], x, 1 + f), 0) +
      (shared && sigma ? (f / sigma) ** 2 : 0);
    return shared ? lowestFlux(at) : at(0);
  };
}

interface Strengths {
  /** Mean strengths of ν_e and ν_μ over the nuclei of a data set, and their relative differences. */
  readonly me: number;
  readonly mmu: number;
  readonly rhoE: number;
  readonly rhoMu: number;
}

function relativeStrengths(nuclei: readonly NucleusName[], p: Float64Array): Strengths {
  const of = (nucleus: NucleusName, flavour: "e" | "mu") =>
    power(rawCharge(nucleus, flavour, p), p[EXPONENT] / 2) / units[flavour][nucleus];
  const scaleE = strength("e", p);
  const scaleMu = strength("mu", p);
  const e = of(nuclei[0], "e");
  const mu = of(nuclei[0], "mu");
  if (nuclei.length === 1) return { me: scaleE * e, mmu: scaleMu * mu, rhoE: 0, rhoMu: 0 };
  const otherE = of(nuclei[1], "e");
  const otherMu = of(nuclei[1], "mu");
  const sumE = e + otherE;
  const sumMu = mu + otherMu;
  return {
    me: (scaleE * sumE) / 2,
    mmu: (scaleMu * sumMu) / 2,
    rhoE: sumE > 0 ? (e - otherE) / sumE : 0,
    rhoMu: sumMu > 0 ? (mu - otherMu) / sumMu : 0,
  };
}

const power = (base: number, exponent: number) => (exponent === 1 ? base : base ** exponent);

function holdFlux(analysis: CompiledAnalysis, flux: number): CompiledAnalysis {
  const nuisances = analysis.description.nuisances.map((nuisance, index) =>
    index === flux ? { ...nuisance, lower: 0, upper: 0 } : nuisance,
  );
  return { ...analysis, description: { ...analysis.description, nuisances } };
}

/** The lowest of five values of the flux, moved to the vertex of a parabola. */
function lowestFlux(at: (f: number) => number): number {
  const step = 0.12;
  const values = [-2, -1, 0, 1, 2].map((k) => at(k * step));
  const k = Math.min(Math.max(values.indexOf(Math.min(...values)), 1), 3);
  const curvature = values[k + 1] - 2 * values[k] + values[k - 1];
  const shift = curvature > 0 ? (values[k - 1] - values[k + 1]) / (2 * curvature) : 0;
  const vertex = at((k - 2 + Math.min(Math.max(shift, -1), 1)) * step);
  return Math.min(vertex, ...values);
}
