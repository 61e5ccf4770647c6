import type { Nodes } from "./nodes.js";

/** Intervals of u in which a table is looked over. */
const INTERVALS = 16;

/** What is known of a table before it is made. */
export interface Survey {
  /** χ² without signal, above the lowest found. */
  readonly gain: number;
  /** S of both flavours together where χ² is lowest, and the largest that is scanned. */
  readonly likely: number;
  readonly largest: number;
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
  return { gain: chi2[0] - lowest, likely, largest };
}
