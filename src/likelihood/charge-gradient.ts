import { dot } from "../numerics/linear-algebra.js";
import { BinnedPart } from "./binned.js";
import type { Component } from "./component.js";
import { CompressedPart } from "./compress.js";
import { createDerivatives } from "./part.js";
import { signalResponse } from "./profile.js";

/**
 * Adds ∂χ²/∂q_c of a joint profile at its latest minimum, [charges]: by the envelope theorem the
 * nuisances may be held where they are.
 * @param charges of that minimum, by charge of the description
 * @param pulls θ by nuisance of the description; those of the component are brought up to date
 */
export function addChargeGradient(
  component: Component,
  charges: Float64Array,
  familyValue: number,
  pulls: Float64Array,
  out: Float64Array,
): void {
  const { nuisances, theta, parts } = component;
  nuisances.forEach((j, i) => {
    pulls[j] = theta[i];
  });
  const scratch = createDerivatives(nuisances.length);
  for (const part of parts) {
    part.addTo(theta, scratch);
    if (part instanceof CompressedPart) part.addChargeGradient(theta, charges, out);
    if (part instanceof BinnedPart) addBinnedGradient(part, familyValue, pulls, out);
  }
}

/** Adds ∂χ²/∂q_c of a term at its latest evaluation, [charges]. @param pulls θ there */
export function addBinnedGradient(
  { templates, slope }: BinnedPart,
  familyValue: number,
  pulls: Float64Array,
  out: Float64Array,
): void {
  const { charges } = templates.term;
  signalResponse(templates, familyValue, pulls).forEach((row, c) => {
    out[charges[c]] += dot(slope, row);
  });
}
