import type { GridAxis } from "../../engine.js";
import { gridSize } from "../../points.js";
import {
  axisPairs,
  emptyProfiles,
  type GridProfiles,
  lineOf,
  type PlaneProfiles,
} from "../../profiles.js";
import type { Arena } from "./arena.js";

/** A plane in a kernel's memory: [combinations × cells]. */
interface KernelPlane {
  /** Its axes, x < y. */
  readonly x: number;
  readonly y: number;
  readonly cells: number;
  readonly values: number;
  readonly indices: number;
}

/**
 * Every plane of a grid in a kernel's memory, and what the kernel reads of them. A grid of one axis has
 * a plane with a second axis of one point.
 */
export class KernelPlanes {
  readonly #planes: readonly KernelPlane[];
  readonly #sizes: readonly number[];
  /** Descriptions: of a walked axis and one of the lanes, of two walked ones, of two of the lanes. */
  readonly mixed: number;
  readonly walked: number;
  readonly lanes: number;

  /** @param lanes axes of the lanes; axis `axes.length` is one of a single point */
  constructor(
    readonly arena: Arena,
    readonly axes: readonly GridAxis[],
    readonly combinations: number,
    walked: readonly number[],
    lanes: readonly number[],
  ) {
    const sizes = [...axes.map(({ points }) => points), 1];
    this.#sizes = sizes;
    const planes = new Map<string, KernelPlane>();
    const describe = (a: number, b: number): number[] => {
      const [x, y] = a < b ? [a, b] : [b, a];
      const key = `${x} ${y}`;
      const cells = sizes[x] * sizes[y];
      const plane = planes.get(key) ?? {
        x,
        y,
        cells,
        values: arena.reserve(4 * cells * combinations),
        indices: arena.reserve(8 * cells * combinations),
      };
      planes.set(key, plane);
      const strides = a < b ? [sizes[y], 1] : [1, sizes[y]];
      return [plane.values, plane.indices, cells, ...strides];
    };
    const pairs = (own: readonly number[]) =>
      axisPairs(own.length).map(([i, j]) => [own[i], own[j]] as const);
    const mixed = walked.flatMap((a) => lanes.flatMap((b) => describe(a, b)));
    const ofWalked = pairs(walked).flatMap(([a, b]) => describe(a, b));
    const ofLanes = pairs(lanes).flatMap(([a, b]) => describe(a, b));
    this.mixed = arena.keepInts(mixed);
    this.walked = arena.keepInts(ofWalked);
    this.lanes = arena.keepInts(ofLanes);
    this.#planes = [...planes.values()].sort((a, b) => a.x - b.x || a.y - b.y);
    this.clear();
  }

  clear(): void {
    for (const { values, indices, cells } of this.#planes) {
      const length = cells * this.combinations;
      this.arena.floats(values, length).fill(Number.POSITIVE_INFINITY);
      this.arena.doubles(indices, length).fill(Number.POSITIVE_INFINITY);
    }
  }

  /** @param offsets by combination, what values in memory lack */
  profiles(points: number, offsets: readonly number[]): GridProfiles {
    const { axes, combinations } = this;
    if (points === 0) return emptyProfiles(axes, combinations);
    const planes = this.#planes.map((plane) => this.#read(plane, offsets));
    const lines = axes.map((_, axis) => {
      // Any plane that shows the axis has its line.
      const plane = planes.find(({ x, y }) => x === axis || y === axis) as PlaneProfiles;
      const along = plane.x === axis ? "x" : "y";
      const [rows, columns] = [this.#sizes[plane.x], this.#sizes[plane.y]];
      return plane.profiles.map((profile) => lineOf(profile, rows, columns, along));
    });
    const best = lines[0].map((line) => {
      const { chi2, index } = lineOf(line, 1, line.chi2.length, "x");
      return { chi2: chi2[0], index: index[0] };
    });
    const shown = planes.filter(({ y }) => y < axes.length);
    return { points, best, lines, planes: shown };
  }

  #read({ x, y, cells, values, indices }: KernelPlane, offsets: readonly number[]): PlaneProfiles {
    const profiles = offsets.map((offset, k) => {
      const chi2 = Float64Array.from(this.arena.floats(values + 4 * k * cells, cells));
      for (let cell = 0; cell < cells; cell++) chi2[cell] += offset;
      return { chi2, index: this.arena.doubles(indices + 8 * k * cells, cells).slice() };
    });
    return { x, y, profiles };
  }
}

/** From point to point of an axis in the flat index. */
export function flatStride(axes: readonly GridAxis[], axis: number): number {
  return gridSize(axes.slice(axis + 1));
}
