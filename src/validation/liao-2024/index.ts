import { analysisNamed } from "../../analysis/registry.js";
import type { ValidationRow } from "../row.js";
import { crossSectionRows } from "./cross-sections.js";
import { exponentRows, measuredRows, rejectionRows } from "./fits.js";
import { planeRows } from "./planes.js";
import { eventRows, standardModelRows } from "./standard-model.js";

/** Every number of L24 in SPEC §4. */
export async function validateLiao2024(): Promise<ValidationRow[]> {
  const liao2024 = analysisNamed("liao-2024");
  const analysis = liao2024.compile();
  return [
    ...crossSectionRows(),
    ...standardModelRows(analysis),
    ...eventRows(analysis),
    ...rejectionRows(analysis),
    ...exponentRows(liao2024.compile({}, "scanned")),
    ...measuredRows(analysis),
    ...(await planeRows()),
  ];
}
