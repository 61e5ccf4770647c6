import type { CompressedPart } from "./compress.js";
import type { Descent } from "./descent.js";
import type { Nuisance } from "./description.js";
import { jointChi2 } from "./joint-chi2.js";
import { Newton } from "./newton.js";
import { type PositionAxis, PositionSearch } from "./search.js";
import type { TermTemplates } from "./templates.js";
import { searchValues, type TermParts } from "./term-parts.js";

/** A profile that may have several minima, and what searches for them. */
export interface Landscape {
  readonly nominal: PositionSearch;
  /** Searches on mirrored branches, with the mirror: the branch's θ for a nominal one, in place. */
  readonly mirrored: readonly {
    readonly search: PositionSearch;
    readonly reflect: (theta: Float64Array) => void;
  }[];
  /** Σ ((θ − measured)/σ)². */
  readonly strain: (theta: Float64Array) => number;
  /** Minimises with what scales signals held as measured, so that shapes must explain the data. */
  readonly held: Newton;
  readonly descent: Descent;
}

/** What a joint profile is, its nuisances in the order of θ. */
export interface ProfiledNuisances {
  /** Indices in the description. */
  readonly indices: readonly number[];
  readonly nuisances: readonly Nuisance[];
  /** What their priors are centred on. */
  readonly measured: Float64Array;
}

/**
 * @param terms profiled jointly, at least one of which has a position
 * @param parts of those terms
 * @param newton minimises the Gaussian approximations
 */
export function landscapeOf(
  terms: readonly TermTemplates[],
  parts: readonly TermParts[],
  profiled: ProfiledNuisances,
  newton: Newton,
  descent: Descent,
): Landscape {
  const { indices, nuisances, measured } = profiled;
  const scanned = parts.map((part) => part.scanned);
  const search = (along: readonly (readonly CompressedPart[])[]) => {
    const starts = along.map(([first]) => first);
    const approximate = jointChi2(starts, nuisances, measured);
    const axes = positionAxes(terms, along, indices);
    return new PositionSearch(axes, starts, approximate, newton, nuisances.length);
  };
  const priors = jointChi2([], nuisances, measured);
  return {
    nominal: search(scanned),
    mirrored: parts.flatMap(({ mirrored }, t) =>
      mirrored.map((branch) => ({
        search: search(scanned.with(t, branch.parts)),
        reflect: (theta) => {
          terms[t].nuisances.forEach((j, at) => {
            const place = indices.indexOf(j);
            if (branch.around[at] !== 0) theta[place] = branch.around[at] - theta[place];
          });
        },
      })),
    ),
    strain: (theta) => priors.chi2At(theta),
    held: newtonHolding(scalesOfMoved(terms), profiled),
    descent,
  };
}

function positionAxes(
  terms: readonly TermTemplates[],
  along: readonly (readonly CompressedPart[])[],
  indices: readonly number[],
): PositionAxis[] {
  const moved = [...terms.keys()].filter((t) => terms[t].position);
  const nuisance = (t: number) => terms[t].position?.nuisance as number;
  return [...new Set(moved.map(nuisance))].map((j) => {
    const own = moved.filter((t) => nuisance(t) === j);
    return {
      at: indices.indexOf(j),
      values: searchValues(terms[own[0]]),
      moved: own.map((term) => ({ term, parts: along[term] })),
    };
  });
}

/** The nuisances (of the description) that scale signals which also move. */
function scalesOfMoved(terms: readonly TermTemplates[]): number[] {
  return terms.flatMap(({ term, position }) => {
    const scales = term.effects.filter(({ kind, component }) => {
      return kind === "scale" && component === "signal";
    });
    return position ? scales.map(({ nuisance }) => nuisance) : [];
  });
}

/** Newton's method with some nuisances (of the description) held where they were measured. */
function newtonHolding(held: readonly number[], profiled: ProfiledNuisances): Newton {
  const { indices, nuisances, measured } = profiled;
  const bound = (side: "lower" | "upper") =>
    Float64Array.from(nuisances, (nuisance, i) => {
      if (!held.includes(indices[i])) return nuisance[side];
      return Math.min(Math.max(measured[i], nuisance.lower), nuisance.upper);
    });
  return new Newton(bound("lower"), bound("upper"));
}
