/** A point of free parameters and its χ². */
export interface Found {
  readonly point: Float64Array;
  readonly value: number;
}

/**
 * Downhill simplex within a box over the coordinates `moving`, started anew until a start gains less than
 * `tolerance`.
 *
 * @param limit most evaluations
 */
export function simplex(
  f: (point: Float64Array) => number,
  start: Found,
  moving: readonly number[],
  steps: Float64Array,
  box: readonly (readonly [number, number])[],
  tolerance: number,
  limit: number,
): Found {
  const n = moving.length;
  if (n === 0) return start;
  let left = limit;
  const evaluate = (point: Float64Array): Found => {
    for (const k of moving) point[k] = Math.min(Math.max(point[k], box[k][0]), box[k][1]);
    left--;
    return { point, value: f(point) };
  };
  let best = start;
  let size = 1;
  while (left > 0) {
    const before = best.value;
    const vertices = [best];
    for (const k of moving) {
      const moved = best.point.slice();
      const step = steps[k] * size;
      moved[k] += moved[k] + step > box[k][1] ? -step : step;
      vertices.push(evaluate(moved));
    }
    while (left > 0) {
      vertices.sort((a, b) => a.value - b.value);
      if (vertices[n].value - vertices[0].value < tolerance / 4) break;
      const centre = best.point.slice();
      for (const k of moving) {
        centre[k] = 0;
        for (let v = 0; v < n; v++) centre[k] += vertices[v].point[k] / n;
      }
      const worst = vertices[n];
      const towards = (t: number) => {
        const point = centre.slice();
        for (const k of moving) point[k] += t * (centre[k] - worst.point[k]);
        return evaluate(point);
      };
      const reflected = towards(1);
      if (reflected.value < vertices[0].value) {
        const further = towards(2);
        vertices[n] = further.value < reflected.value ? further : reflected;
      } else if (reflected.value < vertices[n - 1].value) {
        vertices[n] = reflected;
      } else {
        const nearer = towards(reflected.value < worst.value ? 0.5 : -0.5);
        if (nearer.value < Math.min(reflected.value, worst.value)) {
          vertices[n] = nearer;
        } else {
          for (let v = 1; v <= n; v++) {
            const point = vertices[v].point.map((x, k) => (x + vertices[0].point[k]) / 2);
            vertices[v] = evaluate(point);
          }
        }
      }
    }
    best = vertices.reduce((a, b) => (b.value < a.value ? b : a));
    if (before - best.value < tolerance) break;
    size = 0.3;
  }
  return best;
}
