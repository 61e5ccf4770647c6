import type { FlatRange } from "../../engine.js";

/** A product of ranges of a grid's axes. */
export interface Box {
  /** By axis. */
  readonly starts: readonly number[];
  readonly counts: readonly number[];
}

const product = (counts: readonly number[]) => counts.reduce((a, b) => a * b, 1);

/**
 * The few boxes that a range of a grid's flat index consists of, at most two for each axis.
 * @param sizes points by axis, the last one fastest
 */
export function boxesOf(sizes: readonly number[], { start, count }: FlatRange): Box[] {
  if (count === 0) return [];
  if (sizes.length === 0) return [{ starts: [], counts: [] }];
  const [size, ...rest] = sizes;
  const inner = product(rest);
  const within = (first: number, range: FlatRange) =>
    boxesOf(rest, range).map(({ starts, counts }) => ({
      starts: [first, ...starts],
      counts: [1, ...counts],
    }));
  const end = start + count;
  const first = Math.floor(start / inner);
  const last = Math.floor(end / inner);
  if (first === last) return within(first, { start: start - first * inner, count });
  const head = start - first * inner;
  const tail = end - last * inner;
  const full = head === 0 ? first : first + 1;
  const middle = {
    starts: [full, ...rest.map(() => 0)],
    counts: [Math.min(last, size) - full, ...rest],
  };
  return [
    ...(head === 0 ? [] : within(first, { start: head, count: inner - head })),
    ...(middle.counts[0] > 0 ? [middle] : []),
    ...(tail === 0 ? [] : within(last, { start: 0, count: tail })),
  ];
}

/** Cuts a box along some of its axes, the first of them first, until it has at most `most` places there. */
export function cutBox(box: Box, axes: readonly number[], most: number): Box[] {
  const places = product(axes.map((axis) => box.counts[axis]));
  const axis = axes.find((one) => box.counts[one] > 1);
  if (places <= most || axis === undefined) return [box];
  const each = places / box.counts[axis];
  const step = Math.max(1, Math.floor(most / each));
  const pieces: Box[] = [];
  for (let at = 0; at < box.counts[axis]; at += step) {
    const starts = [...box.starts];
    const counts = [...box.counts];
    starts[axis] += at;
    counts[axis] = Math.min(step, box.counts[axis] - at);
    pieces.push(...cutBox({ starts, counts }, axes, most));
  }
  return pieces;
}
