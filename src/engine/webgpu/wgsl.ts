/** A number as WGSL writes an f32. */
export function literal(value: number): string {
  return `${Math.fround(value)}f`;
}

/** 0 … n − 1. */
export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** Index ranges that unroll an L D Lᵀ factorisation of n unknowns. */
export function systemOf(n: number) {
  const columns = range(n).map((j) => ({
    j,
    before: range(j),
    below: range(n)
      .slice(j + 1)
      .map((i) => ({ i })),
  }));
  return {
    size: n,
    range: range(n),
    lower: lowerTriangle(n),
    columns,
    backwards: [...columns].reverse(),
  };
}

/** (i, j) with j ≤ i, row by row; `weight` counts the entry in a sum over all pairs. */
export function lowerTriangle(n: number) {
  return range(n).flatMap((i) =>
    range(i + 1).map((j) => ({ i, j, weight: i === j ? "1f" : "2f" })),
  );
}
