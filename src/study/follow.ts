import type { GridAxis } from "../engine/engine.js";
import { pointAt } from "../engine/points.js";
import { ChiSquare } from "../fit/chi-square.js";
import { signImages } from "../fit/sign-images.js";
import type { Combination } from "../likelihood/description.js";
import { parameter, parameterIndex, standardModelPoint } from "../model/parameters.js";
import { minimise } from "../numerics/minimise.js";
import { naturalScale, seenCharges } from "./plane-starts.js";
import type { PreparedScan } from "./prepare.js";

/** A local minimum of χ² within the box that the axes span, off the grid. */
export interface GridMinimum {
  /** By axis. */
  readonly point: readonly number[];
  readonly value: number;
  readonly converged: boolean;
}

/** Longest step of a search, in grid steps: further, and it might leave its basin. */
const LONGEST_STEP = 2;

/** Follows χ² of one combination down from grid points, with gradients. */
export class Follower {
  readonly #chi2: ChiSquare;
  readonly #full: Float64Array;
  readonly #axes: readonly GridAxis[];
  readonly #indices: readonly number[];

  constructor({ scan, analysis, base }: PreparedScan, { datasets }: Combination) {
    this.#chi2 = new ChiSquare(analysis, datasets);
    this.#full = base.slice();
    this.#axes = scan.axes;
    this.#indices = scan.axes.map(({ parameter }) => parameterIndex(parameter));
  }

  /** χ² at a point, by axis. */
  value(point: readonly number[]): number {
    point.forEach((value, axis) => {
      this.#full[this.#indices[axis]] = value;
    });
    return this.#chi2.value(this.#full);
  }

  /**
   * Starts off the grid: where the squared charges are about those of a point, or of the Standard Model.
   * @param of a point by axis
   */
  images(of?: readonly number[]): number[][] {
    const { analysis, datasets } = this.#chi2;
    const own = seenCharges(analysis, datasets).map((i) => analysis.description.charges[i]);
    const at = this.#full.slice();
    const point = of ?? this.#axes.map(({ parameter: name }) => parameter(name).standardModel);
    point.forEach((value, axis) => {
      at[this.#indices[axis]] = value;
    });
    const free = this.#axes.map(({ parameter: name, from, to }) => {
      return { name, lower: from, upper: to };
    });
    return signImages(own, of ? at : standardModelPoint(), at, free);
  }

  /**
   * @param start flat index
   * @param held axes that keep the value of the start
   */
  from(start: number, held: readonly number[] = []): GridMinimum {
    return this.fromPoint(pointAt(this.#axes, start), held);
  }

  /**
   * @param begin by axis
   * @param held axes that keep the value of the start
   */
  fromPoint(begin: readonly number[], held: readonly number[] = []): GridMinimum {
    const free = [...this.#axes.keys()].filter((axis) => !held.includes(axis));
    const point = [...begin];
    const at = (values: ArrayLike<number>): Float64Array => {
      free.forEach((axis, i) => {
        point[axis] = values[i];
      });
      point.forEach((value, axis) => {
        this.#full[this.#indices[axis]] = value;
      });
      return this.#full;
    };
    const own = free.map((axis) => this.#axes[axis]);
    const natural = naturalScale(own);
    const lower = own.map(({ from, to }) => Math.min(from, to));
    const upper = own.map(({ from, to }) => Math.max(from, to));
    const found = minimise(
      (values) => this.#chi2.value(at(values)),
      free.map((axis) => begin[axis]),
      {
        lower,
        upper,
        // Where the grid's steps are longer than what χ² does, that counts.
        scale: own.map(({ points }, i) => {
          return Math.min((upper[i] - lower[i]) / (points - 1), natural[i]);
        }),
        longestStep: LONGEST_STEP,
        gradient: (values) => {
          const gradient = this.#chi2.gradient(at(values));
          return free.map((axis) => gradient[this.#indices[axis]]);
        },
      },
    );
    at(found.point);
    return { point: [...point], value: found.value, converged: found.converged };
  }
}
