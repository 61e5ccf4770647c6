import type { RandomFit } from "./cases.js";
import { findExtremes } from "./extremes.js";
import { lineValues } from "./line.js";
import { type Minimum, profileMinima } from "./minima.js";
import { makeObjective } from "./objective.js";
import { Profile } from "./profile.js";
import { randomNumbers } from "./random.js";
import { type AllowedRange, allowedRanges } from "./ranges.js";
import { Search } from "./search.js";

/** What brute force finds of one free parameter. */
export interface BruteProfile {
  readonly name: string;
  readonly ranges: readonly AllowedRange[];
  readonly minima: readonly Minimum[];
  /** Values at which the profile turns, or ends, at the level itself: there a range is a matter of rounding. */
  readonly ties: readonly number[];
}

export interface BruteForce {
  readonly chi2: number;
  readonly level: number;
  readonly intervals: readonly BruteProfile[];
}

/** What is asked of a profile anew: the χ² at a value, searched as hard as it gets. */
export type Probe = (parameter: number, value: number) => number;

const STARTS = 60;
const UNIFORM = 30;
const MOST_FIRST = 110;

/**
 * The minimum, every range and every minimum of a fit by sampling.
 * @param points points of the free parameters that are known to be low, from which it starts as well
 * @param diligence how many times as many random starts as usual
 */
export function bruteForce(
  fit: RandomFit,
  seed: number,
  points: readonly Float64Array[] = [],
  diligence = 1,
): { result: BruteForce; probe: Probe; screened: number; exact: number } {
  const objective = makeObjective(fit);
  const search = new Search(objective, randomNumbers(seed));
  const all = objective.indices.map((_, k) => k);
  const centre = Float64Array.from(objective.box, ([lower, upper]) => (lower + upper) / 2);
  const candidates = search.candidates(all, centre, points, STARTS);
  const polished = candidates.slice(0, 6).map(({ point }) => search.polish(all, point));
  const profiles = all.map((k) => new Profile(search, k, diligence));
  let best = polished.reduce((a, b) => (b.value < a.value ? b : a));
  const near = candidates
    .filter(({ value }) => value < best.value + objective.level + 10)
    .map(({ point }) => point);
  for (const profile of profiles) {
    const values = firstValues(search, profile.k, [best.point, ...near]);
    profile.begin(values);
    for (const node of profile.nodes) {
      if (node.value < best.value) best = search.polish(all, node.point);
    }
  }
  const level = () => best.value + objective.level;
  for (const profile of profiles) {
    profile.insert(best.point[profile.k]);
    profile.refine(level());
    profile.spread();
    findExtremes(profile, level());
    for (const node of profile.nodes) {
      if (node.value < best.value - 1e-7) best = search.polish(all, node.point);
    }
  }
  const intervals = profiles.map((profile) => ({
    name: objective.names[profile.k],
    ...allowedRanges(profile, level()),
    minima: profileMinima(profile, best.value, objective.level),
  }));
  const probe: Probe = (k, value) => {
    const profile = profiles[k];
    const index = profile.nodes.findIndex((node) => node.at >= value);
    const around = profile.nodes.slice(Math.max(index - 3, 0), index < 0 ? undefined : index + 3);
    const starts = [...around.map(({ point }) => point), ...points];
    const node = profile.node(value, starts, 40);
    return profile.polish(node).value;
  };
  return {
    result: { chi2: best.value, level: objective.level, intervals },
    probe,
    screened: search.screened,
    exact: search.exact,
  };
}

/** Where a profile is looked at first: evenly, and where the charges of known low points change. */
function firstValues(search: Search, k: number, points: readonly Float64Array[]): number[] {
  const { box, indices, nuclei, whole } = search.objective;
  const [lower, upper] = box[k];
  const values = Array.from(
    { length: UNIFORM + 1 },
    (_, i) => lower + ((upper - lower) * i) / UNIFORM,
  );
  values[UNIFORM] = upper;
  const own = points.map((point) => point[k]);
  const lines = points
    .slice(0, 4)
    .flatMap((point) => lineValues(whole(point).slice(), indices[k], box[k], nuclei, true));
  const closest = (upper - lower) / 3000;
  const found = [...values, ...own];
  for (const value of lines) {
    if (found.length >= MOST_FIRST) break;
    if (found.every((other) => Math.abs(other - value) > closest)) found.push(value);
  }
  return [...new Set(found)].sort((a, b) => a - b);
}
