import { analysisNamed } from "../../analysis/registry.js";
import { rowsOf, type ValidationRow } from "../row.js";
import { crossSections } from "./cross-sections.js";
import {
  exponents,
  figure5Distance,
  measuredCrossSections,
  measuredNumbers,
  rejection,
} from "./fits.js";
import { inputs } from "./inputs.js";
import { LIAO_2024 } from "./numbers/index.js";
import { planes } from "./planes.js";
import { eventTotals, standardModelFits } from "./standard-model.js";

/** Every number of L24, with ours. */
export async function validateLiao2024(): Promise<ValidationRow[]> {
  const liao2024 = analysisNamed("liao-2024");
  const analysis = liao2024.compile();
  const measured = measuredCrossSections(analysis);
  const computed = new Map([
    ...inputs(analysis),
    ...crossSections(),
    ...standardModelFits(analysis),
    ...eventTotals(analysis),
    ...rejection(analysis),
    ...exponents(liao2024.compile({}, "scanned")),
    ...measuredNumbers(measured),
    ...(await planes()),
  ]);
  const best = computed.get("l24.x.all") ?? Number.NaN;
  computed.set("l24.figure-5.distance", figure5Distance(measured, best));
  return rowsOf(LIAO_2024, computed);
}
