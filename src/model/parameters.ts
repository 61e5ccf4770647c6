import { InputError } from "../errors.js";

/** What a parameter changes: only the squared charges, or also the signal templates. */
export type ParameterRole = "charge" | "template";

export interface Parameter {
  /** The name used in scan files, commands and CSV columns. */
  readonly name: string;
  /** TeX, for axis labels. */
  readonly symbol: string;
  readonly standardModel: number;
  readonly role: ParameterRole;
  /** Smallest and largest value that is taken. */
  readonly lower: number;
  readonly upper: number;
  /** Where a fit looks for a minimum unless told: it holds every one that such data can have. */
  readonly searched: readonly [number, number];
  readonly description: string;
}

const flavourPairs = [
  ["ee", "ee"],
  ["mumu", "\\mu\\mu"],
  ["emu", "e\\mu"],
  ["etau", "e\\tau"],
  ["mutau", "\\mu\\tau"],
] as const;

/**
 * Largest |ε| and cross-section scale that are taken: far beyond any contact interaction that could have
 * been missed, and small enough for χ² to keep the digits that it promises (its terms grow as ε⁴).
 */
const LARGEST_COUPLING = 30;
const LARGEST_SCALE = 10;

const couplings: Parameter[] = flavourPairs.flatMap(([name, tex]) =>
  (["u", "d"] as const).map((quark) => ({
    name: `eps_${name}_${quark}`,
    symbol: `\\varepsilon^{${quark}V}_{${tex}}`,
    standardModel: 0,
    role: "charge" as const,
    lower: -LARGEST_COUPLING,
    upper: LARGEST_COUPLING,
    searched: [-1.5, 1.5] as const,
    description: `NSI coupling to the ${quark} quark, in units of G_F (L24 eq. 11)`,
  })),
);

/** SM value of sin²θ_W at low energy used throughout (SPEC §1). */
const SIN2_THETA_W = 0.238;

/**
 * Every free parameter, in the order of parameter vectors (L24 eqs. 9 and 12).
 * `eps_tautau_*` is absent on purpose: no ν_τ leaves a source of pions at rest.
 */
export const PARAMETERS: readonly Parameter[] = [
  ...couplings,
  {
    name: "sin2_theta_w",
    symbol: "\\sin^2\\theta_W",
    standardModel: SIN2_THETA_W,
    role: "charge",
    lower: 0,
    upper: 1,
    searched: [0, 1],
    description: "weak mixing angle at low energy",
  },
  {
    name: "exponent_x",
    symbol: "x",
    standardModel: 2,
    role: "template",
    lower: 0,
    upper: 4,
    searched: [0, 4],
    description: "exponent of the weak charge times form factor, |Q F|^x (L24 eq. 9)",
  },
  {
    name: "sigma_scale",
    symbol: "\\sigma/\\sigma_{\\mathrm{SM}}",
    standardModel: 1,
    role: "charge",
    lower: 0,
    upper: LARGEST_SCALE,
    searched: [0, 10],
    description: "scale of every CEvNS cross section; 0 is no CEvNS",
  },
  {
    name: "sigma_scale_e",
    symbol: "\\sigma_e/\\sigma_{e,\\mathrm{SM}}",
    standardModel: 1,
    role: "charge",
    lower: 0,
    upper: LARGEST_SCALE,
    searched: [0, 10],
    description: "scale of the electron-flavour cross sections",
  },
  {
    name: "sigma_scale_mu",
    symbol: "\\sigma_\\mu/\\sigma_{\\mu,\\mathrm{SM}}",
    standardModel: 1,
    role: "charge",
    lower: 0,
    upper: LARGEST_SCALE,
    searched: [0, 10],
    description: "scale of the muon-flavour cross sections",
  },
];

const indices = new Map(PARAMETERS.map((parameter, index) => [parameter.name, index]));

/** Index of a parameter in parameter vectors. @throws InputError naming what can be asked for */
export function parameterIndex(name: string): number {
  const index = indices.get(name);
  if (index !== undefined) return index;
  if (/^eps_tautau/.test(name)) {
    throw new InputError(
      "unreachable-parameter",
      `Parameter "${name}" cannot be reached: pions decaying at rest give ν_μ, ν̄_μ and ν_e but no ν_τ, so COHERENT's data do not depend on it. Remove it; eps_etau_* and eps_mutau_* are the couplings to τ that these data see.`,
      { parameter: name },
    );
  }
  throw new InputError(
    "unknown-parameter",
    `Unknown parameter "${name}". The parameters are ${PARAMETERS.map((p) => p.name).join(", ")}.`,
    { parameter: name },
  );
}

/** @throws InputError for an unknown or unreachable name */
export function parameter(name: string): Parameter {
  return PARAMETERS[parameterIndex(name)];
}

/** A fresh parameter vector at the Standard Model point, [PARAMETERS.length]. */
export function standardModelPoint(): Float64Array {
  return Float64Array.from(PARAMETERS, (p) => p.standardModel);
}

/**
 * Refuses what is no parameter vector, in a time that no χ² notices.
 * @throws InputError unless these are [PARAMETERS] finite numbers
 */
export function checkParameterVector(parameters: ArrayLike<number>): void {
  const { length } = parameters;
  if (length !== PARAMETERS.length) {
    throw new InputError(
      "bad-parameter-vector",
      `A parameter vector has ${PARAMETERS.length} numbers, one for each of PARAMETERS, but ${length} are given. Begin with standardModelPoint() and set what differs.`,
      { length, expected: PARAMETERS.length },
    );
  }
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(parameters[i])) continue;
    const { name } = PARAMETERS[i];
    throw new InputError(
      "bad-parameter-vector",
      `Parameter "${name}" of a parameter vector is ${parameters[i]}. Give a finite number.`,
      { parameter: name, value: parameters[i] },
    );
  }
}
