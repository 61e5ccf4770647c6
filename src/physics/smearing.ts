import { erfc, logGamma } from "../numerics/special.js";

/**
 * Density of the reconstructed light x, given the mean number of photoelectrons, for CsI: the gamma
 * distribution of C22 eq. (A3) with a = 1/PE, b = `shape` × PE. Units 1/PE.
 */
export function gammaSmearing(mean: number, x: number, shape: number): number {
  if (x <= 0 || mean <= 0) return 0;
  const k = 1 + shape * mean;
  const rate = k / mean;
  return Math.exp(k * Math.log(rate) - logGamma(k) + (k - 1) * Math.log(x) - rate * x);
}

/** A function linear between two abscissae, y = value + slope (x − from), for from ≤ x < to. */
export interface LinearPiece {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly slope: number;
}

/**
 * ∫ (linear piece) × Gaussian(x; mean, width) dx, in closed form: how much of a Gaussian-smeared line
 * is accepted within the piece.
 */
export function gaussianOverPiece(piece: LinearPiece, mean: number, width: number): number {
  const low = (piece.from - mean) / width;
  const high = (piece.to - mean) / width;
  const probability = gaussianBetween(low, high);
  const densities =
    (Math.exp(-0.5 * low * low) - Math.exp(-0.5 * high * high)) / Math.sqrt(2 * Math.PI);
  const atMean = piece.value + piece.slope * (mean - piece.from);
  return atMean * probability + piece.slope * width * densities;
}

/** Probability of a unit Gaussian between two abscissae, without cancellation in either tail. */
function gaussianBetween(low: number, high: number): number {
  if (low > 0) return 0.5 * (erfc(low * Math.SQRT1_2) - erfc(high * Math.SQRT1_2));
  return 0.5 * (erfc(-high * Math.SQRT1_2) - erfc(-low * Math.SQRT1_2));
}
