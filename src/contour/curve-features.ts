import { type CurveNode, cubicRange } from "./hermite.js";
import type { ProfileCurve } from "./profile-curve.js";

/** A local minimum of a curve. */
export interface CurveMinimum {
  readonly x: number;
  readonly value: number;
  /** Whether it lies at an end of the curve's range, so that χ² may go on falling beyond. */
  readonly isEdge: boolean;
}

/** Where a curve lies below a height, from end to end. */
export interface CurveRange {
  readonly lower: number;
  readonly upper: number;
  /** Whether the curve's range ends there before the height is reached. */
  readonly lowerIsEdge: boolean;
  readonly upperIsEdge: boolean;
}

/** Climb in χ² that separates two minima: well above the precision of a profile, below any claim. */
const PROMINENCE = 0.01;

/** Precision of a minimum, a barrier or a crossing, in χ². */
const PRECISION = 1e-7;
/** Steps towards one of them before giving up. */
const MOST_STEPS = 80;

/** A place between two nodes, by a line through their slopes, kept off the ends. */
function towardsLevel(a: CurveNode, b: CurveNode): number {
  const share = a.slope / (a.slope - b.slope);
  return a.x + (b.x - a.x) * (share > 0.02 && share < 0.98 ? share : 0.5);
}

/**
 * Makes nodes of the curve's minima and of those maxima that decide whether it rises above a height, or
 * whether two minima are two, wherever two nodes show that one is between them.
 */
export function settle<N extends CurveNode>(curve: ProfileCurve<N>, height: number): void {
  const { nodes } = curve;
  for (let i = 0; i + 1 < nodes.length; i++) {
    const [a, b] = [nodes[i], nodes[i + 1]];
    if (a.slope < 0 && b.slope > 0) {
      if (cubicRange(a, b).low < height + 1) findMinimum(curve, a, b);
    } else if (holdsCrest(a, b, height)) {
      findBarrier(curve, a, b, height);
    }
  }
  // What separates two minima is known once these are.
  for (let i = 0; i + 1 < nodes.length; i++) {
    const [a, b] = [nodes[i], nodes[i + 1]];
    if (holdsCrest(a, b, height)) findCrest(curve, a, b, higherFloor(nodes, i));
  }
}

function findMinimum<N extends CurveNode>(curve: ProfileCurve<N>, first: N, last: N): void {
  let [a, b] = [first, last];
  for (let step = 0; step < MOST_STEPS; step++) {
    const below = tangentsMeet(a, b);
    if (Math.min(a.value, b.value) - below < PRECISION / 100) return;
    // Where one side hardly moves, halving is faster.
    const x = step % 3 === 2 ? (a.x + b.x) / 2 : towardsLevel(a, b);
    if (!(x > a.x && x < b.x)) return;
    const middle = curve.at(x);
    if (middle.slope === 0) return;
    if (middle.slope < 0) a = middle;
    else b = middle;
  }
}

/** Whether the curve may turn downwards between two nodes below a height, of which a minimum may be one. */
function holdsCrest(a: CurveNode, b: CurveNode, height: number): boolean {
  const flat = PROMINENCE / 100 / (b.x - a.x);
  const turns = a.slope >= -flat && b.slope <= flat && (a.slope > flat || b.slope < -flat);
  return turns && a.value <= height && b.value <= height;
}

/** Looks for a place above the height, until there is one or there can be none. */
function findBarrier<N extends CurveNode>(
  curve: ProfileCurve<N>,
  first: N,
  last: N,
  height: number,
): void {
  let [a, b] = [first, last];
  for (let step = 0; step < MOST_STEPS && !(tangentsMeet(a, b) <= height); step++) {
    const x = step % 3 === 2 ? (a.x + b.x) / 2 : towardsLevel(a, b);
    if (!(x > a.x && x < b.x)) return;
    const middle = curve.at(x);
    if (middle.value > height || !(middle.slope !== 0)) return;
    if (middle.slope > 0) a = middle;
    else b = middle;
  }
}

/** The higher one of the minima on either side of the crest behind a node. */
function higherFloor(nodes: readonly CurveNode[], crest: number): number {
  let [left, right] = [crest, crest + 1];
  while (left > 0 && nodes[left - 1].value <= nodes[left].value) left--;
  while (right + 1 < nodes.length && nodes[right + 1].value <= nodes[right].value) right++;
  return Math.max(nodes[left].value, nodes[right].value);
}

/** Looks for a place that is higher than a floor by {@link PROMINENCE}, until there can be none. */
function findCrest<N extends CurveNode>(
  curve: ProfileCurve<N>,
  first: N,
  last: N,
  floor: number,
): void {
  const needed = floor + PROMINENCE;
  let [a, b] = [first, last];
  for (let step = 0; step < MOST_STEPS; step++) {
    if (Math.max(a.value, b.value) >= needed) return;
    // Nothing less tells: branches that are curved upwards meet above their tangents.
    if ((b.x - a.x) * Math.max(a.slope, -b.slope) < PROMINENCE / 20) return;
    // Branches that cross are met where their tangents are; a smooth crest may lie anywhere.
    const meet = crossingOf(a, b);
    const isInside = meet > a.x && meet < b.x && step % 3 !== 2;
    const x = isInside ? meet : (a.x + b.x) / 2;
    if (!(x > a.x && x < b.x)) return;
    const middle = curve.at(x);
    if (!(middle.slope !== 0)) return;
    if (middle.slope > 0) a = middle;
    else b = middle;
  }
}

