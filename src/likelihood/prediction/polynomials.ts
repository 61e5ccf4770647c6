/**
 * Polynomials in one or two variables of [0, 1] up to a total degree, as sums of products of
 * Chebyshev polynomials T_i(2g − 1): well conditioned, so that float32 loses nothing.
 */
export interface PolynomialBasis {
  readonly degree: number;
  /** Degrees by variable of each basis function. */
  readonly exponents: readonly (readonly number[])[];
}

export function polynomialBasis(variables: number, degree: number): PolynomialBasis {
  const exponents: number[][] = [];
  for (let i = 0; i <= degree; i++) {
    const most = variables === 1 ? 0 : degree - i;
    for (let j = 0; j <= most; j++) exponents.push(variables === 1 ? [i] : [i, j]);
  }
  return { degree, exponents };
}

/** Writes the basis functions at g into `out`, [exponents]. */
export function evaluateBasis(
  { degree, exponents }: PolynomialBasis,
  g: Float64Array,
  out: Float64Array,
): void {
  const powers = Array.from(g, (value) => chebyshev(2 * value - 1, degree));
  for (let k = 0; k < exponents.length; k++) {
    let product = 1;
    for (let v = 0; v < powers.length; v++) product *= powers[v][exponents[k][v]];
    out[k] = product;
  }
}

/** T_0 … T_degree at x. */
function chebyshev(x: number, degree: number): Float64Array {
  const t = new Float64Array(degree + 1);
  t[0] = 1;
  if (degree > 0) t[1] = x;
  for (let i = 2; i <= degree; i++) t[i] = 2 * x * t[i - 1] - t[i - 2];
  return t;
}
