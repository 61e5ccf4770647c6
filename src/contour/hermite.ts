/** A function of one parameter at one place: its value and its derivative there. */
export interface CurveNode {
  readonly x: number;
  readonly value: number;
  readonly slope: number;
}

/** The cubic with the values and slopes of two nodes. @returns its value and slope at x */
export function cubicAt(a: CurveNode, b: CurveNode, x: number): { value: number; slope: number } {
  const width = b.x - a.x;
  const t = (x - a.x) / width;
  const [rise, p, q] = [b.value - a.value, a.slope * width, b.slope * width];
  const [c2, c3] = [3 * rise - 2 * p - q, p + q - 2 * rise];
  return {
    value: a.value + t * (p + t * (c2 + t * c3)),
    slope: (p + t * (2 * c2 + 3 * t * c3)) / width,
  };
}

/** Places strictly between two nodes where their cubic is level, ascending. */
function levelPlaces(a: CurveNode, b: CurveNode): number[] {
  const width = b.x - a.x;
  const [rise, p, q] = [b.value - a.value, a.slope * width, b.slope * width];
  const [c2, c3] = [3 * rise - 2 * p - q, p + q - 2 * rise];
  const root = Math.sqrt(c2 * c2 - 3 * c3 * p);
  // Both roots of p + 2 c2 t + 3 c3 t², without cancellation.
  const sum = -(c2 + (c2 < 0 ? -root : root));
  return [sum / (3 * c3), p / sum]
    .filter((t) => t > 0 && t < 1)
    .sort((s, t) => s - t)
    .map((t) => a.x + t * width);
}

/** The lowest and highest value of the cubic between two nodes, ends included. */
export function cubicRange(a: CurveNode, b: CurveNode): { low: number; high: number } {
  const values = [a.value, b.value, ...levelPlaces(a, b).map((x) => cubicAt(a, b, x).value)];
  return { low: Math.min(...values), high: Math.max(...values) };
}
