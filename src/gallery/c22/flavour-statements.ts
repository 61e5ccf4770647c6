import { bestFit, defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { signalCounts } from "../../fit/prediction.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { parameterFits } from "../../validation/coherent-2022/parameters.js";
import type { Statement } from "../figure.js";
import { allowedAt, studyOf } from "../plane.js";
import { againstPaper, chosen, printedAs, printedValue } from "../published.js";
import { CSI } from "./analysis.js";
import { AXES, type FlavourPlane } from "./flavours.js";

/** Ids of C22's numbers of each flavour, μ first, then e. */
const FLAVOURS = ["mu", "e"] as const;
const SCALES = FLAVOURS.map((flavour) => `c22.scale.${flavour}`);
const SIGNIFICANCES = FLAVOURS.map((flavour) => `c22.significance.${flavour}`);
const EXPECTED = FLAVOURS.map((flavour) => `c22.sigma-sm.${flavour}`);

/** C22's best fit: its scales, and its Standard Model values that they multiply, 1e-40 cm². */
export const publishedBest = () => ({
  scales: SCALES.map(printedValue),
  standardModel: EXPECTED.map(printedValue),
});

function parametersAt(scales: readonly number[]): Float64Array {
  const at = standardModelPoint();
  AXES.forEach((name, i) => {
    at[parameterIndex(name)] = scales[i];
  });
  return at;
}

/** What C22 says of the flavoured cross sections, beside ours. */
export function flavourStatements({ plane, sm }: FlavourPlane): Statement[] {
  const study = studyOf(plane, CSI);
  const [{ point, value: lowest }] = study.minima;
  const chi2 = new ChiSquare(plane.evaluated.analysis);
  const above = (scales: readonly number[]) => chi2.value(parametersAt(scales)) - lowest;
  const events = (scales: readonly number[]) =>
    signalCounts(plane.evaluated.analysis, parametersAt(scales)).reduce(
      (sum, one) => sum + one.total,
      0,
    );
  const oneSigma = allowedAt(plane, CSI, "1σ");
  const published = publishedBest().scales;
  const theirs = above(published);
  const expected = above([1, 1]);
  const fits = parameterFits(plane.evaluated.analysis);
  const [scales, significances] = [SCALES, SIGNIFICANCES].map((ids) => chosen(fits, ids));
  const and = (ids: readonly string[], unit = "") =>
    ids.map((id) => `${printedAs(id)}${unit}`).join(" and ");
  const text = (values: readonly number[], digits: number) =>
    values.map((value) => value.toFixed(digits)).join(" and ");
  const [region] = oneSigma.regions;
  return [
    {
      paper: `The best scales of ⟨σ⟩_μ and ⟨σ⟩_e are ${and(SCALES)} of the Standard Model.`,
      ours: `${text(point, 3)}, with ${events(point).toFixed(0)} expected events where the paper's scales give ${events(published).toFixed(0)}. The paper's point is only ${theirs.toFixed(2)} higher in χ².`,
      ...againstPaper(scales),
    },
    {
      paper: "The result is consistent with the Standard Model.",
      ours: `Δχ² = ${expected.toFixed(2)} there; 1σ is ${oneSigma.deltaChi2.toFixed(2)}.`,
      verdict: expected <= oneSigma.deltaChi2 ? "holds" : "differs",
    },
    {
      paper: `⟨σ⟩_μ and ⟨σ⟩_e are not zero at ${and(SIGNIFICANCES, "σ")} only.`,
      ours: `At ${significances.map(({ value }) => `${value.toFixed(2)}σ`).join(" and ")}.`,
      ...againstPaper(significances),
    },
    {
      paper:
        "Each is far less significant than CEvNS as a whole: a high ⟨σ⟩_e partly makes up for a low ⟨σ⟩_μ, and the other way round.",
      ours:
        region === undefined
          ? "Nothing is allowed at 1σ."
          : `The 1σ regions are ${oneSigma.regions.length}; the one of the best fit reaches from ⟨σ⟩_μ = ${region.x.map((scale) => (scale * sm[0].value).toFixed(0)).join(" to ")} and from ⟨σ⟩_e = ${region.y.map((scale) => (scale * sm[1].value).toFixed(0)).join(" to ")} (1e-40 cm²); correlation ${correlation(chi2).toFixed(2).replace("-", "−")}.`,
      verdict: oneSigma.regions.length === 1 && correlation(chi2) < -0.5 ? "holds" : "differs",
    },
    {
      paper: `The Standard Model gives ⟨σ⟩_μ = ${printedAs(EXPECTED[0])} and ⟨σ⟩_e = ${printedAs(EXPECTED[1])} (1e-40 cm²).`,
      ours: `${sm.map(({ value }) => value.toFixed(1)).join(" and ")}.`,
      ...againstPaper(sm.map(({ value }, i) => ({ id: EXPECTED[i], value }))),
    },
  ];
}

/** Of the two scales at the best fit. */
function correlation(chi2: ChiSquare): number {
  const { covariance } = bestFit(chi2, standardModelPoint(), AXES.map(defaultRange));
  return covariance[1] / Math.sqrt(covariance[0] * covariance[3]);
}
