import { PARAMETERS, parameterIndex } from "../../model/parameters.js";
import { nucleus } from "../../physics/nuclei.js";
import type { EngineProblem, PointSource } from "../engine.js";
import { cannot } from "./cannot.js";
import { chargeName } from "./names.js";
import type { Scope } from "./template.js";
import { literal } from "./wgsl.js";

/** Couplings beyond are float64's: their parts of an amplitude may cancel to less than float32 shows. */
const LARGEST_COUPLING = 10;
const LARGEST_SCALE = 1000;

const sin2ThetaW = PARAMETERS[parameterIndex("sin2_theta_w")].standardModel;

/** Parameters of each flavour: its scale, diagonal coupling, and those that change flavour (L24 eq. 12). */
const flavours = {
  e: { scale: "sigma_scale_e", diagonal: "eps_ee", changing: ["eps_emu", "eps_etau"] },
  mu: { scale: "sigma_scale_mu", diagonal: "eps_mumu", changing: ["eps_emu", "eps_mutau"] },
} as const;

/** @throws InputError for fixed parameters that float32 is not good enough for */
export function checkBase({ base }: EngineProblem): void {
  const at = PARAMETERS.findIndex(({ name }, k) => Math.abs(base[k]) >= largest(name));
  if (at >= 0) throw cannot(`${PARAMETERS[at].name} = ${base[at]}`);
}

/** Whether a point is float64's business, as kernels find by themselves in fused mode. */
export function isBeyond(parameters: Float64Array): boolean {
  return PARAMETERS.some(({ name }, k) => Math.abs(parameters[k]) >= largest(name));
}

function largest(name: string): number {
  return name.startsWith("eps_") ? LARGEST_COUPLING : LARGEST_SCALE;
}

/**
 * The part of a kernel's scope that depends on which parameters vary: how points are read, and their
 * squared charges, with everything else a number.
 */
export function pointsScope(
  { description, base }: EngineProblem,
  kind: PointSource["kind"],
  names: readonly string[],
): Scope {
  const varied = names.map((name, index) => ({
    name,
    index,
    largest: literal(largest(name)),
  }));
  return {
    isGrid: kind === "grid",
    varied,
    slowAxes: varied.slice(0, -1).reverse(),
    lastAxis: varied[varied.length - 1],
    charges: description.charges.map((charge, c) => chargeScope(charge, c, base, names)),
  };
}

function chargeScope(
  { nucleus: name, flavour }: EngineProblem["description"]["charges"][number],
  c: number,
  base: Float64Array,
  names: readonly string[],
) {
  const { Z, N } = nucleus(name);
  const size = Math.abs((0.5 - 2 * sin2ThetaW) * Z - N / 2);
  const { scale, diagonal, changing } = flavours[flavour];
  const quarks = (coupling: string): [string, number][] => [
    [`${coupling}_u`, (2 * Z + N) / size],
    [`${coupling}_d`, (Z + 2 * N) / size],
  ];
  const amplitudes = [
    amplitude((0.5 * Z - N / 2) / size, [["sin2_theta_w", (-2 * Z) / size], ...quarks(diagonal)]),
    ...changing.map((coupling) => amplitude(0, quarks(coupling))),
  ];
  function amplitude(constant: number, terms: [string, number][]) {
    const fixed = terms.filter(([parameter]) => !names.includes(parameter));
    return {
      constant: fixed.reduce((sum, [p, x]) => sum + x * base[parameterIndex(p)], constant),
      terms: terms.filter(([parameter]) => names.includes(parameter)),
    };
  }
  const still = amplitudes.filter(({ terms }) => terms.length === 0);
  const scales = ["sigma_scale", scale];
  const fixedScales = scales.filter((parameter) => !names.includes(parameter));
  const exponent = base[parameterIndex("exponent_x")];
  return {
    name: chargeName(c),
    constant: literal(still.reduce((sum, { constant }) => sum + constant ** 2, 0)),
    amplitudes: amplitudes
      .filter(({ terms }) => terms.length > 0)
      .map(({ constant, terms }) => ({
        constant: literal(constant),
        terms: terms.map(([parameter, x]) => ({ parameter, coefficient: literal(x) })),
      })),
    halfExponent: exponent === 2 ? 0 : literal(exponent / 2),
    scale: literal(fixedScales.reduce((x, p) => x * base[parameterIndex(p)], 1)),
    scales: scales.filter((parameter) => names.includes(parameter)),
  };
}
