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
  /** Returns χ² at the nuisances θ of the joint profile and adds its derivatives. */
  addTo(theta: Float64Array, derivatives: Derivatives): number;
}

export function createDerivatives(n: number): Derivatives {
  return {
    n,
    gradient: new Float64Array(n),
    hessian: new Float64Array(n * n),
    bend: new Float64Array(n * n),
  };
}
