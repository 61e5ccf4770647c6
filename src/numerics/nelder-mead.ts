interface Vertex {
  readonly point: Float64Array;
  readonly value: number;
}

/** Size of a simplex that counts as a point, in units of scale. */
const SMALL = 1e-3;

/**
 * Downhill simplex (Nelder and Mead 1965) of a function that may have kinks; points are moved into
 * the box before they are evaluated, and the simplex starts again until a restart gains nothing.
 */
export function nelderMead(
  f: (point: Float64Array) => number,
  start: Float64Array,
  scale: Float64Array,
  clamp: (point: Float64Array) => Float64Array,
  tolerance: number,
): Vertex {
  const n = start.length;
  const evaluate = (raw: Float64Array) => {
    const point = clamp(raw);
    return { point, value: f(point) };
  };
  let best = evaluate(start);
  for (let restart = 0; restart < 5; restart++) {
    const before = best.value;
    const simplex = [best];
    for (let i = 0; i < n; i++) {
      // Inwards where a bound would flatten the simplex.
      const vertex = (sign: number) =>
        clamp(best.point.map((x, k) => (k === i ? x + sign * scale[i] : x)));
      const outwards = vertex(1);
      simplex.push(evaluate(outwards[i] === best.point[i] ? vertex(-1) : outwards));
    }
    for (let iteration = 0; iteration < 200 * n; iteration++) {
      simplex.sort((a, b) => a.value - b.value);
      const worst = simplex[n];
      const flat = worst.value - simplex[0].value < tolerance / 10;
      const size = (vertex: Vertex) =>
        Math.max(...vertex.point.map((x, k) => Math.abs(x - simplex[0].point[k]) / scale[k]));
      // Equal values alone may mean that the minimum lies between the vertices.
      if (flat && simplex.every((vertex) => size(vertex) < SMALL)) break;
      const centroid = start.map((_, k) =>
        simplex.slice(0, n).reduce((sum, vertex) => sum + vertex.point[k] / n, 0),
      );
      const towards = (t: number) => evaluate(centroid.map((c, k) => c + t * (c - worst.point[k])));
      const reflected = towards(1);
      if (reflected.value < simplex[0].value) {
        const expanded = towards(2);
        simplex[n] = expanded.value < reflected.value ? expanded : reflected;
      } else if (n > 1 && reflected.value < simplex[n - 1].value) {
        simplex[n] = reflected;
      } else {
        const contracted = towards(reflected.value < worst.value ? 0.5 : -0.5);
        if (contracted.value < Math.min(reflected.value, worst.value)) {
          simplex[n] = contracted;
        } else {
          for (let v = 1; v <= n; v++) {
            const shrunk = simplex[v].point.map((x, k) => (x + simplex[0].point[k]) / 2);
            simplex[v] = evaluate(shrunk);
          }
        }
      }
    }
    best = simplex.reduce((a, b) => (b.value < a.value ? b : a));
    if (before - best.value < tolerance) break;
  }
  return best;
}
