import type { GridAxis } from "./engine.js";
import { gridSize } from "./points.js";

/** Uniform numbers in [0, 1) that a seed fixes (xorshift128+ of the seed's first 128 bits). */
export function seededRandom(hash: string): () => number {
  const word = (at: number) => BigInt(`0x${hash.slice(16 * at, 16 * at + 16) || "0"}`);
  const mask = (1n << 64n) - 1n;
  let [a, b] = [word(0) | 1n, word(1) | 2n];
  return () => {
    let x = a;
    a = b;
    x = (x ^ (x << 23n)) & mask;
    b = (x ^ a ^ (x >> 17n) ^ (a >> 26n)) & mask;
    return Number(((a + b) & mask) >> 11n) / 2 ** 53;
  };
}

/** Flat indices of points drawn evenly, and of the grid's corners. */
export function randomPoints(
  axes: readonly GridAxis[],
  count: number,
  random: () => number,
): number[] {
  const size = gridSize(axes);
  const drawn = Array.from({ length: count }, () => Math.floor(random() * size));
  const corners = Array.from({ length: 2 ** axes.length }, (_, corner) =>
    axes.reduce((index, { points }, k) => index * points + ((corner >> k) & 1) * (points - 1), 0),
  );
  return [...new Set([...drawn, ...corners])];
}
