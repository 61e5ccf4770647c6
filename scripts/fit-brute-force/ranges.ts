import type { Node, Profile } from "./profile.js";

/** Values of a parameter at which Δχ² is at most that of the level. */
export interface AllowedRange {
  readonly lower: number;
  readonly upper: number;
  readonly lowerIsEdge: boolean;
  readonly upperIsEdge: boolean;
  /** |dχ²/dp| at the ends that are no edges: how far χ² lets an end be off. */
  readonly lowerSlope: number;
  readonly upperSlope: number;
}

/** Δχ² within which a turning point of the profile touches the level. */
const TOUCH = 2e-3;

/** The ranges below a χ², their ends where a new minimisation gives it. */
export function allowedRanges(
  profile: Profile,
  level: number,
): { ranges: AllowedRange[]; ties: number[] } {
  const { nodes } = profile;
  const touching = nodes.filter((_, i) => turns(nodes, i)).filter((n) => near(n, level, 0.02));
  for (const node of touching) profile.polish(node);
  const ties = touching.filter((node) => near(node, level, TOUCH)).map(({ at }) => at);
  const ranges: AllowedRange[] = [];
  const original = nodes.slice();
  let start: { at: number; edge: boolean; slope: number } | undefined;
  original.forEach((node, i) => {
    const inside = node.value <= level;
    const before = original[i - 1];
    const end =
      before && before.value <= level !== inside ? crossing(profile, before, node, level) : null;
    if (inside && !start)
      start = end ? { ...end, edge: false } : { at: node.at, edge: true, slope: 0 };
    const last = i === original.length - 1;
    if (!start || (inside && !last)) return;
    const stop = end && !inside ? { ...end, edge: false } : { at: node.at, edge: true, slope: 0 };
    ranges.push({
      lower: start.at,
      upper: stop.at,
      lowerIsEdge: start.edge,
      upperIsEdge: stop.edge,
      lowerSlope: start.slope,
      upperSlope: stop.slope,
    });
    start = undefined;
  });
  return { ranges, ties };
}

const near = (node: Node, level: number, distance: number) =>
  Math.abs(node.value - level) <= distance;

function turns(nodes: readonly Node[], i: number): boolean {
  const [before, after] = [nodes[i - 1], nodes[i + 1]];
  if (!before || !after) return true;
  return (nodes[i].value - before.value) * (after.value - nodes[i].value) <= 0;
}

/** Where the profile crosses a χ² between two nodes: halving, and straight lines, with a search at every step. */
function crossing(
  profile: Profile,
  left: Node,
  right: Node,
  level: number,
): { at: number; slope: number } {
  let [a, b] = [left, right];
  let slope = Math.abs((b.value - a.value) / (b.at - a.at));
  let middle = a;
  for (let i = 0; i < 60; i++) {
    const width = b.at - a.at;
    if (Math.abs(b.value - level) > TOUCH && Math.abs(a.value - level) > TOUCH) {
      slope = Math.abs((b.value - a.value) / width);
    }
    const share = i % 3 === 2 ? 0.5 : (level - a.value) / (b.value - a.value);
    const at = a.at + width * Math.min(Math.max(share, 0.02), 0.98);
    if (at <= a.at || at >= b.at) break;
    middle = profile.polish(profile.node(at, [a.point, b.point], 0));
    if (Math.abs(middle.value - level) < 2e-5) break;
    if (middle.value <= level === a.value <= level) a = middle;
    else b = middle;
  }
  return { at: middle.at, slope };
}
