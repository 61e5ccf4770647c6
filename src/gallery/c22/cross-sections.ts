import { chargeModel } from "../../model/charges.js";
import { standardModelPoint } from "../../model/parameters.js";
import { totalCrossSection } from "../../physics/cross-section.js";
import { FLUX } from "../../physics/flux.js";
import { formFactor } from "../../physics/form-factor.js";
import { nucleus } from "../../physics/nuclei.js";

const UNIT = 1e-40;
export const UNITS = "1e-40 cm^2";

/** C22 section 3.5: the neutron radius is known to this fraction. */
const RADIUS_ERROR = 0.05;

/** A cross section of the Standard Model with its uncertainty from the form factor, 1e-40 cm². */
export interface Prediction {
  readonly value: number;
  /** At the larger and at the smaller radius. */
  readonly low: number;
  readonly high: number;
}

/** ⟨σ⟩ of CsI, the plain mean of Cs and I, over the flux of one flavour or of all. */
function averaged(flavour: "e" | "mu" | "all", radiusScale: number): number {
  const F = formFactor({ name: "helm", radiusScale });
  const flux = FLUX.filter((component) => flavour === "all" || component.flavour === flavour);
  const values = ["Cs", "I"].map((name) => {
    const squared = new Float64Array(1);
    chargeModel([{ nucleus: name, flavour: "e" }]).fill(standardModelPoint(), squared);
    return squared[0] * totalCrossSection(nucleus(name), flux, F);
  });
  return (0.5 * (values[0] + values[1])) / UNIT;
}

/** C22 section 4: ⟨σ⟩_Φ, ⟨σ⟩_μ (ν_μ and ν̄_μ together) and ⟨σ⟩_e. */
export function standardModel(flavour: "e" | "mu" | "all"): Prediction {
  return {
    value: averaged(flavour, 1),
    low: averaged(flavour, 1 + RADIUS_ERROR),
    high: averaged(flavour, 1 - RADIUS_ERROR),
  };
}
