import { Component } from "../../likelihood/component.js";
import { CompressedPart } from "../../likelihood/compress.js";
import type { Nuisance, Term } from "../../likelihood/description.js";
import { jointProfiles } from "../../likelihood/joint-profiles.js";
import { type QuadraticForm, quadraticForm } from "../../likelihood/prediction/quadratic.js";
import { TermTemplates } from "../../likelihood/templates.js";
import { chargeModel } from "../../model/charges.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import type { EngineProblem } from "../engine.js";

/** A joint profile as kernels compute it. */
export interface KernelComponent {
  readonly component: Component;
  /** Of the nuisances kept, in the component's order. */
  readonly nuisances: readonly Nuisance[];
  /** θ₀ of each: −1 for one norm of each signal, else 0; kernels work with η = θ − θ₀. */
  readonly origin: Float64Array;
  /** Poisson terms, evaluated bin by bin. */
  readonly poisson: readonly TermTemplates[];
  /** The Gaussian terms, compressed; absent if there are none. Holds the priors of no nuisance kept. */
  readonly form: QuadraticForm | undefined;
}

export interface KernelProblem {
  readonly problem: EngineProblem;
  /** Squared charges of the Standard Model, the unit of charges in kernels. */
  readonly unit: Float64Array;
  readonly exponent: number;
  readonly components: readonly KernelComponent[];
  /** By combination: indices of its components. */
  readonly combinations: readonly (readonly number[])[];
}

/** The exponent x of points that do not vary it. */
export function exponentOf({ base }: EngineProblem): number {
  return base[parameterIndex("exponent_x")];
}

/** Squared charges of the Standard Model at the problem's exponent. */
export function chargeUnits(problem: EngineProblem): Float64Array {
  const { description } = problem;
  const point = standardModelPoint();
  point[parameterIndex("exponent_x")] = exponentOf(problem);
  const unit = new Float64Array(description.charges.length);
  chargeModel(description.charges).fill(point, unit);
  return unit;
}

export function kernelProblem(problem: EngineProblem): KernelProblem {
  const { description, observations, combinations } = problem;
  const exponent = exponentOf(problem);
  const unit = chargeUnits(problem);
  const terms = description.terms.map((term) => new TermTemplates(term, description));
  const { profiles, members } = jointProfiles(terms, combinations);
  const components = profiles.map((profile): KernelComponent => {
    const own = profile.map((t) => terms[t]);
    const component = new Component(own, description, observations, true);
    const origin = originOf(component);
    const compressed = component.parts.filter((part) => part instanceof CompressedPart);
    const gaussian = own.filter((_, t) => component.parts[t] instanceof CompressedPart);
    const charges = [...new Set(gaussian.flatMap(({ term }) => term.charges))];
    return {
      component,
      nuisances: component.nuisances.map((j) => description.nuisances[j]),
      origin,
      poisson: own.filter((_, t) => !(component.parts[t] instanceof CompressedPart)),
      form:
        compressed.length > 0
          ? quadraticForm(compressed, origin, charges, unit, exponent)
          : undefined,
    };
  });
  return { problem, unit, exponent, components, combinations: members };
}

/**
 * Why the kernels of fused mode cannot evaluate this problem; undefined if they can. Such a problem
 * needs counts mode or the CPU.
 */
export function fusedRefusal({ components, problem }: KernelProblem): string | undefined {
  if (problem.auxiliary?.some((measured) => measured !== 0)) {
    return "the auxiliary measurements of its priors are not zero";
  }
  for (const { poisson } of components) {
    for (const { term } of poisson) {
      if (term.statistic !== "poisson") return `Gaussian term "${term.name}" cannot be compressed`;
      const other = term.effects.find(({ kind }) => kind !== "norm");
      if (other) return `Poisson term "${term.name}" has a nuisance of kind "${other.kind}"`;
      const rows = [term.signal, ...term.backgrounds.map(({ counts }) => counts)];
      if (rows.some((row) => row.some((count) => count < 0))) {
        return `Poisson term "${term.name}" has negative counts in its templates`;
      }
    }
  }
  return undefined;
}

/** Lets one norm of each term's signal count from −1, where the signal vanishes. */
function originOf({ terms, nuisances }: Component): Float64Array {
  const origin = new Float64Array(nuisances.length);
  for (const { term } of terms) {
    const norms = signalNorms(term).map((j) => nuisances.indexOf(j));
    if (norms.some((at) => at >= 0 && origin[at] === -1)) continue;
    const free = norms.find((at) => at >= 0);
    if (free !== undefined) origin[free] = -1;
  }
  return origin;
}

/** Nuisances (of the description) that scale all of a term's signal. */
export function signalNorms(term: Term): number[] {
  return term.effects
    .filter(({ kind, component }) => kind === "norm" && component === "signal")
    .map(({ nuisance }) => nuisance);
}
