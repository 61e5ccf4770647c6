import type { NodePlace } from "./lines.js";
import type { Nodes } from "./nodes.js";
import { Rectangle } from "./surface.js";
import { excess, LargestErrors, type Tolerance } from "./tolerance.js";

/** Knots of ν_e and ν_μ as multiples of 1/steps of the range of u, ascending. */
export type Knots = readonly [readonly number[], readonly number[]];

export interface Refinement {
  readonly knots: Knots;
  /** Errors of the last knots at the middle of every cell, by exponent. */
  readonly errors: readonly LargestErrors[];
  /** Middles of cells whose error is not tolerated. */
  readonly missed: readonly Miss[];
}

/** Where a table is wrong, and by how much. */
export interface Miss {
  readonly exponent: number;
  /** S of ν_e and ν_μ. */
  readonly events: readonly [number, number];
  readonly error: number;
  readonly chi2: number;
}

/** In the middle of a cell errors must be so much smaller than what is tolerated in all of it. */
const CAUTION = 0.6;
/** A direction is refined too if its part of the error is at least so much of the other's. */
const SHARE = 0.3;

/**
 * Halves intervals of knots until the spline of χ² at δ = 0 is right in the middle of every cell, at one
 * exponent. These middles are nodes of the next finer knots.
 * @param budget most exact profiles of the table
 */
export async function refine(
  nodes: Nodes,
  start: Knots,
  exponent: number,
  tolerance: Tolerance,
  budget: number,
): Promise<Refinement> {
  let knots = start;
  for (;;) {
    const at = (e: number, mu: number): NodePlace => ({ exponent, e, mu, moved: 0 });
    const [es, mus] = knots;
    await nodes.need(es.flatMap((e) => mus.map((mu) => at(e, mu))));
    const values = Float64Array.from(es.flatMap((e) => mus.map((mu) => nodes.at(at(e, mu)).chi2)));
    const lowest = values.reduce((a, b) => Math.min(a, b));
    const rectangle = new Rectangle([
      Float64Array.from(es, (e) => nodes.u(0, e)),
      Float64Array.from(mus, (mu) => nodes.u(1, mu)),
    ]);
    const spline = rectangle.fit(values);
    const cells = middles(es).flatMap((e) => middles(mus).map((mu) => ({ e, mu })));
    await nodes.need(cells.map(({ e, mu }) => at(e.middle, mu.middle)));
    const errors = new LargestErrors();
    const errorAt = (e: number, mu: number) => {
      const { chi2 } = nodes.at(at(e, mu));
      const error = rectangle.at(spline, nodes.u(0, e), nodes.u(1, mu)) - chi2;
      return { error, chi2, excess: excess(error, chi2, lowest, tolerance) };
    };
    const missed = cells.filter(({ e, mu }) => {
      if (nodes.events(0, e.middle) + nodes.events(1, mu.middle) > nodes.reach.needed) return false;
      const found = errorAt(e.middle, mu.middle);
      errors.add(found.error, found.chi2, lowest, tolerance.within);
      return !(found.excess <= CAUTION);
    });
    const missAt = ({ e, mu }: (typeof cells)[number]): Miss => {
      const { error, chi2 } = errorAt(e.middle, mu.middle);
      const events = [nodes.events(0, e.middle), nodes.events(1, mu.middle)] as const;
      return { exponent: nodes.exponents[exponent], events, error, chi2 };
    };
    const cannot = missed.length === 0 || nodes.count >= budget;
    if (cannot) return { knots, errors: [errors], missed: missed.map(missAt) };
    const sides = missed.flatMap(({ e, mu }) => [at(e.middle, mu.low), at(e.low, mu.middle)]);
    await nodes.need(sides);
    const more = [new Set(es), new Set(mus)] as const;
    for (const { e, mu } of missed) {
      const along = [errorAt(e.middle, mu.low).excess, errorAt(e.low, mu.middle).excess];
      if (along[0] >= SHARE * along[1] && e.canSplit) more[0].add(e.middle);
      if (along[1] >= SHARE * along[0] && mu.canSplit) more[1].add(mu.middle);
    }
    const finer: Knots = [ascending(more[0]), ascending(more[1])];
    const unchanged = finer[0].length === es.length && finer[1].length === mus.length;
    if (unchanged) return { knots, errors: [errors], missed: missed.map(missAt) };
    knots = finer;
  }
}

function middles(knots: readonly number[]) {
  // An axis of two knots is one along which nothing changes.
  if (knots.length === 2) return [{ low: 0, middle: 0, canSplit: false }];
  return knots.slice(0, -1).map((low, i) => {
    const high = knots[i + 1];
    return { low, middle: (low + high) >> 1, canSplit: high - low >= 4 };
  });
}

function ascending(set: ReadonlySet<number>): number[] {
  return [...set].sort((a, b) => a - b);
}
