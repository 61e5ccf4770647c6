import { createDerivatives, type Part } from "../part.js";

/** A polynomial of second degree in the charges: constant, linear and quadratic coefficients. */
export interface ChargePolynomial {
  readonly constant: number;
  readonly terms: readonly {
    /** Indices of one or two charges of the description. */
    readonly charges: readonly number[];
    readonly coefficient: number;
  }[];
}

/**
 * χ² = c − 2 b·η + ηᵀ A η of terms quadratic in their nuisances, with η = θ − θ₀ and every entry a
 * polynomial of the charges. With θ₀ = −1 for the norms of the signal no charge is left in c, and
 * nothing large cancels where the signal is large: c − bᵀA⁻¹b can be had in float32.
 */
export interface QuadraticForm {
  readonly nuisances: number;
  readonly c: ChargePolynomial;
  /** [nuisances] */
  readonly b: readonly ChargePolynomial[];
  /** Lower triangle, row by row. */
  readonly A: readonly ChargePolynomial[];
}

/** Coefficients below this fraction of a polynomial's largest, at the reference, are rounding. */
const NEGLIGIBLE = 1e-11;

/**
 * Reads the polynomials off the parts themselves, by evaluating them at chosen charges.
 *
 * @param origin θ₀, [nuisances of the joint profile]
 * @param own indices of the charges that the parts depend on
 * @param unit charges of order of those of interest, [charges of the description]
 */
export function quadraticForm(
  parts: readonly Part[],
  origin: Float64Array,
  own: readonly number[],
  unit: Float64Array,
  familyValue: number,
): QuadraticForm {
  const n = origin.length;
  const derivatives = createDerivatives(n);
  /** c, b and A, one after the other, at sums of units of some charges. */
  const entriesAt = (steps: readonly (readonly [number, number])[]): Float64Array => {
    const charges = new Float64Array(unit.length);
    for (const [charge, sign] of steps) charges[charge] += sign * unit[charge];
    derivatives.gradient.fill(0);
    derivatives.hessian.fill(0);
    let chi2 = 0;
    for (const part of parts) {
      part.setPoint(charges, familyValue);
      chi2 += part.chi2At(origin);
      part.addDerivatives(origin, derivatives);
    }
    const entries = [chi2, ...derivatives.gradient.map((slope) => -slope / 2)];
    for (let i = 0; i < n; i++) {
      for (let k = 0; k <= i; k++) entries.push(derivatives.hessian[i * n + k] / 2);
    }
    return Float64Array.from(entries);
  };
  const constant = entriesAt([]);
  const up = own.map((c) => entriesAt([[c, 1]]));
  const down = own.map((c) => entriesAt([[c, -1]]));
  const cross = own.map((c, i) =>
    own.slice(0, i).map((d) =>
      entriesAt([
        [c, 1],
        [d, 1],
      ]),
    ),
  );
  const polynomial = (entry: number): ChargePolynomial => {
    const all = own.flatMap((c, i) => [
      { charges: [c], value: (up[i][entry] - down[i][entry]) / 2 },
      { charges: [c, c], value: (up[i][entry] + down[i][entry]) / 2 - constant[entry] },
      ...own.slice(0, i).map((d, k) => ({
        charges: [d, c],
        value: cross[i][k][entry] - up[i][entry] - up[k][entry] + constant[entry],
      })),
    ]);
    const largest = Math.max(Math.abs(constant[entry]), ...all.map(({ value }) => Math.abs(value)));
    const terms = all
      .filter(({ value }) => Math.abs(value) > NEGLIGIBLE * largest)
      .map(({ charges, value }) => ({
        charges,
        coefficient: charges.reduce((x, c) => x / unit[c], value),
      }));
    return { constant: constant[entry], terms };
  };
  const entries = Array.from(constant, (_, entry) => polynomial(entry));
  return {
    nuisances: n,
    c: entries[0],
    b: entries.slice(1, n + 1),
    A: entries.slice(n + 1),
  };
}