/** Where the tangents of two nodes meet. */
function crossingOf(a: CurveNode, b: CurveNode): number {
  return (b.value - a.value + a.slope * a.x - b.slope * b.x) / (a.slope - b.slope);
}

/** How high they meet: below a valley between the nodes, above a crest. */
function tangentsMeet(a: CurveNode, b: CurveNode): number {
  return a.value + a.slope * (crossingOf(a, b) - a.x);
}

/**
 * The minima of a curve that has been {@link settle}d, lowest first: of two with less than
 * {@link PROMINENCE} to climb between them, the lower.
 * @param height of the highest that is wanted
 */
export function curveMinima<N extends CurveNode>(
  { nodes }: ProfileCurve<N>,
  height: number,
): CurveMinimum[] {
  const last = nodes.length - 1;
  /** Kept minima (indices of nodes), ascending, with the crest before each. */
  const kept: { at: number; crest: number }[] = [];
  let crest = Number.POSITIVE_INFINITY;
  nodes.forEach((node, i) => {
    if (i > 0) crest = Math.max(crest, cubicRange(nodes[i - 1], node).high);
    // At an end the slope tells, as the crest before it may lie between two nodes.
    const fallsBefore = i > 0 && nodes[i - 1].value < node.value && !(i === last && node.slope < 0);
    const fallsBehind = i < last && nodes[i + 1].value < node.value && !(i === 0 && node.slope > 0);
    if (fallsBefore || fallsBehind || !Number.isFinite(node.value)) return;
    kept.push({ at: i, crest: kept.length === 0 ? Number.POSITIVE_INFINITY : crest });
    crest = node.value;
  });
  for (;;) {
    const climbs = kept.slice(1).map(({ at, crest: between }, k) => {
      return between - Math.max(nodes[at].value, nodes[kept[k].at].value);
    });
    const lowest = climbs.indexOf(Math.min(...climbs));
    if (lowest < 0 || !(climbs[lowest] < PROMINENCE)) break;
    const [left, right] = [kept[lowest], kept[lowest + 1]];
    const lower = nodes[left.at].value <= nodes[right.at].value ? left : right;
    kept.splice(lowest, 2, { at: lower.at, crest: left.crest });
  }
  return kept
    .map(({ at }) => ({
      x: nodes[at].x,
      value: nodes[at].value,
      isEdge: at === 0 || at === last,
    }))
    .filter(({ value }) => value <= height)
    .sort((a, b) => a.value - b.value);
}

/**
 * Every range where a curve that has been {@link settle}d lies below a height, ascending.
 * @returns with them, whether each end was found where the curve really crosses
 */
export function curveRanges<N extends CurveNode>(
  curve: ProfileCurve<N>,
  height: number,
): { readonly ranges: readonly CurveRange[]; readonly isCertain: boolean } {
  const nodes = curve.nodes.slice();
  const ranges: CurveRange[] = [];
  let isCertain = true;
  const crossing = (inside: N, outside: N): number => {
    const found = findCrossing(curve, inside, outside, height);
    isCertain &&= found.isCrossing;
    return found.x;
  };
  let start: { x: number; isEdge: boolean } | undefined;
  nodes.forEach((node, i) => {
    const isInside = node.value <= height;
    if (isInside && !start) {
      start =
        i === 0 ? { x: node.x, isEdge: true } : { x: crossing(node, nodes[i - 1]), isEdge: false };
    } else if (!isInside && start) {
      const upper = crossing(nodes[i - 1], node);
      ranges.push({ lower: start.x, upper, lowerIsEdge: start.isEdge, upperIsEdge: false });
      start = undefined;
    }
  });
  if (start) {
    const upper = nodes[nodes.length - 1].x;
    ranges.push({ lower: start.x, upper, lowerIsEdge: start.isEdge, upperIsEdge: true });
  }
  return { ranges, isCertain };
}

/** The crossing between a node below the height and one above, by guarded steps of Newton. */
function findCrossing<N extends CurveNode>(
  curve: ProfileCurve<N>,
  below: N,
  above: N,
  height: number,
): { x: number; isCrossing: boolean } {
  let [inside, outside] = [below, above];
  let latest =
    Math.abs(inside.value - height) < Math.abs(outside.value - height) ? inside : outside;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (Math.abs(latest.value - height) <= PRECISION) return { x: latest.x, isCrossing: true };
    const newton = latest.x + (height - latest.value) / latest.slope;
    const share = (newton - inside.x) / (outside.x - inside.x);
    const isGood = share > 1e-3 && share < 1 - 1e-3 && step % 4 !== 3;
    const x = isGood ? newton : (inside.x + outside.x) / 2;
    if (x === inside.x || x === outside.x) break;
    latest = curve.at(x);
    if (latest.value <= height) inside = latest;
    else outside = latest;
  }
  const jump = Math.min(outside.value, Number.MAX_VALUE) - inside.value;
  return { x: inside.x, isCrossing: jump < 1e-4 };
}
