import type { Newton, Objective } from "./newton.js";
import type { BinnedTerm } from "./part.js";

/**
 * Empty bins end up having "seen" this many events where the minimum lies at μ = 0: χ² is then too
 * high by twice that for each of them.
 */
const SMALLEST_BARRIER = 1e-10;

/** The way down from a start to the local minimum of χ², be it at the edge, where some μ_b = 0. */
export class Descent {
  /** Of the latest descent: Newton iterations, and whether it reached its minimum. */
  iterations = 0;
  converged = false;
  /** Whether it went along an edge: derivatives then hold the forces of barriers. */
  hasBarrier = false;

  /** @param binned the parts of `chi2` that are evaluated bin by bin */
  constructor(
    readonly chi2: Objective,
    private readonly newton: Newton,
    private readonly binned: readonly BinnedTerm[],
  ) {}

  /**
   * @param theta the start, overwritten by the minimum; χ² was evaluated last there, or very near
   * @returns χ² there; +Infinity where events were seen that no nuisances can explain
   */
  from(theta: Float64Array, tolerance: number): number {
    const { newton, binned } = this;
    if (this.hasBarrier) this.setBarrier();
    let chi2 = newton.minimise(this.chi2, theta, tolerance);
    this.iterations = newton.iterations;
    for (const part of binned) {
      if (part.isInDomain()) continue;
      chi2 = this.alongEdge(theta, tolerance);
      break;
    }
    this.converged = newton.converged;
    return chi2;
  }

  /**
   * Some μ_b would have to be negative, or nearly vanishes where events were seen: approach the edge
   * by ever weaker logarithmic barriers.
   */
  private alongEdge(theta: Float64Array, tolerance: number): number {
    const { newton, binned } = this;
    if (binned.some((part) => part.isImpossible())) return Number.POSITIVE_INFINITY;
    for (let seen = 1e-2; seen > SMALLEST_BARRIER / 2; seen *= 0.1) {
      this.setBarrier(seen, seen);
      newton.minimise(this.chi2, theta, tolerance);
      this.iterations += newton.iterations;
    }
    // χ² no longer tells how close μ is to its tiny value, on which the gradient depends.
    for (let i = 0; i < 3; i++) newton.minimise(this.chi2, theta, tolerance);
    if (!binned.every((part) => part.isInDomain())) return Number.POSITIVE_INFINITY;
    // The barriers go, but stay in the derivatives: their slopes are the forces of the constraints.
    this.setBarrier(SMALLEST_BARRIER);
    const chi2 = this.chi2.chi2At(theta);
    this.setBarrier(SMALLEST_BARRIER, SMALLEST_BARRIER);
    return chi2;
  }

  private setBarrier(floor?: number, seen?: number): void {
    this.hasBarrier = floor !== undefined;
    for (const part of this.binned) part.setBarrier(floor, seen);
  }
}
