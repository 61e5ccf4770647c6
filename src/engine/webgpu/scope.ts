import type { Prediction } from "../../likelihood/prediction/fit.js";
import type { ChargePolynomial } from "../../likelihood/prediction/quadratic.js";
import { PARAMETERS, parameterIndex } from "../../model/parameters.js";
import { nucleus } from "../../physics/nuclei.js";
import type { EngineProblem } from "../engine.js";
import type { KernelComponent, KernelProblem } from "./components.js";
import { chargeName } from "./names.js";
import { poissonScope } from "./poisson-scope.js";
import type { Scope } from "./template.js";
import { literal, lowerTriangle, range, systemOf, Table } from "./wgsl.js";

/** How a Poisson component is profiled. */
export interface ComponentMode {
  readonly prediction: Prediction;
  /** One pass at the prediction, or Newton's method from there. */
  readonly isPredicted: boolean;
}

/** What the shader templates of fused mode are expanded with, and the data they read. */
export interface FusedScope {
  readonly scope: Scope;
  readonly tables: Float32Array;
  readonly bins: Float32Array;
  readonly binsAreUniform: boolean;
}

/** @param modes by component; undefined for Gaussian ones */
export function fusedScope(
  kernel: KernelProblem,
  modes: readonly (ComponentMode | undefined)[],
  uniformBytes: number,
): FusedScope {
  const tables = new Table("tables");
  const bins: number[] = [];
  const components = kernel.components.map((component, id) => {
    const common = componentScope(kernel, component, id, tables);
    const mode = modes[id];
    if (!mode) return { ...common, isGaussian: true };
    return {
      ...common,
      isGaussian: false,
      isPredicted: mode.isPredicted,
      ...predictionScope(kernel, mode.prediction, tables),
      ...poissonScope(kernel, component, bins),
    };
  });
  const sizes = [...new Set(kernel.components.map(({ nuisances }) => nuisances.length))];
  const binsAreUniform = 4 * bins.length <= uniformBytes;
  const scope = {
    ...chargeScope(kernel.problem, tables),
    components,
    sizes: sizes.filter((size) => size > 0).map(systemOf),
    combinations: kernel.combinations.map((members, index) => ({ index, components: members })),
    combinationCount: kernel.combinations.length,
    bins: Math.max(1, bins.length / 4),
    binsAreUniform,
    tables: tables.length,
  };
  const data = new Float32Array(Math.max(4, bins.length));
  data.set(bins);
  return { scope, tables: tables.toFloat32(), bins: data, binsAreUniform };
}

/** Charges and parameters: the part of a scope that counts mode needs too. */
export function chargeScope({ description, base }: EngineProblem, tables: Table): Scope {
  return {
    parameters: PARAMETERS.map(({ name }, index) => ({ name, base: tables.add(base[index]) })),
    isQuadratic: base[parameterIndex("exponent_x")] === 2,
    charges: description.charges.map(({ nucleus: name, flavour }, c) => {
      const { Z, N } = nucleus(name);
      const size = Math.abs(
        (0.5 - 2 * PARAMETERS[parameterIndex("sin2_theta_w")].standardModel) * Z - N / 2,
      );
      return {
        name: chargeName(c),
        constant: literal((0.5 * Z - N / 2) / size),
        mixing: literal((-2 * Z) / size),
        up: literal((2 * Z + N) / size),
        down: literal((Z + 2 * N) / size),
        diagonal: flavour === "e" ? "eps_ee" : "eps_mumu",
        first: "eps_emu",
        second: flavour === "e" ? "eps_etau" : "eps_mutau",
        scale: flavour === "e" ? "sigma_scale_e" : "sigma_scale_mu",
      };
    }),
  };
}

/** What every component has. Priors join the form where there are no bins to sum them with. */
function componentScope(
  { unit }: KernelProblem,
  { component, nuisances, origin, poisson, form }: KernelComponent,
  id: number,
  tables: Table,
): Scope {
  const size = nuisances.length;
  const monomials = new Map<string, string>();
  const entry = (name: string, { constant, terms }: ChargePolynomial, prior = 0) => ({
    name,
    constant: tables.add(constant + prior),
    terms: terms.map(({ charges, coefficient }) => {
      const monomial = `m_${charges.join("_")}`;
      monomials.set(monomial, charges.map((c) => `q.${chargeName(c)}`).join(" * "));
      const scale = charges.reduce((product, c) => product * unit[c], 1);
      return { monomial, coefficient: tables.add(coefficient * scale) };
    }),
  });
  // (η + θ₀)²/σ² = c − 2 b η + A η²
  const precision = nuisances.map(({ sigma }) =>
    poisson.length > 0 || sigma === null ? 0 : sigma ** -2,
  );
  const constant = precision.reduce((sum, p, j) => sum + p * origin[j] ** 2, 0);
  const entries = form
    ? [
        entry("c", form.c, constant),
        ...form.b.map((b, j) => entry(`b.x_${j}`, b, -precision[j] * origin[j])),
        ...lowerTriangle(size).map(({ i, j }, at) =>
          entry(`a.a_${i}_${j}`, form.A[at], i === j ? precision[j] : 0),
        ),
      ]
    : [];
  return {
    id,
    size,
    title: component.terms.map(({ term }) => term.name).join(", "),
    range: range(size),
    lower: lowerTriangle(size),
    entries,
    monomials: [...monomials].map(([name, product]) => ({ name, product })),
    bounds: nuisances.flatMap(({ lower, upper }, j) => [
      ...bound(j, lower - origin[j], ">", "max", 1),
      ...bound(j, upper - origin[j], "<", "min", -1),
    ]),
  };
}

/** At a bound the profile is float64's business: kernels only tell that it was reached. */
function bound(j: number, at: number, relation: string, clamp: string, inwards: number) {
  if (!Number.isFinite(at)) return [];
  const value = literal(at + 1e-6 * inwards);
  return [{ j, relation, clamp, value, inside: literal(at + 1e-3 * inwards) }];
}

function predictionScope({ unit }: KernelProblem, prediction: Prediction, tables: Table): Scope {
  const { features, basis, vanishes, coefficients } = prediction;
  const functions = basis.exponents.length;
  return {
    features: features.weights.map((weights, index) => ({
      index,
      terms: [...weights.keys()]
        .filter((c) => weights[c] > 0)
        .map((c) => ({ charge: chargeName(c), coefficient: tables.add(weights[c] * unit[c]) })),
    })),
    recursion: range(basis.degree + 1)
      .slice(2)
      .map((i) => ({ i, last: i - 1, before: i - 2 })),
    basis: basis.exponents.map((exponents, k) => ({
      product: exponents.map((power, feature) => `t_${feature}_${power}`).join(" * "),
      terms: vanishes.map((_, j) => ({
        j,
        coefficient: tables.add(coefficients[j * functions + k]),
      })),
    })),
    vanishing: range(vanishes.length).filter((j) => vanishes[j]),
    lasting: range(vanishes.length).filter((j) => !vanishes[j]),
  };
}
