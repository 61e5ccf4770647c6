import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { bestFit, defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIntervals } from "../../fit/intervals.js";
import { chargeModel } from "../../model/charges.js";
import { standardModelPoint } from "../../model/parameters.js";
import { totalCrossSection } from "../../physics/cross-section.js";
import { FLUX } from "../../physics/flux.js";
import { formFactor } from "../../physics/form-factor.js";
import { NUCLEI, type NucleusName, nucleus } from "../../physics/nuclei.js";

/** Cross sections are given in 1e-40 cm². */
const UNIT = 1e-40;
export const UNITS = "1e-40 cm^2";

/** Flux-weighted cross section of a nucleus in the Standard Model, 1e-40 cm² (L24 eqs. 9 and 10). */
export function averageCrossSection(name: string, exponent = 2): number {
  const squared = new Float64Array(1);
  chargeModel([{ nucleus: name, flavour: "e" }]).fill(standardModelPoint(), squared);
  const F = formFactor({ name: "klein-nystrand" });
  const charge = squared[0] ** (exponent / 2);
  return (charge * totalCrossSection(nucleus(name), FLUX, F, exponent)) / UNIT;
}

export interface Detector {
  readonly dataset: string;
  readonly label: string;
  readonly nuclei: readonly NucleusName[];
  /** L24 table I: SM value; measured value with upward and downward error, 1e-40 cm². */
  readonly published: {
    readonly standardModel: number;
    readonly measured: readonly [number, number, number];
  };
}

/** L24 table I. */
const DETECTORS: readonly Detector[] = [
  {
    dataset: "lar",
    label: "LAr",
    nuclei: ["Ar"],
    published: { standardModel: 17.6, measured: [20.9, 6.72, 6.86] },
  },
  {
    dataset: "ge",
    label: "Ge",
    nuclei: ["Ge"],
    published: { standardModel: 56.1, measured: [26.37, 8.98, 8.58] },
  },
  {
    dataset: "csi",
    label: "CsI",
    nuclei: ["I", "Cs"],
    published: { standardModel: 178, measured: [172, 25.8, 24.9] },
  },
];

export interface MeasuredCrossSection {
  readonly detector: Detector;
  /** Neutrons per nucleus, the mean of those in the detector. */
  readonly neutrons: number;
  /** 1e-40 cm²; ⟨σ⟩ of CsI is the plain mean of Cs and I. */
  readonly standardModel: number;
  /** Fitted scale of the SM cross section, with its 1σ errors upward and downward. */
  readonly scale: readonly [number, number, number];
  /** The scale times our SM value. */
  readonly measured: readonly [number, number, number];
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Each detector's measured cross section: the scale that its data prefer, times the SM value. */
export function measuredCrossSections(analysis: CompiledAnalysis): MeasuredCrossSection[] {
  const free = [defaultRange("sigma_scale")];
  return DETECTORS.map((detector) => {
    const chi2 = new ChiSquare(analysis, [detector.dataset]);
    const best = bestFit(chi2, standardModelPoint(), free);
    const [{ value, lower, upper }] = parameterIntervals(chi2, best, free, 1);
    const scale = [value, (upper ?? Infinity) - value, value - (lower ?? 0)] as const;
    const standardModel = mean(detector.nuclei.map((name) => averageCrossSection(name)));
    const [central, up, down] = scale;
    return {
      detector,
      neutrons: mean(detector.nuclei.map((name) => NUCLEI[name].N)),
      standardModel,
      scale,
      measured: [central * standardModel, up * standardModel, down * standardModel],
    };
  });
}
