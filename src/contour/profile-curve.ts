import { type CurveNode, cubicAt, cubicRange } from "./hermite.js";
import type { Interval } from "./plane.js";

/**
 * χ² of one parameter, all else profiled, known at nodes.
 *
 * Evaluates the curve at `x`, which lies between `nodes[place − 1]` and `nodes[place]`. It may lower
 * other nodes while it does so, where it finds that they were not minimised over all else.
 */
export type EvaluateCurve<N extends CurveNode> = (
  x: number,
  nodes: readonly N[],
  place: number,
) => N;

/** Two neighbouring nodes, as they were when the cubic between them was last tried. */
interface Tried {
  readonly right: CurveNode;
  readonly values: readonly [number, number];
  /** How far the curve was from the cubic that this piece is half of. */
  readonly error: number;
}

/**
 * Error of a cubic over two pieces below which each of the two, sixteen times as good, shows every
 * minimum and gap that counts.
 */
const SMOOTH = 2e-2;
/** A piece over which the curve moves by no more than this hides nothing. */
const NEGLIGIBLE = 1e-3;
/** Nodes after which refinement gives up. */
const MOST_NODES = 2000;

/**
 * A curve with several minima and, where branches of a profile cross, kinks: refined until the cubics
 * between its nodes foretell it, so that minima, gaps and crossings cannot hide between nodes.
 */
export class ProfileCurve<N extends CurveNode> {
  readonly nodes: N[] = [];
  readonly #evaluate: EvaluateCurve<N>;
  readonly #tried = new Map<CurveNode, Tried>();
  #isExhausted = false;

  /**
   * @param range of the parameter; its ends become nodes
   * @param places where to begin: wherever the curve may have a narrow minimum, and some in between
   */
  constructor(evaluate: EvaluateCurve<N>, [lower, upper]: Interval, places: readonly number[]) {
    this.#evaluate = evaluate;
    const inside = places.filter((x) => x > lower && x < upper);
    for (const x of [lower, ...inside.sort((a, b) => a - b), upper]) this.at(x);
    this.#judgeFirst();
  }

  /** Whether refinement gave up, so that something may be hidden. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /** The lowest node. */
  get lowest(): N {
    return this.nodes.reduce((best, node) => (node.value < best.value ? node : best));
  }

  /** The node at x, evaluated unless there is one. */
  at(x: number): N {
    const { nodes } = this;
    let [low, high] = [0, nodes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (nodes[middle].x < x) low = middle + 1;
      else high = middle;
    }
    if (nodes[low]?.x === x) return nodes[low];
    const node = this.#evaluate(x, nodes, low);
    nodes.splice(low, 0, node);
    return node;
  }

  /**
   * Adds nodes until the cubics between them hold wherever the curve may be below a height.
   * @param rise of the height above the lowest node, which may turn out to be lower
   */
  refine(rise: number): void {
    for (let isDone = false; !isDone; ) {
      isDone = true;
      for (let i = 0; i + 1 < this.nodes.length; i++) {
        const [a, b] = [this.nodes[i], this.nodes[i + 1]];
        if (!this.#needsSplit(a, b, this.lowest.value + rise)) continue;
        if (this.nodes.length > MOST_NODES) {
          this.#isExhausted = true;
          return;
        }
        this.#split(a, b);
        isDone = false;
        i--;
      }
    }
  }

  #needsSplit(a: N, b: N, height: number): boolean {
    const width = b.x - a.x;
    if (!(width > 1e-12 * (Math.abs(a.x) + Math.abs(b.x)))) return false;
    const error = this.#errorBetween(a, b);
    if (!Number.isFinite(a.value) && !Number.isFinite(b.value)) return false;
    const { low, high } = cubicRange(a, b);
    if (!Number.isFinite(low + high)) return Math.min(a.value, b.value) <= height;
    if (low - 2 * Math.min(error, high - low + 1) > height) return false;
    // Two minima have no slopes, whatever is between them: it has to be looked at once.
    const moves = width * Math.max(Math.abs(a.slope), Math.abs(b.slope));
    if (moves < NEGLIGIBLE && Number.isFinite(error)) return false;
    return error > SMOOTH;
  }

  #split(a: N, b: N): void {
    const x = (a.x + b.x) / 2;
    const foretold = cubicAt(a, b, x);
    const middle = this.at(x);
    const error = deviation(foretold, middle, (b.x - a.x) / 2);
    this.#remember(a, middle, error);
    this.#remember(middle, b, error);
  }

  /** How well each pair of first pieces was foretold by the cubic over both. */
  #judgeFirst(): void {
    const { nodes } = this;
    for (let i = 1; i + 1 < nodes.length; i++) {
      const [a, middle, b] = nodes.slice(i - 1, i + 2);
      const error = deviation(
        cubicAt(a, b, middle.x),
        middle,
        Math.max(middle.x - a.x, b.x - middle.x),
      );
      this.#remember(a, middle, Math.max(error, this.#knownError(a, middle)));
      this.#remember(middle, b, error);
    }
  }

  #remember(left: N, right: N, error: number): void {
    this.#tried.set(left, { right, values: [left.value, right.value], error });
  }

  #knownError(left: N, right: N): number {
    const tried = this.#tried.get(left);
    return tried?.right === right ? tried.error : 0;
  }

  /** +∞ where either node was lowered, or the piece cut, since the cubic was tried. */
  #errorBetween(left: N, right: N): number {
    const tried = this.#tried.get(left);
    if (tried?.right !== right) return Number.POSITIVE_INFINITY;
    const [a, b] = tried.values;
    return left.value === a && right.value === b ? tried.error : Number.POSITIVE_INFINITY;
  }
}

/** In value, or in slope over the length that it acts. */
function deviation(foretold: { value: number; slope: number }, node: CurveNode, length: number) {
  const error = Math.max(
    Math.abs(foretold.value - node.value),
    0.25 * length * Math.abs(foretold.slope - node.slope),
  );
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}
