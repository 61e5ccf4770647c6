import { analysisNamed } from "../../analysis/registry.js";
import { rowsOf, type ValidationRow } from "../row.js";
import { crossSections } from "./cross-sections.js";
import { exponents, measuredCrossSections, rejection } from "./fits.js";
import { LIAO_2024 } from "./numbers/index.js";
import { planes } from "./planes.js";
import { eventTotals, standardModelFits } from "./standard-model.js";

/** Every number of L24, with ours. */
export async function validateLiao2024(): Promise<ValidationRow[]> {
  const liao2024 = analysisNamed("liao-2024");
  const analysis = liao2024.compile();
  const computed = [
    ...crossSections(),
    ...standardModelFits(analysis),
    ...eventTotals(analysis),
    ...rejection(analysis),
    ...exponents(liao2024.compile({}, "scanned")),
    ...measuredCrossSections(analysis),
    ...(await planes()),
  ];
  return rowsOf(LIAO_2024, new Map(computed));
}
