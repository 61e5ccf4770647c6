/** First and second derivatives of χ² by the nuisances of a joint profile. */
export interface Derivatives {
  /** Number of nuisances n. */
  readonly n: number;
  /** ∂χ²/∂θ, [n]. */
  readonly gradient: Float64Array;
  /** The positive semidefinite part of ∂²χ²/∂θ², [n × n], both triangles. */
  readonly hessian: Float64Array;
  /** What second derivatives of μ (θ² in a morph, products) add to it, of any sign, [n × n]. */
  readonly bend: Float64Array;
}

/** What one term contributes to a joint profile. */
export interface Part {
  /** Whether χ² is exactly quadratic in the nuisances. */
  readonly isQuadratic: boolean;
  /** Fixes the squared charges (of the description) and the value of the family parameter. */
  setPoint(charges: Float64Array, familyValue: number): void;
  /** χ² at the nuisances θ of the joint profile. */
  chi2At(theta: Float64Array): number;
  /** Adds its derivatives at the nuisances of the latest {@link chi2At}. */
  addDerivatives(theta: Float64Array, derivatives: Derivatives): void;
  /**
   * Adds ∂χ²/∂q by charge of the description, at the point and at nuisances held at θ. Absent where
   * what fixes a point is not its charges.
   */
  addChargeGradient?(theta: Float64Array, out: Float64Array): void;
}

/** A term that is evaluated bin by bin. */
export interface BinnedTerm extends Part {
  addChargeGradient(theta: Float64Array, out: Float64Array): void;
  /** Whether the latest evaluation is the likelihood itself, not one of its continuations. */
  isInDomain(): boolean;
  /** χ² of the latest evaluation as the data have it, without barriers. */
  chi2AtLatest(): number;
  /** Whether a bin has seen events that no θ at all can explain. */
  isImpossible(): boolean;
  /**
   * Keeps expected counts positive: bins continue as parabolas only below `floor` · N, and an empty
   * bin is taken to have seen `seen` events, which bars μ ≤ 0 as a logarithmic barrier does.
   */
  setBarrier(floor?: number, seen?: number): void;
}

export function createDerivatives(n: number): Derivatives {
  return {
    n,
    gradient: new Float64Array(n),
    hessian: new Float64Array(n * n),
    bend: new Float64Array(n * n),
  };
}
