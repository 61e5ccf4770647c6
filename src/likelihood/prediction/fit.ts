import { choleskyFactor, choleskySolve } from "../../numerics/linear-algebra.js";
import type { Component } from "../component.js";
import type { LikelihoodDescription } from "../description.js";
import { createDerivatives, type Derivatives } from "../part.js";
import { evaluateFeatures, type Features, features, nodeCharges } from "./features.js";
import { evaluateBasis, type PolynomialBasis, polynomialBasis } from "./polynomials.js";

/**
 * Profiled nuisances of one component as polynomials in its {@link Features}. χ² is quadratic in
 * their error, so that one evaluation at the prediction replaces a minimisation.
 */
export interface Prediction {
  readonly features: Features;
  readonly basis: PolynomialBasis;
  /** Indices in the description of the nuisances predicted: those of the component. */
  readonly nuisances: readonly number[];
  /** By nuisance: whether θ + 1, which falls like 1/(1 + Σ v), is (1 − Σ g) P(g); else θ = P(g). */
  readonly vanishes: readonly boolean[];
  /** [nuisances × basis functions] */
  readonly coefficients: Float64Array;
}

const DEGREE = 10;
/** Chebyshev points per direction: twice the degree, which damps what lies between them. */
const NODES = 20;
/** Keeps coefficients of order one: what they gain beyond is less than float32 resolves. */
const RIDGE = 1e-9;
/** χ² this far above the least matters fully, more remote points in proportion less. */
const FAR = 50;
const TOLERANCE = 1e-9;

/**
 * Fits the profiles of a component, found exactly in float64 at a few hundred sets of charges.
 *
 * @param component terms profiled jointly, at least one of them Poisson
 * @param origin −1 for nuisances of which θ + 1 vanishes as the signal grows (one norm of each signal),
 *   else 0, [nuisances of the component]
 * @param reference charges of the description that set the scale, e.g. the Standard Model's
 */
export function fitPrediction(
  component: Component,
  description: LikelihoodDescription,
  origin: Float64Array,
  reference: Float64Array,
  familyValue: number,
): Prediction {
  const { nuisances, terms } = component;
  const variables = features(
    description,
    terms.map(({ term }) => term),
    (term) => {
      const templates = terms.find((candidate) => candidate.term === term);
      return templates?.signalAt(familyValue).counts ?? [];
    },
    reference,
  );
  const basis = polynomialBasis(variables.weights.length, DEGREE);
  const vanishes = Array.from(origin, (start) => start === -1);
  const profiles = nodeCharges(variables, reference, NODES).map((charges) =>
    profileAt(component, description, charges, familyValue),
  );
  const system = normalEquations(profiles, variables, basis, vanishes);
  const size = system.right.length;
  for (let i = 0; i < size; i++) {
    system.matrix[i * size + i] += RIDGE * profiles.length;
  }
  choleskyFactor(system.matrix, size);
  choleskySolve(system.matrix, size, system.right);
  return { features: variables, basis, nuisances, vanishes, coefficients: system.right };
}

/** An exact profile: what is to be predicted at these charges, and how much it matters. */
interface Profile {
  readonly charges: Float64Array;
  readonly chi2: number;
  readonly theta: Float64Array;
  /** ½ ∂²χ²/∂θ², [n × n]. */
  readonly curvature: Float64Array;
}

function profileAt(
  component: Component,
  description: LikelihoodDescription,
  charges: Float64Array,
  familyValue: number,
): Profile {
  const chi2 = component.minimise(charges, familyValue, TOLERANCE);
  const theta = component.theta.slice();
  const derivatives = createDerivatives(theta.length);
  evaluateAt(component, description, theta, derivatives);
  return { charges, chi2, theta, curvature: derivatives.hessian.map((value) => value / 2) };
}

/** χ² of a component at θ, its charges being set. */
export function evaluateAt(
  { parts, nuisances }: Component,
  description: LikelihoodDescription,
  theta: Float64Array,
  derivatives: Derivatives,
): number {
  derivatives.gradient.fill(0);
  derivatives.hessian.fill(0);
  derivatives.bend.fill(0);
  let chi2 = 0;
  for (const part of parts) {
    chi2 += part.chi2At(theta);
    part.addDerivatives(theta, derivatives);
  }
  nuisances.forEach((j, i) => {
    const { sigma } = description.nuisances[j];
    if (sigma === null) return;
    chi2 += (theta[i] / sigma) ** 2;
    derivatives.hessian[i * theta.length + i] += 2 / sigma ** 2;
  });
  return chi2;
}

/** Least squares of Δθᵀ H Δθ, which is the error of χ², over all profiles and coefficients at once. */
function normalEquations(
  profiles: readonly Profile[],
  variables: Features,
  basis: PolynomialBasis,
  vanishes: readonly boolean[],
): { matrix: Float64Array; right: Float64Array } {
  const n = vanishes.length;
  const terms = basis.exponents.length;
  const size = n * terms;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const g = new Float64Array(variables.weights.length);
  const values = new Float64Array(terms);
  const best = Math.min(...profiles.map(({ chi2 }) => chi2));
  for (const { charges, chi2, theta, curvature } of profiles) {
    if (!Number.isFinite(chi2)) continue;
    const rest = evaluateFeatures(variables, charges, g);
    evaluateBasis(basis, g, values);
    const weight = 1 / (1 + (chi2 - best) / FAR) ** 2;
    const factor = vanishes.map((vanishing) => (vanishing ? rest : 1));
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        const h = weight * curvature[i * n + k] * factor[i];
        const target = theta[k] + (vanishes[k] ? 1 : 0);
        for (let a = 0; a < terms; a++) {
          right[i * terms + a] += h * target * values[a];
          const row = (i * terms + a) * size + k * terms;
          const product = h * factor[k] * values[a];
          for (let b = 0; b < terms; b++) matrix[row + b] += product * values[b];
        }
      }
    }
  }
  return { matrix, right };
}
