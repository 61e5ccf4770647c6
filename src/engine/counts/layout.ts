import type { Effect, Term } from "../../likelihood/description.js";
import { TermTemplates } from "../../likelihood/templates.js";
import { parameterIndex } from "../../model/parameters.js";
import type { EngineProblem } from "../engine.js";

/** Rows of counts that one term needs: nominal signal, then each morph's θ and θ² parts. */
export interface TermRows {
  readonly templates: TermTemplates;
  /** Indices of the description's charges. */
  readonly charges: readonly number[];
  readonly firstRow: number;
  readonly rows: number;
  /** Counts per unit of squared charge, [rows × charges]. */
  readonly values: Float64Array;
  /** By nuisance of the term: first rows of its morph of the signal, where it has one. */
  readonly morphs: readonly ({ readonly linear: number; readonly quadratic: number } | undefined)[];
}

/**
 * What a device computes in counts mode: counts[row] = Σ_c values[row, c] q_c, for every bin of every
 * term, morphs included. The profile is float64's.
 */
export interface CountsLayout {
  readonly rows: number;
  readonly terms: readonly TermRows[];
}

export function countsLayout({ description, base }: EngineProblem): CountsLayout {
  const exponent = base[parameterIndex("exponent_x")];
  let rows = 0;
  const terms = description.terms.map((term): TermRows => {
    const templates = new TermTemplates(term, description);
    const { counts, linear, quadratic } = templates.signalAt(exponent);
    const blocks = [counts];
    const firstRow = rows;
    const add = (block: readonly Float64Array[]) => {
      blocks.push([...block]);
      return firstRow + (blocks.length - 1) * term.bins;
    };
    const nothing = counts.map(() => new Float64Array(term.bins));
    const morphs = linear.map((block, j) =>
      block ? { linear: add(block), quadratic: add(quadratic[j] ?? nothing) } : undefined,
    );
    rows += blocks.length * term.bins;
    return {
      templates,
      charges: term.charges,
      firstRow,
      rows: blocks.length * term.bins,
      values: rowsOf(blocks, term),
      morphs,
    };
  });
  return { rows, terms };
}

/** Why counts mode cannot do a problem: counts that are not polynomials of θ; undefined if it can. */
export function countsRefusal({ description }: EngineProblem): string | undefined {
  const linear: readonly Effect["kind"][] = ["norm", "relative", "morph"];
  for (const { name, effects } of description.terms) {
    const other = effects.find(({ kind }) => !linear.includes(kind));
    if (other) return `term "${name}" has a nuisance of kind "${other.kind}"`;
  }
  return undefined;
}

/** [rows × charges] from blocks of [charges][bins]. */
function rowsOf(
  blocks: readonly (readonly Float64Array[])[],
  { bins, charges }: Term,
): Float64Array {
  const width = charges.length;
  const values = new Float64Array(blocks.length * bins * width);
  blocks.forEach((block, k) => {
    block.forEach((row, c) => {
      for (let b = 0; b < bins; b++) values[(k * bins + b) * width + c] = row[b];
    });
  });
  return values;
}
