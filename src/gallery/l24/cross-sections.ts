import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { bestFit, defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIntervals } from "../../fit/intervals.js";
import { standardModelPoint } from "../../model/parameters.js";
import { NUCLEI, type NucleusName } from "../../physics/nuclei.js";
import { averageCrossSection } from "../../validation/liao-2024/charges.js";
import { printedValue } from "../published.js";

/** Of cross sections here. */
export const UNITS = "1e-40 cm^2";

export interface Detector {
  readonly dataset: string;
  readonly label: string;
  readonly nuclei: readonly NucleusName[];
}

const DETECTORS: readonly Detector[] = [
  { dataset: "lar", label: "LAr", nuclei: ["Ar"] },
  { dataset: "ge", label: "Ge", nuclei: ["Ge"] },
  { dataset: "csi", label: "CsI", nuclei: ["I", "Cs"] },
];

/** Ids of L24's numbers of a detector: table I, and what it says of it. */
export const idsOf = ({ dataset }: Detector) => ({
  standardModel: `l24.sigma-sm.${dataset}`,
  value: `l24.sigma.${dataset}.value`,
  up: `l24.sigma.${dataset}.up`,
  down: `l24.sigma.${dataset}.down`,
  fromSm: `l24.sigma.${dataset}.from-sm`,
});

/** L24 table I, second line: value, upward and downward error as lengths, 1e-40 cm². */
export function publishedMeasurement(detector: Detector): readonly [number, number, number] {
  const { value, up, down } = idsOf(detector);
  return [printedValue(value), printedValue(up), -printedValue(down)];
}

export interface MeasuredCrossSection {
  readonly detector: Detector;
  /** Neutrons per nucleus, the mean of those in the detector. */
  readonly neutrons: number;
  /** 1e-40 cm²; ⟨σ⟩ of CsI is the plain mean of Cs and I. */
  readonly standardModel: number;
  /** Fitted scale of the SM cross section, with its 1σ errors upward and downward. */
  readonly scale: readonly [number, number, number];
  /** The scale times the paper's SM value (SPEC §4): it is scales that are compared. */
  readonly measured: readonly [number, number, number];
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Each detector's measured cross section: the scale that its data prefer, times the paper's SM value. */
export function measuredCrossSections(analysis: CompiledAnalysis): MeasuredCrossSection[] {
  const free = [defaultRange("sigma_scale")];
  return DETECTORS.map((detector) => {
    const chi2 = new ChiSquare(analysis, [detector.dataset]);
    const best = bestFit(chi2, standardModelPoint(), free);
    const [{ value, lower, upper }] = parameterIntervals(chi2, best, free, 1);
    const scale = [value, (upper ?? Infinity) - value, value - (lower ?? 0)] as const;
    const standardModel = mean(detector.nuclei.map((name) => averageCrossSection(name)));
    const [central, up, down] = scale;
    const unit = printedValue(idsOf(detector).standardModel);
    return {
      detector,
      neutrons: mean(detector.nuclei.map((name) => NUCLEI[name].N)),
      standardModel,
      scale,
      measured: [central * unit, up * unit, down * unit],
    };
  });
}
