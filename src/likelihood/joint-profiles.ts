import type { Combination } from "./description.js";
import type { TermTemplates } from "./templates.js";

/** Which terms are profiled together. χ² of a combination is the sum over its joint profiles. */
export interface JointProfiles {
  /** Terms (indices in the description, ascending) of every joint profile that occurs, each once. */
  readonly profiles: readonly (readonly number[])[];
  /** By combination: its joint profiles, indices of `profiles`. */
  readonly members: readonly (readonly number[])[];
}

/** @param terms of the description, all */
export function jointProfiles(
  terms: readonly TermTemplates[],
  combinations: readonly Combination[],
): JointProfiles {
  const profiles: number[][] = [];
  const places = new Map<string, number>();
  const members = combinations.map(({ datasets }) => {
    const chosen = [...terms.keys()].filter((t) => datasets.includes(terms[t].term.dataset));
    return linkedTerms(terms, chosen).map((group) => {
      const key = group.join();
      const place = places.get(key) ?? profiles.push(group) - 1;
      places.set(key, place);
      return place;
    });
  });
  return { profiles, members };
}

/** Sets of terms (indices) linked by shared nuisances, each ascending. */
function linkedTerms(terms: readonly TermTemplates[], chosen: readonly number[]): number[][] {
  const groups: { terms: number[]; nuisances: Set<number> }[] = [];
  for (const t of chosen) {
    const { nuisances } = terms[t];
    const linked = groups.filter((group) => nuisances.some((j) => group.nuisances.has(j)));
    const merged = {
      terms: [...linked.flatMap((group) => group.terms), t].sort((a, b) => a - b),
      nuisances: new Set([...linked.flatMap((group) => [...group.nuisances]), ...nuisances]),
    };
    for (const group of linked) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map((group) => group.terms);
}
