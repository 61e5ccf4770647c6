import { z } from "zod";
import type { SignalTemplates } from "../../experiments/templates.js";
import { totalCrossSection } from "../../physics/cross-section.js";
import { FLUX } from "../../physics/flux.js";
import type { FormFactor } from "../../physics/form-factor.js";
import { nucleus } from "../../physics/nuclei.js";

const UNCERTAINTIES = ["counts", "cross-section-held", "shape", "none"] as const;
/** What the uncertainty of the nuclear radius moves (C22 section 3.5 does not say). */
export type RadiusUncertainty = (typeof UNCERTAINTIES)[number];

/** The option that chooses it. */
export const RADIUS_UNCERTAINTY = z
  .enum(UNCERTAINTIES)
  .default("counts")
  .describe(
    "what ±5 % of the CsI radius moves: the counts, shape and acceptance with the cross section held, the shape alone, or nothing",
  );

/** Templates at one radius, and what they were computed with. */
interface AtRadius {
  readonly templates: SignalTemplates;
  readonly formFactor: FormFactor;
}

/** The exponents and the positions (onsets of the pulse) that the templates are tabulated at. */
interface Tabulation {
  readonly exponents: readonly number[];
  readonly positions: number;
  /** The position at which counts are held. */
  readonly nominal: number;
}

/**
 * Templates at a varied radius, each row (nucleus × flavour) multiplied so that the radius moves only
 * what it is said to: with the cross section held, the row's ⟨σ⟩ (L24 eq. 10) stays, and the shape and
 * the share that is accepted move; with the shape alone, the row's counts stay as well.
 * @returns values as of {@link SignalTemplates}
 */
export function movedByRadius(
  uncertainty: RadiusUncertainty,
  central: AtRadius,
  varied: AtRadius,
  { exponents, positions, nominal }: Tabulation,
): Float64Array {
  if (uncertainty === "counts") return varied.templates.values;
  const { charges, bins } = central.templates;
  const size = ({ templates, formFactor }: AtRadius, k: number, row: number): number => {
    if (uncertainty === "cross-section-held") {
      const { nucleus: name, flavour } = charges[row];
      const components = FLUX.filter((component) => component.flavour === flavour);
      return totalCrossSection(nucleus(name), components, formFactor, exponents[k]);
    }
    const first = ((k * positions + nominal) * charges.length + row) * bins;
    return templates.values.subarray(first, first + bins).reduce((sum, count) => sum + count, 0);
  };
  const factors = exponents.map((_, k) =>
    charges.map((_, row) => size(central, k, row) / size(varied, k, row)),
  );
  return varied.templates.values.map((value, i) => {
    const row = Math.floor(i / bins);
    const table = Math.floor(row / charges.length);
    return value * factors[Math.floor(table / positions)][row % charges.length];
  });
}
