import { chargeModel } from "../../model/charges.js";
import { standardModelPoint } from "../../model/parameters.js";
import { totalCrossSection } from "../../physics/cross-section.js";
import { FLUX } from "../../physics/flux.js";
import { formFactor } from "../../physics/form-factor.js";
import { nucleus } from "../../physics/nuclei.js";

const PER_1E_40_CM2 = 1e40;

/** SM flux-weighted cross section of a nucleus, 1e-40 cm² (L24 eq. 10). */
function averageCrossSection(name: string): number {
  const charge = new Float64Array(1);
  chargeModel([{ nucleus: name, flavour: "e" }]).fill(standardModelPoint(), charge);
  const F = formFactor({ name: "klein-nystrand" });
  return PER_1E_40_CM2 * charge[0] * totalCrossSection(nucleus(name), FLUX, F);
}

/** ⟨σ⟩ by id. That of CsI is the plain mean of Cs and I. */
export function crossSections(): [string, number][] {
  return [
    ["l24.sigma-sm.lar", averageCrossSection("Ar")],
    ["l24.sigma-sm.ge", averageCrossSection("Ge")],
    ["l24.sigma-sm.csi", 0.5 * (averageCrossSection("Cs") + averageCrossSection("I"))],
  ];
}
