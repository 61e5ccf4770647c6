/** Where a profile is wanted: multiples of 1/steps of each axis's range of u. */
export interface NodePlace {
  readonly exponent: number;
  readonly e: number;
  readonly mu: number;
  /** ±1, ±2, …: at the first, second … δ moved up or down; 0: at δ = 0. */
  readonly moved: number;
}

/** Most points of a line: what a thread takes at once. */
const LONGEST = 64;
/** Neighbours on a line are no further apart than so many-th of an axis. */
const PARTS = 8;

/** Places of one row of a table, each a small step from the next. */
export interface Line {
  readonly places: readonly NodePlace[];
  /** Number of the row: which of its points are searched follows from it. */
  readonly phase: number;
}

/**
 * Sorts places of a table into lines along ν_e or ν_μ: each is part of the fuller one of its two rows.
 * The lines depend on the places, not on their order.
 * @param steps of either axis
 */
export function linesOf(places: readonly NodePlace[], steps: number): Line[] {
  const rowOf = (axis: "e" | "mu", place: NodePlace) => `${place.moved} ${axis} ${place[axis]}`;
  const counts = new Map<string, number>();
  for (const place of places) {
    for (const axis of ["e", "mu"] as const) {
      const row = rowOf(axis, place);
      counts.set(row, (counts.get(row) ?? 0) + 1);
    }
  }
  const full = (axis: "e" | "mu", place: NodePlace) => counts.get(rowOf(axis, place)) as number;
  const rows = new Map<string, NodePlace[]>();
  for (const place of places) {
    const row = rowOf(full("e", place) >= full("mu", place) ? "e" : "mu", place);
    rows.set(row, [...(rows.get(row) ?? []), place]);
  }
  const order = (a: NodePlace, b: NodePlace) => a.e - b.e || a.mu - b.mu;
  const sorted = [...rows.values()].map((row) => row.sort(order));
  sorted.sort((a, b) => a[0].moved - b[0].moved || order(a[0], b[0]) || b.length - a.length);
  return sorted.flatMap((row, phase) => pieces(row, steps).map((own) => ({ places: own, phase })));
}

/** A row cut where neighbours are far apart, and into about equal parts where it is long. */
function pieces(row: readonly NodePlace[], steps: number): NodePlace[][] {
  const gap = (k: number) => Math.max(row[k].e - row[k - 1].e, row[k].mu - row[k - 1].mu);
  const near: NodePlace[][] = [];
  row.forEach((place, k) => {
    if (k === 0 || gap(k) * PARTS > steps) near.push([place]);
    else near[near.length - 1].push(place);
  });
  return near.flatMap((part) => {
    const size = Math.ceil(part.length / Math.ceil(part.length / LONGEST));
    const count = Math.ceil(part.length / size);
    return Array.from({ length: count }, (_, i) => part.slice(i * size, (i + 1) * size));
  });
}
