import { brentRoot } from "../numerics/root.js";

/** Where a curve lies below a level. */
export interface AllowedInterval {
  /** null: the end of the axis comes first. */
  readonly lower: number | null;
  readonly upper: number | null;
}

interface Node {
  readonly point: number;
  readonly value: number;
}

/** Stands for +∞ where Brent's method needs a number. */
const FAR_ABOVE = 1e100;

/**
 * Every interval in which the curve lies below `height`, its ends solved between the nodes on either
 * side. What rises and falls back between two nodes is not seen.
 * @param nodes of the curve, ascending; its minima are among them
 * @param objective the curve between the nodes
 */
export function allowedIntervals(
  nodes: readonly Node[],
  objective: (point: number) => number,
  height: number,
): AllowedInterval[] {
  const found: AllowedInterval[] = [];
  const inside = ({ value }: Node) => value <= height;
  const crossing = (a: Node, b: Node): number => {
    // At the nodes it is their own values that bracket: an engine's may differ by its rounding.
    const given = new Map([a, b].map(({ point, value }) => [point, value]));
    const above = (point: number) => {
      const excess = (given.get(point) ?? objective(point)) - height;
      return Number.isFinite(excess) ? excess : FAR_ABOVE;
    };
    return brentRoot(above, a.point, b.point, 1e-10 * (b.point - a.point));
  };
  let lower: number | null = null;
  nodes.forEach((node, i) => {
    const before = nodes[i - 1];
    if (before && inside(node) && !inside(before)) lower = crossing(before, node);
    if (before && !inside(node) && inside(before)) {
      found.push({ lower, upper: crossing(before, node) });
    }
  });
  if (nodes.length > 0 && inside(nodes[nodes.length - 1])) found.push({ lower, upper: null });
  return found;
}
