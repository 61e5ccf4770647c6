import { fitPrediction, type Prediction } from "../../likelihood/prediction/fit.js";
import { type PredictionError, predictionError } from "../../likelihood/prediction/predict.js";
import { cannot } from "./cannot.js";
import type { KernelComponent, KernelProblem } from "./components.js";
import { sampleCharges } from "./samples.js";
import type { ComponentMode } from "./scope.js";

export const WEBGPU_MODES = ["auto", "tables", "predicted", "newton", "counts"] as const;
export type WebGpuMode = (typeof WEBGPU_MODES)[number];

/** Largest errors of χ² at which a prediction is used: a fifth of what SPEC section 5 allows. */
const ABSOLUTE = 2e-4;
const RELATIVE = 2e-6;
const SAMPLES = 2000;

/** How the Poisson terms of a problem are profiled. */
export interface Plan {
  readonly mode: "predicted" | "newton";
  /** By component; undefined for Gaussian ones, which need no choice. */
  readonly modes: readonly (ComponentMode | undefined)[];
  /** What was decided, and why. */
  readonly notes: readonly string[];
}

/**
 * Fits predictions, and finds out where they hold.
 * @throws InputError where predictions are asked for that do not hold
 */
export function planModes(kernel: KernelProblem, wanted: WebGpuMode): Plan {
  const notes: string[] = [];
  const samples = wanted === "newton" ? [] : sampleCharges(kernel.problem, SAMPLES);
  const modes = kernel.components.map((one): ComponentMode | undefined => {
    if (one.poisson.length === 0) return undefined;
    const prediction = predictionOf(kernel, one);
    if (wanted === "newton") return { prediction, isPredicted: false };
    const error = errorOf(kernel, one, prediction, samples);
    const isPredicted = error.absolute <= ABSOLUTE && error.relative <= RELATIVE;
    const title = one.component.terms.map(({ term }) => term.name).join(" + ");
    const found = `predicted nuisances of ${title} miss χ² by up to ${error.absolute.toExponential(1)}, or ${error.relative.toExponential(1)} of it where Δχ² > 50`;
    if (!isPredicted && wanted === "predicted") throw cannot(found);
    notes.push(`${found}: ${isPredicted ? "one pass suffices" : "Newton's method is used"}`);
    return { prediction, isPredicted };
  });
  const mode = modes.some((one) => one && !one.isPredicted) ? "newton" : "predicted";
  return { mode, modes, notes };
}

function predictionOf(kernel: KernelProblem, { component, origin }: KernelComponent): Prediction {
  const { problem, unit, exponent } = kernel;
  return fitPrediction(component, problem.description, origin, unit, exponent);
}

function errorOf(
  { problem, exponent }: KernelProblem,
  { component }: KernelComponent,
  prediction: Prediction,
  samples: readonly Float64Array[],
): PredictionError {
  return predictionError(prediction, component, problem.description, samples, exponent);
}
