import type { Landscape } from "./landscape.js";
import type { PositionSearch } from "./search.js";

/**
 * Mirrored branches are followed unless the Gaussian approximation puts them higher than the nominal
 * one by more than this: it is wrong by less.
 */
const MIRROR_MARGIN = 6;

/**
 * Where the priors alone cost more than this, fits are so far from the nominal templates that χ² may
 * have minima which the Gaussian approximation does not show.
 */
const STRAIN = 30;

/** Position to start from there, as a fraction of the whole range. */
const FURTHER = 0.25;

/** Distance to its minimum at which a start is good enough. */
const HELD_TOLERANCE = 1e-2;

/** The lowest of several minima: local ones from starts that differ in what χ² is not convex in. */
export class LowestMinimum {
  /** Newton iterations on χ² itself for the latest point, summed over the starts. */
  iterations = 0;
  /** Whether the lowest minimum so far is that of a descent that converged. */
  converged = false;
  private runs = 0;
  private hasEdge = false;
  private readonly trial: Float64Array;
  private chi2 = 0;

  constructor(
    private readonly landscape: Landscape,
    nuisances: number,
  ) {
    this.trial = new Float64Array(nuisances);
  }

  /**
   * @param theta receives the minimum
   * @returns χ² there
   */
  find(charges: Float64Array, familyValue: number, tolerance: number, theta: Float64Array): number {
    const { nominal, mirrored, strain, descent } = this.landscape;
    this.iterations = 0;
    this.runs = 0;
    this.hasEdge = false;
    const follow = (search: PositionSearch): void => {
      const starts = search.scan(charges, familyValue, tolerance);
      for (let s = 0; s < starts; s++) {
        search.start(s, this.trial);
        this.keepLower(theta, tolerance);
      }
    };
    follow(nominal);
    const highest = nominal.height + MIRROR_MARGIN;
    for (const { search } of mirrored) {
      if (search.heightAt(nominal, charges, familyValue) <= highest) follow(search);
    }
    if (strain(theta) > STRAIN) this.searchFurther(tolerance, theta);
    if (this.runs === 1 || !this.hasEdge) return this.chi2;
    // The barriers of an edge may be those of another minimum.
    const chi2 = descent.from(theta, tolerance);
    this.converged = descent.converged;
    return chi2;
  }

  /** From shapes that explain all alone; then from the lowest minimum and its mirror images, moved. */
  private searchFurther(tolerance: number, theta: Float64Array): void {
    const { trial } = this;
    const { nominal, mirrored, held, descent } = this.landscape;
    trial.set(theta);
    for (const { reflect } of mirrored) reflect(trial);
    held.minimise(descent.chi2, trial, HELD_TOLERANCE);
    this.keepLower(theta, tolerance);
    const found = theta.slice();
    for (const reflect of [undefined, ...mirrored.map((branch) => branch.reflect)]) {
      trial.set(found);
      reflect?.(trial);
      nominal.place(FURTHER, trial);
      this.keepLower(theta, tolerance);
    }
  }

  private keepLower(theta: Float64Array, tolerance: number): void {
    const { descent } = this.landscape;
    const chi2 = descent.from(this.trial, tolerance);
    this.iterations += descent.iterations;
    this.hasEdge ||= descent.hasBarrier;
    if (this.runs++ > 0 && !(chi2 < this.chi2)) return;
    this.converged = descent.converged;
    this.chi2 = chi2;
    theta.set(this.trial);
  }
}
