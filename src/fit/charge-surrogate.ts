import { type ChargeModel, chargeModel } from "../model/charges.js";
import { PARAMETERS, parameterIndex } from "../model/parameters.js";
import { choleskyFactor } from "../numerics/linear-algebra.js";
import type { ChiSquare } from "./chi-square.js";

const EXPONENT = parameterIndex("exponent_x");
/** Steps of the derivatives: of a charge relative to itself and to the largest, and of the exponent. */
const RELATIVE_STEP = 0.05;
const LEAST_STEP = 1e-3;
const EXPONENT_STEP = 0.02;

/**
 * χ² as a quadratic in the squared charges (and the exponent, where templates follow it) around a
 * point. χ² depends on parameters through the charges only and has few minima in them; that parameters
 * have many is the doing of the charges, which this model has exactly: its minima in the parameters lie
 * where those of χ² do, mirror images and degenerate valleys included, and cost nothing to find.
 */
export class ChargeSurrogate {
  readonly #charges: ChargeModel;
  readonly #squared: Float64Array;
  readonly #jacobian: Float64Array;
  readonly #hasFamily: boolean;
  /** Coordinates of the point, [charges, then the exponent]; χ²'s value, slopes and curvature there. */
  readonly #centre: Float64Array;
  readonly #value: number;
  readonly #slopes: Float64Array;
  readonly #curvature: Float64Array;

  /** @param at full parameter vector of the point, [PARAMETERS] */
  constructor(chi2: ChiSquare, at: Float64Array) {
    const { charges, family } = chi2.analysis.description;
    this.#charges = chargeModel(charges);
    this.#hasFamily = family !== undefined;
    this.#squared = new Float64Array(charges.length);
    this.#jacobian = new Float64Array(charges.length * PARAMETERS.length);
    this.#centre = this.#coordinates(at);
    const n = this.#centre.length;
    const slopesAt = (coordinates: Float64Array): { value: number; slopes: Float64Array } => {
      const slopes = new Float64Array(charges.length);
      const exponent = this.#hasFamily ? coordinates[charges.length] : at[EXPONENT];
      return {
        value: chi2.chargeGradient(coordinates.subarray(0, charges.length), exponent, slopes),
        slopes,
      };
    };
    const largest = Math.max(...this.#centre.subarray(0, charges.length));
    const moved = (i: number, step: number) => {
      const coordinates = this.#centre.slice();
      coordinates[i] += step;
      return slopesAt(coordinates);
    };
    const here = slopesAt(this.#centre);
    this.#value = here.value;
    this.#slopes = new Float64Array(n);
    this.#slopes.set(here.slopes);
    this.#curvature = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      const isExponent = i === charges.length;
      const charge = this.#centre[i];
      const step = isExponent ? EXPONENT_STEP : RELATIVE_STEP * charge + LEAST_STEP * largest;
      // One-sided where a charge would become negative.
      const [below, above] = isExponent || charge >= step ? [-step, step] : [0, 2 * step];
      const [low, high] = [moved(i, below), moved(i, above)];
      high.slopes.forEach((slope, c) => {
        this.#curvature[c * n + i] = (slope - low.slopes[c]) / (above - below);
        if (isExponent) this.#curvature[i * n + c] = this.#curvature[c * n + i];
      });
      if (!isExponent) continue;
      this.#slopes[i] = (high.value - low.value) / (2 * step);
      this.#curvature[i * n + i] = (high.value + low.value - 2 * here.value) / step ** 2;
    }
    makePositive(this.#curvature, n);
  }

  /** @param gradient receives ∂/∂p, [PARAMETERS] */
  fall(parameters: Float64Array, gradient: Float64Array): number {
    const centre = this.#centre;
    const n = centre.length;
    const off = this.#coordinates(parameters).map((value, i) => value - centre[i]);
    this.#charges.jacobian(parameters, this.#jacobian);
    gradient.fill(0);
    let value = this.#value;
    for (let i = 0; i < n; i++) {
      let bent = 0;
      for (let k = 0; k < n; k++) bent += this.#curvature[i * n + k] * off[k];
      const slope = this.#slopes[i] + bent;
      value += off[i] * (this.#slopes[i] + 0.5 * bent);
      if (i === this.#squared.length) gradient[EXPONENT] += slope;
      else {
        for (let p = 0; p < gradient.length; p++) {
          gradient[p] += slope * this.#jacobian[i * PARAMETERS.length + p];
        }
      }
    }
    return value;
  }

  /** Jᵀ W J, [PARAMETERS × PARAMETERS]: the curvature that the charges' own gives to parameters. */
  curvature(parameters: Float64Array): Float64Array {
    const P = PARAMETERS.length;
    const n = this.#centre.length;
    this.#charges.jacobian(parameters, this.#jacobian);
    const rows = new Float64Array(n * P);
    rows.set(this.#jacobian);
    if (this.#hasFamily) rows[this.#squared.length * P + EXPONENT] = 1;
    const result = new Float64Array(P * P);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        const weight = this.#curvature[i * n + k];
        if (weight === 0) continue;
        for (let p = 0; p < P; p++) {
          const left = weight * rows[i * P + p];
          if (left === 0) continue;
          for (let q = 0; q < P; q++) result[p * P + q] += left * rows[k * P + q];
        }
      }
    }
    return result;
  }

  #coordinates(parameters: Float64Array): Float64Array {
    this.#charges.fill(parameters, this.#squared);
    const size = this.#squared.length + (this.#hasFamily ? 1 : 0);
    const coordinates = new Float64Array(size);
    coordinates.set(this.#squared);
    if (this.#hasFamily) coordinates[size - 1] = parameters[EXPONENT];
    return coordinates;
  }
}

/** Makes a matrix [n × n] symmetric and positive definite by a ridge in proportion to its diagonal. */
function makePositive(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) {
      const mean = (matrix[i * n + k] + matrix[k * n + i]) / 2;
      matrix[i * n + k] = mean;
      matrix[k * n + i] = mean;
    }
  }
  if (!matrix.every(Number.isFinite)) {
    for (let k = 0; k < n * n; k++) matrix[k] = k % (n + 1) === 0 ? 1 : 0;
  }
  const sizes = Array.from({ length: n }, (_, i) => Math.abs(matrix[i * n + i]));
  const least = 1e-12 * Math.max(...sizes) || 1;
  for (let ridge = 1e-9; !choleskyFactor(matrix.slice(), n); ridge *= 4) {
    for (let i = 0; i < n; i++) matrix[i * n + i] += ridge * Math.max(sizes[i], least);
  }
}
