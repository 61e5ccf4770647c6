import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { bestFit, type FreeParameter } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { measuredParameter } from "../interval.js";

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

/** Best exponent of L24 eq. (9), figure 4, by id. @param scanned the analysis with the exponent scanned */
export function exponents(scanned: CompiledAnalysis): [string, number][] {
  const best = (datasets: readonly string[]): number => {
    const chi2 = new ChiSquare(scanned, datasets);
    const { parameters } = bestFit(chi2, standardModelPoint(), [EXPONENT]);
    return parameters[parameterIndex("exponent_x")];
  };
  return [
    ["l24.x.csi+lar", best(["csi", "lar"])],
    ["l24.x.all", best(["csi", "lar", "ge"])],
  ];
}

/** The paper's SM value, which a fitted scale multiplies, 1e-40 cm² (L24 table I, first line). */
const STANDARD_MODEL = { lar: 17.6, ge: 56.1, csi: 178 } as const;

/** Each data set's measured cross section with its errors, by id: the fitted scale times the paper's SM value. */
export function measuredCrossSections(analysis: CompiledAnalysis): [string, number][] {
  return Object.entries(STANDARD_MODEL).flatMap(([dataset, standardModel]) => {
    const scale = measuredParameter(new ChiSquare(analysis, [dataset]), "sigma_scale");
    return (["value", "up", "down"] as const).map((part): [string, number] => {
      return [`l24.sigma.${dataset}.${part}`, scale[part] * standardModel];
    });
  });
}
