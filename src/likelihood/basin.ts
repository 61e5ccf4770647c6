import type { Derivatives } from "./part.js";

/** Height up to which a basin is known to be one, in χ² above where it was measured. */
const HIGHEST = 3;
/** What χ² may differ from the model there, as a fraction of that height. */
const LIKENESS = 0.2;
/** A descent whose last step promises less has settled for a minimum of its own. */
const SETTLED = 0.3;
/** How many times its promise it may fall from there. */
const MARGIN = 4;

/** The surroundings of a minimum that was found: χ² to second order at its last evaluation. */
class Basin {
  chi2 = 0;
  readonly #theta: Float64Array;
  readonly #gradient: Float64Array;
  readonly #curvature: Float64Array;

  constructor(n: number) {
    this.#theta = new Float64Array(n);
    this.#gradient = new Float64Array(n);
    this.#curvature = new Float64Array(n * n);
  }

  set(theta: Float64Array, chi2: number, { gradient, hessian, bend }: Derivatives): void {
    this.chi2 = chi2;
    this.#theta.set(theta);
    this.#gradient.set(gradient);
    const curvature = this.#curvature;
    for (let k = 0; k < curvature.length; k++) curvature[k] = hessian[k] + bend[k];
  }

  /** Whether χ² has at θ what the basin promises there, not far above its bottom. */
  holds(theta: Float64Array, chi2: number): boolean {
    const n = theta.length;
    const origin = this.#theta;
    let height = 0;
    for (let i = 0; i < n; i++) {
      const off = theta[i] - origin[i];
      let bent = 0;
      for (let k = 0; k < n; k++) bent += this.#curvature[i * n + k] * (theta[k] - origin[k]);
      height += off * (this.#gradient[i] + 0.5 * bent);
    }
    if (!(height >= 0 && height <= HIGHEST)) return false;
    return Math.abs(chi2 - this.chi2 - height) <= LIKENESS * height;
  }
}

/** The basins found at one point: descents that lead to one of them, or to a higher one, may stop. */
export class Basins {
  readonly #all: Basin[] = [];
  #count = 0;
  #lowest = Number.POSITIVE_INFINITY;

  clear(): void {
    this.#count = 0;
    this.#lowest = Number.POSITIVE_INFINITY;
  }

  /** @param theta where χ² and its derivatives are these, near a minimum */
  add(theta: Float64Array, chi2: number, derivatives: Derivatives): void {
    this.#all[this.#count] ??= new Basin(theta.length);
    this.#all[this.#count++].set(theta, chi2, derivatives);
    this.#lowest = Math.min(this.#lowest, chi2);
  }

  /**
   * Whether a descent that has come to θ leads to nothing new.
   * @param promise decrease that a Newton step promises from there, if the last one was a full step
   */
  has(theta: Float64Array, chi2: number, promise: number | undefined): boolean {
    if (chi2 < this.#lowest) return false;
    if (promise !== undefined && promise < SETTLED && chi2 - MARGIN * promise > this.#lowest) {
      return true;
    }
    for (let k = 0; k < this.#count; k++) if (this.#all[k].holds(theta, chi2)) return true;
    return false;
  }
}
