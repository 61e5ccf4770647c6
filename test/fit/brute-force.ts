/** The lowest vertex of a grid, then of ever finer grids around it: no derivative, no line search. */
export function zoom(
  objective: (point: readonly number[]) => number,
  ranges: readonly (readonly [number, number])[],
  points: number,
): { point: readonly number[]; value: number } {
  let best: { point: readonly number[]; value: number } = {
    point: [],
    value: Number.POSITIVE_INFINITY,
  };
  let boxes = ranges;
  for (let level = 0; level < 30; level++) {
    const axes = boxes.map(([low, high]) =>
      Array.from({ length: points }, (_, i) => low + ((high - low) * i) / (points - 1)),
    );
    const grid = axes.reduce<number[][]>(
      (rows, axis) => rows.flatMap((row) => axis.map((value) => [...row, value])),
      [[]],
    );
    for (const point of grid) {
      const value = objective(point);
      if (value < best.value) best = { point, value };
    }
    boxes = boxes.map(([low, high], i) => {
      const half = 1.5 * ((high - low) / (points - 1));
      const [from, to] = ranges[i];
      return [Math.max(from, best.point[i] - half), Math.min(to, best.point[i] + half)] as const;
    });
  }
  return best;
}
