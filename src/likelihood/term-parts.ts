import { BinnedPart } from "./binned.js";
import { mirroredBranches } from "./branches.js";
import { CompressedPart } from "./compress.js";
import { CompressedRows } from "./compress-rows.js";
import type { LikelihoodDescription, Observation } from "./description.js";
import { excessCounts, isSeparable, type Priors } from "./marginalise.js";
import type { BinnedTerm, Part } from "./part.js";
import { ShapedPart } from "./shaped.js";
import type { TermTemplates } from "./templates.js";

/** What a joint profile is made of, from a term, its data, and its nuisances' places in the profile. */
export interface PartMaker {
  /** A term that is evaluated bin by bin. */
  binned(templates: TermTemplates, observation: Observation, index: readonly number[]): BinnedTerm;
  /**
   * A Gaussian term, with nuisances marginalised in advance where no place is given. Absent: they are
   * compressed.
   */
  gaussian?(
    templates: TermTemplates,
    observation: Observation,
    index: readonly (number | undefined)[],
    priors: Priors,
  ): Part;
}

export const usualParts: PartMaker = {
  binned: (templates, observation, index) => {
    const isAdditive = !templates.isShaped && templates.term.statistic === "gaussian";
    const Part = isAdditive ? BinnedPart : ShapedPart;
    return new Part(templates, observation, index);
  },
};

/** A term in a joint profile. */
export interface TermParts {
  /** Its χ². */
  readonly exact: Part;
  /** The same where it is evaluated bin by bin. */
  readonly binned?: BinnedTerm;
  /** Its Gaussian approximation at each position that is searched; one where nothing moves. */
  readonly scanned: readonly CompressedPart[];
  /** The same on every mirrored branch, expanded around the mirror image of θ = 0. */
  readonly mirrored: readonly {
    readonly around: readonly number[];
    readonly parts: readonly CompressedPart[];
  }[];
  /** Of the data of a Gaussian term. */
  readonly variance: Float64Array | undefined;
}

/** Whether χ² of a term is quadratic in its nuisances, whatever the charges. */
function isCompressible({ term, isShaped, curves }: TermTemplates): boolean {
  return term.statistic === "gaussian" && !isShaped && !curves.includes(true);
}

/**
 * The nuisances (of the term) that a joint profile keeps: those that cannot be marginalised in advance.
 * @param compressed whether terms are compressed where they can be; else every nuisance is kept
 */
export function keptNuisances(
  templates: TermTemplates,
  { nuisances, terms }: LikelihoodDescription,
  compressed: boolean,
): number[] {
  const all = [...templates.nuisances.keys()];
  if (!compressed || !isCompressible(templates)) return all;
  const users = (j: number) =>
    terms.filter((term) => term.effects.some((effect) => effect.nuisance === j)).length;
  return all.filter((at) => {
    const j = templates.nuisances[at];
    return !isSeparable(nuisances[j], users(j) > 1, templates.touchesSignal(at));
  });
}

/**
 * Makes the parts of a term.
 * @param index of the term's nuisances in the joint profile, undefined for those not kept
 * @param compressed whether the term is compressed if it can be
 * @param familyValue where Gaussian approximations of Poisson counts take their variances
 * @param sibling the same term with other data: what its data do not matter for is shared, among it the
 *   variances of Gaussian approximations
 */
export function termParts(
  templates: TermTemplates,
  observation: Observation,
  index: readonly (number | undefined)[],
  priors: Priors,
  compressed: boolean,
  familyValue: number,
  maker: PartMaker,
  sibling?: TermParts,
): TermParts {
  const { counts } = observation;
  const like = sibling?.variance === observation.variance ? sibling : undefined;
  const weights = like
    ? new Float64Array(0)
    : (observation.variance ?? referenceCounts(templates, counts, familyValue)).map((v) => 1 / v);
  const excess = excessCounts(templates, counts, priors.auxiliary, index);
  const scan = (known?: readonly CompressedPart[], around?: readonly number[]) =>
    Array.from(searchValues(templates), (position, k) => {
      const expansion = { position, ...(around && { around }) };
      const rows =
        known?.[k].rows ?? new CompressedRows(templates, weights, priors, index, expansion);
      return new CompressedPart(templates, rows, excess, index);
    });
  const scanned = scan(like?.scanned);
  const { variance } = observation;
  if (compressed && isCompressible(templates)) {
    const exact = maker.gaussian?.(templates, observation, index, priors) ?? scanned[0];
    return { exact, scanned, mirrored: [], variance };
  }
  const binned = maker.binned(templates, observation, index as number[]);
  if (like) {
    const mirrored = like.mirrored.map(({ around, parts }) => {
      return { around, parts: scan(parts, around) };
    });
    return { exact: binned, binned, scanned, mirrored, variance };
  }
  const branches = templates.position
    ? mirroredBranches(templates, priors.nuisances, familyValue)
    : [];
  const mirrored = branches.map((around) => ({ around, parts: scan(undefined, around) }));
  return { exact: binned, binned, scanned, mirrored, variance };
}

/** Where the Gaussian approximation of a term is made: at its nominal position, or all along it. */
export function searchValues({ position }: TermTemplates): Float64Array {
  if (!position) return Float64Array.of(0);
  return position.values.filter((_, k) => k % position.stride === 0);
}

/**
 * Variances of the Gaussian approximation that predicts where Newton starts, [bins]: the expected
 * counts with all charges equal, scaled to the number of events observed. Any positive value is legal.
 */
function referenceCounts(
  templates: TermTemplates,
  counts: Float64Array,
  familyValue: number,
): Float64Array {
  const sum = (row: Float64Array) => row.reduce((total, value) => total + value, 0);
  const signal = new Float64Array(templates.bins);
  for (const row of templates.signalAt(familyValue).counts) {
    for (let b = 0; b < row.length; b++) signal[b] += row[b];
  }
  const missing = sum(counts) - sum(templates.background);
  const scale = Math.max(missing, 0) / (sum(signal) || 1);
  const least = (1e-2 * (1 + sum(counts))) / templates.bins;
  return signal.map((value, b) => Math.max(scale * value + templates.background[b], least));
}
