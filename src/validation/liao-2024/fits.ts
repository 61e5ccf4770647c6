import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { bestFit, type FreeParameter } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import type { NucleusName } from "../../physics/nuclei.js";
import { measuredParameter } from "../interval.js";
import { averageCrossSection } from "./charges.js";

/** Rejection of no CEvNS by CsI: √Δχ² between no signal and the best-fitting signal scale. */
export function rejection(analysis: CompiledAnalysis): [string, number][] {
  const csi = new ChiSquare(analysis, ["csi"]);
  const none = standardModelPoint();
  none[parameterIndex("sigma_scale")] = 0;
  const { best } = measuredParameter(csi, "sigma_scale");
  return [["l24.csi.rejection", Math.sqrt(csi.value(none) - best.chi2)]];
}

/** Range in which L24 figure 4 looks for the exponent. */
const EXPONENT: FreeParameter = { name: "exponent_x", lower: 1.5, upper: 2.5 };

/** The best exponent of L24 eq. (9), and how far x = 2 is from it in σ. */
function bestExponent(scanned: CompiledAnalysis, datasets: readonly string[]) {
  const chi2 = new ChiSquare(scanned, datasets);
  const best = bestFit(chi2, standardModelPoint(), [EXPONENT]);
  const deltaChi2 = chi2.value(standardModelPoint()) - best.chi2;
  return { x: best.parameters[parameterIndex("exponent_x")], sigma: Math.sqrt(deltaChi2) };
}

/** Exponents of figure 4, by id. @param scanned the analysis with the exponent scanned */
export function exponents(scanned: CompiledAnalysis): [string, number][] {
  const without = bestExponent(scanned, ["csi", "lar"]);
  const all = bestExponent(scanned, ["csi", "lar", "ge"]);
  return [
    ["l24.x.csi+lar", without.x],
    ["l24.x.all", all.x],
    ["l24.x.shift-by-ge", all.x - without.x],
    ["l24.x.all.from-2", all.sigma],
    ["l24.x.csi+lar.from-2", without.sigma],
  ];
}

interface Detector {
  readonly dataset: string;
  readonly nuclei: readonly NucleusName[];
  /** The paper's SM value of ⟨σ⟩, 1e-40 cm² (L24 table I, first line). */
  readonly standardModel: number;
}

const DETECTORS: readonly Detector[] = [
  { dataset: "lar", nuclei: ["Ar"], standardModel: 17.6 },
  { dataset: "ge", nuclei: ["Ge"], standardModel: 56.1 },
  { dataset: "csi", nuclei: ["Cs", "I"], standardModel: 178 },
];

/** A value with its errors, the downward one negative; 1e-40 cm². */
export interface MeasuredCrossSection extends Detector {
  readonly value: number;
  readonly up: number;
  readonly down: number;
  /** How far the scale is from 1, in its own errors. */
  readonly fromSm: number;
}

/**
 * Each detector's measured cross section: the fitted scale times the paper's SM value (SPEC §4), so that
 * it is the scales that are compared; the SM values have rows of their own.
 */
export function measuredCrossSections(analysis: CompiledAnalysis): MeasuredCrossSection[] {
  return DETECTORS.map((detector) => {
    const chi2 = new ChiSquare(analysis, [detector.dataset]);
    const { value, up, down } = measuredParameter(chi2, "sigma_scale");
    const unit = detector.standardModel;
    const fromSm = Math.abs(1 - value) / (value < 1 ? up : -down);
    return { ...detector, value: value * unit, up: up * unit, down: down * unit, fromSm };
  });
}

/** The same by id. */
export function measuredNumbers(measured: readonly MeasuredCrossSection[]): [string, number][] {
  return measured.flatMap(({ dataset, value, up, down, fromSm }): [string, number][] => [
    [`l24.sigma.${dataset}.value`, value],
    [`l24.sigma.${dataset}.up`, up],
    [`l24.sigma.${dataset}.down`, down],
    [`l24.sigma.${dataset}.from-sm`, fromSm],
  ]);
}

/** Σ ((measured − ⟨σ⟩ at x)/error towards it)² over the detectors, of the best x over that of x = 2. */
export function figure5Distance(measured: readonly MeasuredCrossSection[], best: number): number {
  const distance = (x: number) =>
    measured.reduce((sum, { nuclei, value, up, down }) => {
      const curve = nuclei.reduce((s, n) => s + averageCrossSection(n, x), 0) / nuclei.length;
      return sum + ((value - curve) / (curve > value ? up : down)) ** 2;
    }, 0);
  return distance(best) / distance(2);
}
