import { analysisNamed } from "../../analysis/registry.js";
import { rowsOf, type ValidationRow } from "../row.js";
import { expectations } from "./expectation.js";
import { crossSectionFit, crossSectionsByRadius } from "./fit.js";
import { inputs } from "./inputs.js";
import { COHERENT_2022 } from "./numbers/index.js";
import { parameterFits } from "./parameters.js";

/** Every number of the CsI paper (C22), with ours. */
export async function validateCoherent2022(): Promise<ValidationRow[]> {
  const coherent2022 = analysisNamed("coherent-2022");
  const analysis = coherent2022.compile();
  const computed = [
    ...expectations(analysis),
    ...crossSectionFit(analysis),
    ...crossSectionsByRadius(coherent2022),
    ...parameterFits(analysis),
    ...inputs(analysis),
  ];
  return rowsOf(COHERENT_2022, new Map(computed));
}
