import type { Search } from "./search.js";

/** χ² minimised over the other free parameters at one value of a parameter. */
export interface Node {
  readonly at: number;
  point: Float64Array;
  /** Of the product, or of the screen where that is far above the level. */
  value: number;
}

/** Random starts of a node of the first grid, and of one that is put in later. */
const EFFORT = { first: 6, later: 2 };
/** Nodes that are put in where the profile bends or changes most. */
const MOST_NODES = 260;
/** Δχ² above the level up to which a profile is followed closely. */
const MARGIN = 3;

/** The profile of one free parameter over its range, by minimising anew at every node. */
export class Profile {
  readonly nodes: Node[] = [];
  readonly moving: readonly number[];

  constructor(
    readonly search: Search,
    readonly k: number,
    /** How many times as many random starts as usual. */
    readonly diligence = 1,
  ) {
    this.moving = search.objective.indices.map((_, i) => i).filter((i) => i !== k);
  }

  get range(): readonly [number, number] {
    return this.search.objective.box[this.k];
  }

  /** The node at a value: from these points, and from new ones. */
  node(at: number, starts: readonly Float64Array[], effort: number): Node {
    const held = (starts[0] ?? Float64Array.from(this.search.objective.box, ([a]) => a)).slice();
    held[this.k] = at;
    const { point } = this.search.lowest(this.moving, held, starts, effort);
    return { at, point, value: this.search.truth(point) };
  }

  /** Puts a node in between its neighbours, minimised from both of them. */
  insert(at: number, effort: number = EFFORT.later * this.diligence): Node {
    const found = this.nodes.findIndex((node) => node.at >= at);
    const index = found < 0 ? this.nodes.length : found;
    if (this.nodes[index]?.at === at) return this.nodes[index];
    const starts = this.nodes.slice(Math.max(index - 1, 0), index + 1).map(({ point }) => point);
    const node = this.node(at, starts, effort);
    this.nodes.splice(index, 0, node);
    return node;
  }

  /** The first nodes, each searched on its own, then from its neighbours until nothing is gained. */
  begin(values: readonly number[]): void {
    for (const value of values) this.insert(value, EFFORT.first * this.diligence);
    this.spread();
  }

  /** Continues every node from its neighbours, from left to right and back. */
  spread(): void {
    if (this.moving.length === 0) return;
    const { nodes } = this;
    for (let pass = 0; pass < 3; pass++) {
      let gained = 0;
      const from = (i: number, j: number) => {
        const trial = this.node(nodes[i].at, [nodes[j].point], 0);
        gained = Math.max(gained, nodes[i].value - trial.value);
        if (trial.value < nodes[i].value) nodes[i] = trial;
      };
      for (let i = 1; i < nodes.length; i++) from(i, i - 1);
      for (let i = nodes.length - 2; i >= 0; i--) from(i, i + 1);
      if (gained < 1e-4) break;
    }
  }

  /** Halves the steps in which the profile changes or bends most, as far as it is near the level. */
  refine(level: number): void {
    const { nodes } = this;
    const [lower, upper] = this.range;
    while (nodes.length < MOST_NODES) {
      const wanted: number[] = [];
      for (let i = 0; i + 1 < nodes.length; i++) {
        const [a, b] = [nodes[i], nodes[i + 1]];
        if (Math.min(a.value, b.value) > level + MARGIN) continue;
        if (b.at - a.at < 1e-6 * (upper - lower)) continue;
        const most = level + 2 * MARGIN;
        const step = Math.abs(Math.min(b.value, most) - Math.min(a.value, most));
        if (step > 0.6 || this.#bend(i) > 0.25) wanted.push((a.at + b.at) / 2);
      }
      if (wanted.length === 0) return;
      for (const at of wanted.slice(0, MOST_NODES - nodes.length + 1)) this.insert(at);
    }
  }

  /** How far the profile may be from a straight line in step `i`, from the slopes beside it. */
  #bend(i: number): number {
    const { nodes } = this;
    const slope = (j: number) =>
      j < 0 || j + 1 >= nodes.length
        ? Number.NaN
        : (nodes[j + 1].value - nodes[j].value) / (nodes[j + 1].at - nodes[j].at);
    const width = nodes[i + 1].at - nodes[i].at;
    const changes = [slope(i) - slope(i - 1), slope(i + 1) - slope(i)]
      .filter((change) => !Number.isNaN(change))
      .map((change) => Math.abs(change) * width);
    return Math.min(...changes, Number.POSITIVE_INFINITY) / 4;
  }

  /** The exact minimum at a node, beyond what the screen's gives. */
  polish(node: Node): Node {
    const found = this.search.polish(this.moving, node.point);
    if (found.value < node.value) {
      node.point = found.point;
      node.value = found.value;
    }
    return node;
  }
}
