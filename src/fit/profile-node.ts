import type { CurveNode } from "../contour/hermite.js";
import type { FreeSpace } from "./free-space.js";
import { distance, type LocalMinimum } from "./local-minimum.js";

/** Local minima nearer to each other than this, in natural sizes of the variables, are one. */
export const SAME_VALLEY = 0.02;
const MOST_VALLEYS = 10;
/**
 * Valleys of the same χ², to this, and the same slope that are kept: along a degeneracy there are any
 * number.
 */
const MOST_ALIKE = 3;
const ALIKE = 1e-6;

/** A local minimum over the other free parameters, and the branch of such minima that it lies on. */
export interface Valley extends LocalMinimum {
  readonly branch: number;
}

/** A value of the profiled parameter, with the local minima over the other free parameters there. */
export class ProfileNode implements CurveNode {
  /** Lowest first. */
  valleys: Valley[] = [];

  constructor(
    readonly x: number,
    /** The other free parameters, this one held. */
    readonly space: FreeSpace,
    private readonly index: number,
  ) {}

  get value(): number {
    return this.valleys[0].value;
  }

  /** dχ²/dx: the others are at their minimum, so that only the parameter itself acts. */
  get slope(): number {
    return this.valleys[0].gradient[this.index];
  }

  /** The parameter vector of the lowest valley. */
  get parameters(): Float64Array {
    return this.space.parameters(this.valleys[0].point);
  }

  /** Whether a valley is known: it itself, or several with the same χ² and slope, as symmetries make. */
  knows(found: LocalMinimum): boolean {
    const alike = this.valleys.filter(
      ({ value, gradient }) =>
        Math.abs(value - found.value) < ALIKE &&
        Math.abs(gradient[this.index] - found.gradient[this.index]) <
          1e-3 * (1 + Math.abs(gradient[this.index])),
    );
    return alike.length >= MOST_ALIKE || this.isNear(found.point, SAME_VALLEY);
  }

  isNear(point: Float64Array, within: number): boolean {
    return this.valleys.some((valley) => distance(valley.point, point) < within);
  }

  add(valley: Valley): void {
    this.valleys.push(valley);
    this.valleys.sort((a, b) => a.value - b.value);
    this.valleys.length = Math.min(this.valleys.length, MOST_VALLEYS);
  }
}
