import type { EvaluateCurve } from "../contour/profile-curve.js";
import { parameterIndex } from "../model/parameters.js";
import type { ChargeSurrogate } from "./charge-surrogate.js";
import type { FreeSpace } from "./free-space.js";
import { type Fall, type LocalMinimum, localMinimum } from "./local-minimum.js";
import { ProfileNode, SAME_VALLEY, type Valley } from "./profile-node.js";
import { spreadPoints, surrogateMinima } from "./start-points.js";

/** A start this near to a minimum that is known leads there. */
const LEADS_THERE = 0.1;
/** Starts are moved by so much, lest they sit on a ridge between two valleys. */
const NUDGE = 1e-3;
/** Nodes this near to each other, in steps of natural size of the parameter, see the same valleys. */
const NEAR_NODE = 0.15;
/** How far above the height, in χ², a valley is worth following: it may fall below elsewhere. */
const HEADROOM = 15;

/**
 * χ² along one free parameter, minimised over the others. It has valleys, of which another may be the
 * lowest elsewhere: every one that is found anywhere is followed to both sides, and at every place new
 * ones are looked for, from the minima of the surrogate and from points spread over the box.
 */
export class ParameterProfile {
  readonly #index: number;
  readonly #fall: Fall;
  readonly #nearness: number;
  #branches = 0;
  /** Index of the next start in the sequence of spread points: other ones at every place. */
  #start = 1;
  /** Below this, in χ², valleys are followed. */
  #ceiling: number;

  /**
   * @param space all free parameters
   * @param lowest χ² known so far
   * @param rise Δχ² up to which the profile is wanted
   */
  constructor(
    fall: Fall,
    private readonly space: FreeSpace,
    private readonly name: string,
    private readonly surrogate: ChargeSurrogate,
    lowest: number,
    rise: number,
  ) {
    this.#fall = fall;
    this.#index = parameterIndex(name);
    this.#ceiling = lowest + rise + HEADROOM;
    this.#nearness = NEAR_NODE * space.step(name);
  }

  readonly evaluate: EvaluateCurve<ProfileNode> = (x, nodes, place) => {
    const node = new ProfileNode(x, this.space.without(this.name, x), this.#index);
    const [left, right] = [nodes[place - 1], nodes[place]];
    for (const valley of [...(left?.valleys ?? []), ...(right?.valleys ?? [])]) {
      if (node.valleys.some(({ branch }) => branch === valley.branch)) continue;
      this.#follow(valley, node, LEADS_THERE);
    }
    const isNear = [left, right].some((near) => near && Math.abs(near.x - x) < this.#nearness);
    if (isNear && node.valleys.length > 0) return node;
    const news = this.#explore(node, node.valleys.length === 0 ? 3 : 1);
    this.#spread(news, nodes, place - 1, -1);
    this.#spread(news, nodes, place, 1);
    return node;
  };

  /**
   * Looks again, harder, for a lower minimum at a node; what is found is followed to both sides.
   * @returns whether anything was found that is lower than what was known
   */
  verify(nodes: readonly ProfileNode[], node: ProfileNode): boolean {
    const before = node.value;
    const place = nodes.indexOf(node);
    const news = this.#explore(node, 4);
    this.#spread(news, nodes, place - 1, -1);
    this.#spread(news, nodes, place + 1, 1);
    return node.value < before - 1e-5;
  }

  /** Takes a minimum that was found by other means into the node that stands at its value. */
  offer(nodes: readonly ProfileNode[], node: ProfileNode, parameters: Float64Array): void {
    const point = node.space.point(parameters);
    const found = { ...this.#minimum(node, point), branch: this.#branches++ };
    if (node.knows(found)) return;
    node.add(found);
    const place = nodes.indexOf(node);
    this.#spread([found], nodes, place - 1, -1);
    this.#spread([found], nodes, place + 1, 1);
  }

  /** Follows a valley of another node to this one. @returns what it has become, if it is new here */
  #follow(valley: Valley, node: ProfileNode, within: number): Valley | undefined {
    if (node.space.size > 0 && valley.value > this.#ceiling && node.valleys.length > 0)
      return undefined;
    if (node.isNear(valley.point, within)) return undefined;
    if (node.space.size === 0 && node.valleys.length > 0) return undefined;
    const found = {
      ...this.#minimum(node, valley.point, valley.curvature),
      branch: valley.branch,
    };
    if (node.knows(found)) return undefined;
    node.add(found);
    return found;
  }

  /** Looks for valleys that are not known at a node. @param effort 1 for what is usual */
  #explore(node: ProfileNode, effort: number): Valley[] {
    const { space } = node;
    const news: Valley[] = [];
    const attempt = (point: Float64Array, curvature?: Float64Array): void => {
      const found = { ...this.#minimum(node, point, curvature), branch: this.#branches++ };
      if (node.knows(found)) return;
      node.add(found);
      news.push(found);
    };
    if (space.size === 0) {
      if (node.valleys.length === 0) attempt(new Float64Array(0));
      return [];
    }
    const count = effort * (6 + 4 * space.size);
    const candidates = surrogateMinima(this.surrogate, space, this.#start, count);
    const random = spreadPoints(
      space,
      this.#start + count,
      effort > 1 ? effort * space.size : 1,
      "near",
    );
    this.#start += count + random.length;
    for (const { point, value, curvature } of candidates) {
      if (value > candidates[0].value + HEADROOM + 10) break;
      // Where even the lowest valley is high, the others do not matter.
      if (news.length > 0 && node.value > this.#ceiling) return news;
      if (!node.isNear(point, LEADS_THERE)) attempt(point, curvature);
    }
    for (const point of random) attempt(point);
    return news;
  }

  /** Follows valleys from node to node, until they are known there or too high. */
  #spread(
    valleys: readonly Valley[],
    nodes: readonly ProfileNode[],
    from: number,
    step: 1 | -1,
  ): void {
    for (const valley of valleys) {
      let latest: Valley | undefined = valley;
      for (let i = from; latest && latest.value < this.#ceiling && nodes[i]; i += step) {
        latest = this.#follow(latest, nodes[i], SAME_VALLEY);
      }
    }
  }

  #minimum(node: ProfileNode, start: Float64Array, curvature?: Float64Array): LocalMinimum {
    const nudged = start.map((value, i) => value + (i % 2 === 0 ? NUDGE : -NUDGE));
    return localMinimum(this.#fall, node.space, nudged, curvature);
  }
}
