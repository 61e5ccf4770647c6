import type { CompressedPart } from "./compress.js";
import type { Newton, Objective } from "./newton.js";
import type { Part } from "./part.js";

/** A nuisance that moves signals along families of templates, and where searches along it start. */
export interface PositionAxis {
  /** Its index in the joint profile. */
  readonly at: number;
  /** Equally spaced, ascending. */
  readonly values: Float64Array;
  /** The terms that it moves (indices in the joint profile), in the Gaussian approximation. */
  readonly moved: readonly {
    readonly term: number;
    /** At each of `values`. */
    readonly parts: readonly CompressedPart[];
  }[];
}

/**
 * Where to start a minimisation: χ² may have several minima along a position, and Newton finds only
 * the one it starts near. Every axis in turn is scanned in the Gaussian approximation with all other
 * nuisances profiled, axes already scanned staying at their best.
 */
export class PositionSearch {
  private readonly heights: readonly Float64Array[];
  /** Of every axis: how many local minima the scan found, and where. */
  private readonly counts: Int32Array;
  private readonly minima: readonly Float64Array[];
  private readonly best: Float64Array;
  /** Of every axis: where the latest scan was lowest, an index of its values. */
  readonly lowest: Int32Array;
  /** χ² there, in the Gaussian approximation. */
  height = 0;

  /** @param starts the parts that `approximate` sums, whose entries follow the axes */
  constructor(
    private readonly axes: readonly PositionAxis[],
    private readonly starts: Part[],
    private readonly approximate: Objective,
    private readonly newton: Newton,
    nuisances: number,
  ) {
    this.heights = axes.map(({ values }) => new Float64Array(values.length));
    this.minima = axes.map(({ values }) => new Float64Array(values.length));
    this.counts = new Int32Array(axes.length);
    this.lowest = new Int32Array(axes.length);
    this.best = new Float64Array(nuisances);
  }

  /** Scans at a point; the other parts have been set to it. @returns the number of starts */
  scan(charges: Float64Array, familyValue: number, tolerance: number): number {
    const { axes, best, heights, lowest } = this;
    best.fill(0);
    for (const axis of axes) this.choose(axis, axis.values.length >> 1, charges, familyValue);
    let starts = 1;
    for (let a = 0; a < axes.length; a++) {
      lowest[a] = 0;
      for (let k = 0; k < heights[a].length; k++) {
        this.choose(axes[a], k, charges, familyValue);
        heights[a][k] = this.newton.minimise(this.approximate, best, tolerance);
        if (heights[a][k] < heights[a][lowest[a]]) lowest[a] = k;
      }
      this.choose(axes[a], lowest[a], charges, familyValue);
      this.height = this.newton.minimise(this.approximate, best, tolerance);
      starts *= this.findMinima(a);
    }
    return starts;
  }

  /** χ² in the Gaussian approximation where another search was lowest. */
  heightAt(other: PositionSearch, charges: Float64Array, familyValue: number): number {
    const { axes, best } = this;
    for (let a = 0; a < axes.length; a++) {
      this.choose(axes[a], other.lowest[a], charges, familyValue);
    }
    best.fill(0);
    return this.newton.minimise(this.approximate, best, 0);
  }

  /** Writes start number s, 0 ≤ s < starts, into θ. */
  start(s: number, theta: Float64Array): void {
    theta.set(this.best);
    let rest = s;
    for (let a = 0; a < this.axes.length; a++) {
      theta[this.axes[a].at] = this.minima[a][rest % this.counts[a]];
      rest = Math.floor(rest / this.counts[a]);
    }
  }

  /** Moves θ to a fraction of every axis. */
  place(fraction: number, theta: Float64Array): void {
    for (const { at, values } of this.axes) {
      theta[at] = values[0] + fraction * (values[values.length - 1] - values[0]);
    }
  }

  private choose(axis: PositionAxis, k: number, charges: Float64Array, familyValue: number): void {
    for (const { term, parts } of axis.moved) {
      this.starts[term] = parts[k];
      parts[k].setPoint(charges, familyValue);
    }
  }

  /** The local minima of the heights along an axis, each moved to the vertex of its parabola. */
  private findMinima(a: number): number {
    const { values } = this.axes[a];
    const heights = this.heights[a];
    const last = heights.length - 1;
    let count = 0;
    for (let k = 0; k <= last; k++) {
      const left = k > 0 ? heights[k - 1] - heights[k] : Number.POSITIVE_INFINITY;
      const right = k < last ? heights[k + 1] - heights[k] : Number.POSITIVE_INFINITY;
      if (!(left > 0 && right >= 0)) continue;
      const inside = k > 0 && k < last && left + right > 0;
      const shift = inside ? (0.5 * (left - right)) / (left + right) : 0;
      this.minima[a][count++] = values[k] + shift * (values[1] - values[0]);
    }
    this.counts[a] = count;
    return count;
  }
}
