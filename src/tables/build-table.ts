import { deviations } from "./axes.js";
import type { NodePlace } from "./lines.js";
import type { Nodes } from "./nodes.js";
import { type Knots, type Refinement, refine } from "./refine.js";
import { Rectangle } from "./surface.js";
import type { ProfileTable, TableAxis } from "./table.js";
import type { Tolerance } from "./tolerance.js";

/** u is divided into so many steps, of which intervals between knots are multiples. */
export const STEPS = 16_384;
/** Intervals that refinement begins with. */
const FIRST = 32;
/** Second derivatives in δ are taken at every so many-th knot: they need be known to some per cent. */
const STRIDE = 4;

export interface BuiltTable {
  readonly table: ProfileTable;
  readonly refinement: Refinement;
}

/** A table of exact profiles, its knots refined until they are tolerably right. */
export async function buildTable(
  nodes: Nodes,
  terms: readonly number[],
  tolerance: Tolerance,
  budget: number,
): Promise<BuiltTable> {
  const { axes, exponents, steps } = nodes;
  const last = exponents.length - 1;
  const first = axes.map(({ charges }) => {
    const cells = charges.length > 0 ? FIRST : 1;
    return Array.from({ length: cells + 1 }, (_, k) => (k * steps) / cells);
  });
  let refinement: Refinement = { knots: [first[0], first[1]], errors: [], missed: [] };
  const errors: Refinement["errors"][number][] = [];
  // In the middle of the exponents and at both ends: what lies between changes as smoothly.
  for (const exponent of new Set([last >> 1, 0, last])) {
    refinement = await refine(nodes, refinement.knots, exponent, tolerance, budget);
    errors.push(...refinement.errors);
    if (refinement.missed.length > 0) break;
  }
  const { knots } = refinement;
  const monomials = monomialsOf(deviations(axes));
  const surfaces: Float64Array[] = [];
  for (let x = 0; x <= last; x++) surfaces.push(...(await surfacesAt(nodes, knots, x, monomials)));
  const offset = surfaces
    .filter((_, i) => i % monomials.length === 0)
    .reduce(
      (lowest, values) =>
        Math.min(
          lowest,
          values.reduce((a, b) => Math.min(a, b)),
        ),
      Infinity,
    );
  const rectangle = rectangleOf(nodes, knots);
  const fitted = surfaces.map((values, i) =>
    rectangle.fit(i % monomials.length === 0 ? values.map((value) => value - offset) : values),
  );
  const coefficients = new Float64Array(fitted.length * fitted[0].length);
  fitted.forEach((spline, i) => {
    coefficients.set(spline, i * spline.length);
  });
  const tableAxis = (axis: 0 | 1): TableAxis => {
    const { charges, events, shares, scale, largest } = axes[axis];
    const along = rectangle.knots[axis];
    return { charges, events, shares, scale, largest, knots: along, steps };
  };
  return {
    table: {
      terms,
      axes: [tableAxis(0), tableAxis(1)],
      offset,
      monomials,
      exponents,
      coefficients,
    },
    refinement: { ...refinement, errors },
  };
}

/** Powers of δ's up to the second. */
function monomialsOf(count: number): number[][] {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const pairs = numbers.flatMap((i) => numbers.slice(i).map((j) => [i, j]));
  return [[], ...numbers.map((i) => [i]), ...pairs];
}

function rectangleOf(nodes: Nodes, [es, mus]: Knots): Rectangle {
  return new Rectangle([
    Float64Array.from(es, (e) => nodes.u(0, e)),
    Float64Array.from(mus, (mu) => nodes.u(1, mu)),
  ]);
}

/** What multiplies each monomial at every pair of knots: Taylor's coefficients, [knots_e × knots_μ]. */
async function surfacesAt(
  nodes: Nodes,
  knots: Knots,
  exponent: number,
  monomials: readonly (readonly number[])[],
): Promise<Float64Array[]> {
  const at = (e: number, mu: number, moved = 0): NodePlace => ({ exponent, e, mu, moved });
  const places = knots[0].flatMap((e) => knots[1].map((mu) => at(e, mu)));
  await nodes.need(places);
  const coarse: Knots = [thinned(knots[0]), thinned(knots[1])];
  const pairs = monomials.filter(({ length }) => length === 2);
  const coarsePlaces = coarse[0].flatMap((e) => coarse[1].map((mu) => ({ e, mu })));
  const moved = [...new Set(pairs.map(([, j]) => j + 1))];
  await nodes.need(
    coarsePlaces.flatMap(({ e, mu }) => moved.flatMap((m) => [at(e, mu, m), at(e, mu, -m)])),
  );
  const between = rectangleOf(nodes, coarse);
  const second = ([i, j]: readonly number[]): Float64Array => {
    // Times the moves, so that it changes slowly along u.
    const curved = coarsePlaces.map(({ e, mu }) => {
      const [up, down] = [nodes.at(at(e, mu, j + 1)), nodes.at(at(e, mu, -j - 1))];
      return ((up.slopes[i] - down.slopes[i]) / 2) * nodes.move(e, mu, i + 1);
    });
    const spline = between.fit(Float64Array.from(curved));
    return Float64Array.from(places, ({ e, mu }) => {
      const value = between.at(spline, nodes.u(0, e), nodes.u(1, mu));
      return value / (nodes.move(e, mu, i + 1) * nodes.move(e, mu, j + 1));
    });
  };
  return monomials.map((monomial) => {
    if (monomial.length === 0) return Float64Array.from(places, (place) => nodes.at(place).chi2);
    if (monomial.length === 1) {
      return Float64Array.from(places, (place) => nodes.at(place).slopes[monomial[0]]);
    }
    const half = monomial[0] === monomial[1] ? 0.5 : 1;
    return second(monomial).map((value) => half * value);
  });
}

/** Every so many-th knot, and the last; four at least. */
function thinned(knots: readonly number[]): number[] {
  if (knots.length <= 4) return [...knots];
  return knots.filter((_, k) => k % STRIDE === 0 || k === knots.length - 1);
}
