import type { Component } from "../component.js";
import type { LikelihoodDescription } from "../description.js";
import { createDerivatives } from "../part.js";
import { evaluateFeatures } from "./features.js";
import { evaluateAt, type Prediction } from "./fit.js";
import { evaluateBasis } from "./polynomials.js";

/** Evaluates a prediction: writes θ of its nuisances at these charges of the description. */
export function predictor(
  prediction: Prediction,
): (charges: Float64Array, theta: Float64Array) => void {
  const { features, basis, vanishes, coefficients } = prediction;
  const g = new Float64Array(features.weights.length);
  const values = new Float64Array(basis.exponents.length);
  return (charges, theta) => {
    const rest = evaluateFeatures(features, charges, g);
    evaluateBasis(basis, g, values);
    for (let j = 0, at = 0; j < vanishes.length; j++) {
      let sum = 0;
      for (let k = 0; k < values.length; k++) sum += coefficients[at++] * values[k];
      theta[j] = vanishes[j] ? rest * sum - 1 : sum;
    }
  };
}

/** How far χ² at predicted nuisances lies from the profile. */
export interface PredictionError {
  /** Largest |Δχ²| where χ² is at most 50 above the least. */
  readonly absolute: number;
  /** Largest |Δχ²| / χ² beyond. */
  readonly relative: number;
}

/** Compares prediction and exact profile, both in float64, at many charges. */
export function predictionError(
  prediction: Prediction,
  component: Component,
  description: LikelihoodDescription,
  samples: readonly Float64Array[],
  familyValue: number,
): PredictionError {
  const predict = predictor(prediction);
  const theta = new Float64Array(prediction.nuisances.length);
  const derivatives = createDerivatives(theta.length);
  const pairs = samples.map((charges) => {
    const exact = component.minimise(charges, familyValue, 1e-9);
    predict(charges, theta);
    return { exact, predicted: evaluateAt(component, description, theta, derivatives) };
  });
  const best = Math.min(...pairs.map(({ exact }) => exact));
  let absolute = 0;
  let relative = 0;
  for (const { exact, predicted } of pairs) {
    if (exact === Number.POSITIVE_INFINITY) continue; // flagged and recomputed, never predicted
    const error = Math.abs(predicted - exact);
    if (exact - best <= 50) absolute = Math.max(absolute, error);
    else relative = Math.max(relative, error / exact);
  }
  return { absolute, relative };
}
