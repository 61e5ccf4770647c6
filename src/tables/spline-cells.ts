/**
 * Cubic B-splines on knots that need not be equally spaced: n knots, n + 2 coefficients, of which
 * k … k + 3 act in the cell from knot k to knot k + 1. Weights are positive and sum to 1.
 */

/** Knots with three more beyond each end, which repeat the outermost spacings. */
function extended(knots: Float64Array): Float64Array {
  const last = knots.length - 1;
  const [low, high] = [knots[1] - knots[0], knots[last] - knots[last - 1]];
  const before = [3, 2, 1].map((i) => knots[0] - i * low);
  const after = [1, 2, 3].map((i) => knots[last] + i * high);
  return Float64Array.from([...before, ...knots, ...after]);
}

/**
 * The weights of the four coefficients of every cell as polynomials in t, which runs from 0 to 1 through
 * the cell: weight j of cell k is Σ_p cells[16 k + 4 j + p] t^p.
 * @param knots ascending, at least two
 * @returns [cells × 4 × 4]
 */
export function splineCells(knots: Float64Array): Float64Array {
  const all = extended(knots);
  const cells = new Float64Array(16 * (knots.length - 1));
  for (let k = 0; k + 1 < knots.length; k++) {
    const at = k + 3;
    const width = all[at + 1] - all[at];
    // Cox and de Boor's recursion; b[j] is the B-spline that starts at knot at − degree + j.
    let b: number[][] = [[1, 0, 0, 0]];
    for (let degree = 1; degree <= 3; degree++) {
      const next = Array.from({ length: degree + 1 }, () => [0, 0, 0, 0]);
      b.forEach((polynomial, j) => {
        const start = at - degree + 1 + j;
        const span = all[start + degree] - all[start];
        const rise = [(all[at] - all[start]) / span, width / span];
        polynomial.forEach((value, p) => {
          next[j][p] += value * (1 - rise[0]);
          next[j + 1][p] += value * rise[0];
          if (p === 3) return;
          next[j][p + 1] -= value * rise[1];
          next[j + 1][p + 1] += value * rise[1];
        });
      });
      b = next;
    }
    cells.set(b.flat(), 16 * k);
  }
  return cells;
}

/** The cell of u; beyond the knots, the outermost one. */
function findCell(knots: Float64Array, u: number): number {
  let [low, high] = [0, knots.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle] <= u) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The weights at u and their derivatives by u.
 * @param cells of {@link splineCells}
 * @param value receives [4]
 * @param slope receives [4], if wanted
 * @returns the cell, which is the index of the first of the four coefficients
 */
export function splineWeights(
  knots: Float64Array,
  cells: Float64Array,
  u: number,
  value: Float64Array,
  slope?: Float64Array,
): number {
  const cell = findCell(knots, u);
  const width = knots[cell + 1] - knots[cell];
  const t = (u - knots[cell]) / width;
  for (let j = 0, at = 16 * cell; j < 4; j++, at += 4) {
    const [c0, c1, c2, c3] = [cells[at], cells[at + 1], cells[at + 2], cells[at + 3]];
    value[j] = c0 + t * (c1 + t * (c2 + t * c3));
    if (slope) slope[j] = (c1 + t * (2 * c2 + t * 3 * c3)) / width;
  }
  return cell;
}
