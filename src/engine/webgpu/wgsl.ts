/** A number as WGSL writes an f32. */
export function literal(value: number): string {
  return `${Math.fround(value)}f`;
}

/** 0 … n − 1. */
export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
