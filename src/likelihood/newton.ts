import { BoxQuadratic } from "./box-quadratic.js";
import { createDerivatives, type Derivatives } from "./part.js";

/** A function of the nuisances to be minimised. */
export interface Objective {
  /** Whether one Newton step reaches the minimum exactly. */
  readonly isQuadratic: boolean;
  chi2At(theta: Float64Array): number;
  /** Overwrites the derivatives of χ² by those at θ, that of the latest {@link chi2At}. */
  differentiate(theta: Float64Array, derivatives: Derivatives): void;
}

const MAX_ITERATIONS = 200;

/** Largest decrease of a quadratic χ², from one step, that is exact to the digits that χ² promises. */
const EXACT_DECREASE = 1e5;
/** Beyond this no further step regains the digits. */
const LOST_DECREASE = 1e30;

/**
 * Newton's method within a box: every step minimises the local quadratic model over the whole box,
 * and is shortened until χ² really falls.
 */
export class Newton {
  /** Of the latest minimisation: steps taken, and whether they reached the tolerance. */
  iterations = 0;
  converged = false;
  private readonly derivatives: Derivatives;
  private readonly model: BoxQuadratic;
  private readonly curvature: Float64Array;
  private readonly step: Float64Array;
  private readonly trial: Float64Array;
  private readonly down: Float64Array;
  private readonly up: Float64Array;

  constructor(
    private readonly lower: Float64Array,
    private readonly upper: Float64Array,
  ) {
    const n = lower.length;
    this.derivatives = createDerivatives(n);
    this.model = new BoxQuadratic(n);
    this.curvature = new Float64Array(n * n);
    this.step = new Float64Array(n);
    this.trial = new Float64Array(n);
    this.down = new Float64Array(n);
    this.up = new Float64Array(n);
  }

  /**
   * Minimises from θ, which is overwritten by the minimum, until the χ² returned (what the last model
   * promises) is above the minimum by less than `tolerance`. With Δ the decrease promised, that
   * excess is cubic in the step: at most ¼ (2Δ)^{3/2} for Poisson terms, as |f‴| ≤ √2 f″^{3/2} for
   * N ≥ 1; and where a full step led from a promise Δ₀ to Δ, convergence is quadratic and the excess
   * about Δ²/Δ₀.
   */
  minimise(objective: Objective, theta: Float64Array, tolerance: number): number {
    const { step, trial } = this;
    const n = theta.length;
    this.converged = false;
    this.clamp(theta);
    let chi2 = objective.chi2At(theta);
    objective.differentiate(theta, this.derivatives);
    let before = 0;
    for (this.iterations = 1; this.iterations <= MAX_ITERATIONS; this.iterations++) {
      const slope = this.findStep(theta);
      const decrease = this.promised;
      const rounding = 1e-14 * Math.abs(chi2);
      if (
        decrease <= rounding ||
        0.25 * (2 * decrease) ** 1.5 <= tolerance ||
        decrease * decrease <= tolerance * before ||
        (objective.isQuadratic && !(decrease > EXACT_DECREASE && decrease < LOST_DECREASE))
      ) {
        for (let i = 0; i < n; i++) theta[i] += step[i];
        this.clamp(theta);
        this.converged = true;
        return chi2 - decrease;
      }
      let length = 1;
      let reached = 0;
      for (;;) {
        for (let i = 0; i < n; i++) trial[i] = theta[i] + length * step[i];
        this.clamp(trial);
        // A step below the digits of θ, as there are along steep barriers: nothing would change.
        if (trial.every((value, i) => value === theta[i])) return chi2;
        reached = objective.chi2At(trial);
        if (reached <= chi2 + 1e-4 * length * slope + rounding) break;
        length *= 0.5;
        if (length < 1e-12) return chi2;
      }
      before = length === 1 ? decrease : 0;
      theta.set(trial);
      chi2 = reached;
      objective.differentiate(theta, this.derivatives);
    }
    return chi2;
  }

  /** The decrease of χ² that the model promises for the step. */
  private promised = 0;

  /** Minimises the model around θ; returns the directional derivative g·p ≤ 0. */
  private findStep(theta: Float64Array): number {
    const { lower, upper, down, up, step, curvature, model } = this;
    const { gradient, hessian, bend } = this.derivatives;
    const n = theta.length;
    for (let i = 0; i < n; i++) {
      down[i] = lower[i] - theta[i];
      up[i] = upper[i] - theta[i];
    }
    for (let k = 0; k < n * n; k++) curvature[k] = hessian[k] + bend[k];
    if (!model.solve(curvature, gradient, down, up, step)) {
      // Curved the wrong way: keep only the part that is positive by construction.
      curvature.set(hessian);
      for (let k = 0; k < n * n; k += n + 1) curvature[k] += Math.max(bend[k], 0);
      model.solve(curvature, gradient, down, up, step);
    }
    let slope = 0;
    let bending = 0;
    for (let i = 0; i < n; i++) {
      slope += gradient[i] * step[i];
      let sum = 0;
      for (let k = 0; k < n; k++) sum += curvature[i * n + k] * step[k];
      bending += step[i] * sum;
    }
    this.promised = -(slope + 0.5 * bending);
    return slope;
  }

  private clamp(theta: Float64Array): void {
    for (let i = 0; i < theta.length; i++) {
      theta[i] = Math.min(Math.max(theta[i], this.lower[i]), this.upper[i]);
    }
  }
}
