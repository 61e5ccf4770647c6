import { MUON_MASS, PION_MASS } from "./constants.js";

/**
 * The three neutrinos of a pion decaying at rest, one of each per decay (L24 eq. 2). ν_μ is prompt
 * (the pion's mean life), ν̄_μ and ν_e are delayed (the muon's).
 */
export interface FluxComponent {
  readonly name: "numu" | "numubar" | "nue";
  readonly flavour: "e" | "mu";
  readonly timing: "prompt" | "delayed";
  /** Largest neutrino energy, MeV. */
  readonly endpoint: number;
  /**
   * ∫ φ(E) E^{−k} dE over [lower, endpoint] for k = 0, 1, 2, with φ normalised to one; closed form.
   * Units MeV^{−k}; zero beyond the endpoint.
   */
  readonly moments: (lower: number) => readonly [number, number, number];
  /** φ(E), MeV⁻¹; absent for the line. */
  readonly spectrum?: (energy: number) => number;
}

const NONE = [0, 0, 0] as const;
/** Energy of the monochromatic ν_μ, MeV. */
export const PROMPT_ENERGY = (PION_MASS ** 2 - MUON_MASS ** 2) / (2 * PION_MASS);
const MICHEL_ENDPOINT = MUON_MASS / 2;

/** A Michel spectrum φ = a E² + b E³ between 0 and m_μ/2. */
function michel(name: "numubar" | "nue", flavour: "e" | "mu", a: number, b: number): FluxComponent {
  const top = MICHEL_ENDPOINT;
  return {
    name,
    flavour,
    timing: "delayed",
    endpoint: top,
    spectrum: (energy) => (energy >= 0 && energy <= top ? energy * energy * (a + b * energy) : 0),
    moments: (lower) => {
      if (lower >= top) return NONE;
      const low = Math.max(lower, 0);
      const power = (n: number) => (top ** n - low ** n) / n;
      return [
        a * power(3) + b * power(4),
        a * power(2) + b * power(3),
        a * power(1) + b * power(2),
      ];
    },
  };
}

const NUMU: FluxComponent = {
  name: "numu",
  flavour: "mu",
  timing: "prompt",
  endpoint: PROMPT_ENERGY,
  moments: (lower) =>
    lower >= PROMPT_ENERGY ? NONE : [1, 1 / PROMPT_ENERGY, 1 / PROMPT_ENERGY ** 2],
};

const m3 = MUON_MASS ** 3;
/** ν_μ, ν̄_μ, ν_e, in this order everywhere. */
export const FLUX: readonly FluxComponent[] = [
  NUMU,
  michel("numubar", "mu", (64 * 0.75) / m3, -64 / (m3 * MUON_MASS)),
  michel("nue", "e", (192 * 0.5) / m3, -192 / (m3 * MUON_MASS)),
];

/**
 * Neutrinos of one flavour through the detector over its exposure, cm⁻²: r N_POT / (4π L²) (L24 eq. 2).
 * @param perProton neutrinos per flavour per proton on target, r
 * @param protons protons on target
 * @param distance baseline, m
 */
export function fluence(perProton: number, protons: number, distance: number): number {
  const centimetres = 100 * distance;
  return (perProton * protons) / (4 * Math.PI * centimetres * centimetres);
}
