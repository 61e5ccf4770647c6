import type { CurveRange } from "../contour/curve-features.js";
import { brentRoot } from "../numerics/root.js";

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
): CurveRange[] {
  const found: CurveRange[] = [];
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
  let start: Pick<CurveRange, "lower" | "lowerIsEdge"> | undefined;
  nodes.forEach((node, i) => {
    if (inside(node) && !start) {
      start =
        i === 0
          ? { lower: node.point, lowerIsEdge: true }
          : { lower: crossing(nodes[i - 1], node), lowerIsEdge: false };
    } else if (!inside(node) && start) {
      found.push({ ...start, upper: crossing(nodes[i - 1], node), upperIsEdge: false });
      start = undefined;
    }
  });
  if (start) found.push({ ...start, upper: nodes[nodes.length - 1].point, upperIsEdge: true });
  return found;
}
