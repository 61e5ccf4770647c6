import type { Analysis, CompiledAnalysis } from "../../analysis/analysis.js";
import { defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { holdNuisances } from "../../fit/hold.js";
import { nuisanceImpacts } from "../../fit/impacts.js";
import { type Uncertainty, uncertainty } from "../../fit/uncertainty.js";
import { parameterIndex } from "../../model/parameters.js";
import { type Measured, measuredParameter } from "../interval.js";
import { RADIUS_CHOICES } from "./numbers/radius.js";

type Computed = [id: string, value: number][];

/** C22's SM value of ⟨σ⟩, which the fitted scale multiplies, 1e-40 cm². */
const STANDARD_MODEL = 189;
const SCALE = "sigma_scale";
/** In the order of the analysis' backgrounds. */
const BACKGROUNDS = ["brn", "ssb", "nin"];

const sum = (row: Float64Array) => row.reduce((total, count) => total + count, 0);

/** √Δχ² of the scale at some value above the best fit. */
function distance(chi2: ChiSquare, { best }: Measured, scale: number): number {
  const at = best.parameters.slice();
  at[parameterIndex(SCALE)] = scale;
  return Math.sqrt(chi2.value(at) - best.chi2);
}

/** Events of each kind and their errors; those of the signal from its counts alone, shapes and flux held. */
function events(chi2: ChiSquare, fit: Measured, { names, sigmas }: Uncertainty): Computed {
  const { description } = chi2.analysis;
  const { pulls, expected } = chi2.profile(fit.best.parameters);
  const [{ signal, backgrounds }] = expected;
  const other = description.nuisances.flatMap(({ name }, j) =>
    BACKGROUNDS.some((kind) => name === `csi.${kind}_norm`) ? [] : [[name, pulls[j]] as const],
  );
  const held = holdNuisances(chi2.analysis, Object.fromEntries(other));
  const counting = measuredParameter(new ChiSquare(held), SCALE);
  const [{ backgrounds: prior }] = description.terms;
  return [
    ["c22.events.cevns", sum(signal)],
    ["c22.events.cevns.error", (sum(signal) / fit.value) * ((counting.up - counting.down) / 2)],
    ...BACKGROUNDS.flatMap((kind, i): Computed => {
      const sigma = sigmas[names.indexOf(`csi.${kind}_norm`)];
      return [
        [`c22.events.${kind}`, sum(backgrounds[i])],
        [`c22.events.${kind}.error`, sigma * sum(prior[i].counts)],
      ];
    }),
  ];
}

/** What a nuisance does to the scale when it is held one standard deviation up and down, in percent of it. */
function impacts(chi2: ChiSquare, { best, value }: Measured, errors: Uncertainty): Computed {
  const all = nuisanceImpacts(chi2, best, [defaultRange(SCALE)], errors);
  const percent = (name: string) => {
    const impact = all.find(({ nuisance }) => nuisance === `csi.${name}`);
    if (!impact) throw new Error(`the analysis has no nuisance csi.${name}`);
    return (100 * Math.abs(impact.up[0] - impact.down[0])) / 2 / value;
  };
  return [
    ["c22.impact.quenching", Math.hypot(percent("quenching_1"), percent("quenching_2"))],
    ["c22.impact.efficiency", percent("efficiency")],
    ["c22.impact.radius", percent("radius")],
  ];
}

/** ⟨σ⟩ where the radius moves something else than the counts. */
export function crossSectionsByRadius(analysis: Analysis): Computed {
  return RADIUS_CHOICES.flatMap((choice): Computed => {
    const chi2 = new ChiSquare(analysis.compile({ radius_uncertainty: choice }));
    const fit = measuredParameter(chi2, SCALE);
    return (["value", "up", "down"] as const).map((part) => {
      return [`c22.radius.${choice}.${part}`, fit[part] * STANDARD_MODEL];
    });
  });
}

/** The fit with the cross section free. */
export function crossSectionFit(analysis: CompiledAnalysis): Computed {
  const chi2 = new ChiSquare(analysis);
  const fit = measuredParameter(chi2, SCALE);
  const errors = uncertainty(chi2, fit.best, [defaultRange(SCALE)]);
  const [{ bins }] = analysis.description.terms;
  return [
    ["c22.chi2", fit.best.chi2],
    ["c22.dof", bins - 1],
    ...events(chi2, fit, errors),
    ["c22.sigma.value", fit.value * STANDARD_MODEL],
    ["c22.sigma.up", fit.up * STANDARD_MODEL],
    ["c22.sigma.down", fit.down * STANDARD_MODEL],
    ["c22.rejection", distance(chi2, fit, 0)],
    ["c22.consistency", distance(chi2, fit, 1)],
    ...impacts(chi2, fit, errors),
  ];
}
