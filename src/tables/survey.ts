import type { Nodes } from "./nodes.js";

/** Intervals of u in which a table is looked over. */
const INTERVALS = 32;

/** What is known of a table before it is made. */
export interface Survey {
  /** χ² without signal, above the lowest found. */
  readonly gain: number;
  /** S of both flavours together where χ² is lowest, and the largest that is scanned. */
  readonly likely: number;
  readonly largest: number;
  /** The fastest that χ² falls by the logarithm of a factor on all events. */
  readonly fall: number;
  /** Events from which on χ² grows faster than that everywhere: by the logarithm of the factor. */
  growsFrom(growth: number): number;
}

/** A look at a table on few nodes. */
export async function survey(nodes: Nodes): Promise<Survey> {
  const { axes, steps } = nodes;
  const places = (axis: 0 | 1) =>
    axes[axis].charges.length === 0
      ? [0]
      : Array.from({ length: INTERVALS + 1 }, (_, i) => (i * steps) / INTERVALS);
  const exponent = nodes.exponents.length >> 1;
  const all = places(0).flatMap((e) => places(1).map((mu) => ({ exponent, e, mu, moved: 0 })));
  await nodes.need(all);
  const chi2 = all.map((place) => nodes.at(place).chi2);
  const lowest = Math.min(...chi2);
  const { e, mu } = all[chi2.indexOf(lowest)];
  const likely = nodes.events(0, e) + nodes.events(1, mu);
  const largest = axes[0].largest + axes[1].largest;
  const grows = all.map((place) => nodes.at(place).growth);
  const events = all.map((place) => nodes.events(0, place.e) + nodes.events(1, place.mu));
  const width = places(1).length;
  const growsFrom = (growth: number): number => {
    let from = 0;
    grows.forEach((value, i) => {
      if (value > growth) return;
      const isLast = i + width >= all.length || i % width === width - 1;
      // A row that grows too slowly to its end has no limit.
      if (isLast && events[i] > likely) from = Number.POSITIVE_INFINITY;
      for (const next of isLast ? [] : [i + 1, i + width]) {
        const part = grows[next] > growth ? (growth - value) / (grows[next] - value) : 1;
        from = Math.max(from, events[i] + part * (events[next] - events[i]));
      }
    });
    return from;
  };
  return { gain: chi2[0] - lowest, likely, largest, fall: -Math.min(0, ...grows), growsFrom };
}
