import type { CompiledAnalysis } from "../analysis/analysis.js";
import type { LikelihoodDescription } from "../likelihood/description.js";
import type { ProfileResult } from "../likelihood/evaluator.js";

/** χ² shared out: what belongs to one data set, and what to no single one. */
export interface Chi2Shares {
  /** By data set: its data part, and the priors of the nuisances that act on it alone. */
  readonly datasets: Readonly<Record<string, number>>;
  /** Priors of nuisances that several data sets share. */
  readonly sharedPriors: number;
}

/** The data sets that a nuisance acts on. */
function ownersOf({ terms }: LikelihoodDescription, index: number): string[] {
  const owners = terms.filter(({ effects }) => effects.some(({ nuisance }) => nuisance === index));
  return [...new Set(owners.map(({ dataset }) => dataset))];
}

/** Names of the nuisances that act on several data sets: χ² of them all is no sum of each alone. */
export function sharedNuisances(description: LikelihoodDescription): string[] {
  return description.nuisances.flatMap(({ name }, index) =>
    ownersOf(description, index).length > 1 ? [name] : [],
  );
}

/** Shares out the χ² of a profile, so that independent data sets have the χ² of a fit of their own. */
export function chi2Shares(
  { description, auxiliary }: CompiledAnalysis,
  profile: ProfileResult,
): Chi2Shares {
  const datasets: Record<string, number> = { ...profile.chi2ByDataset };
  let sharedPriors = 0;
  for (const index of profile.profiled) {
    const { sigma } = description.nuisances[index];
    const off = profile.pulls[index] - (auxiliary?.[index] ?? 0);
    const prior = sigma === null ? 0 : (off / sigma) ** 2;
    const owners = ownersOf(description, index).filter((dataset) => dataset in datasets);
    const [owner, ...others] = owners;
    if (others.length === 0) datasets[owner] += prior;
    else sharedPriors += prior;
  }
  return { datasets, sharedPriors };
}
