import type { PublishedNumber } from "../../row.js";
import { CROSS_SECTIONS } from "./cross-sections.js";
import { FITS, MEASURED } from "./fits.js";
import { INPUTS } from "./inputs.js";
import { PLANES } from "./planes.js";
import { QUOTED } from "./quoted.js";
import { EVENTS, STANDARD_MODEL } from "./standard-model.js";

/** Every number of L24 (arXiv:2408.06255), and what SPEC §4 adds. */
export const LIAO_2024: readonly PublishedNumber[] = [
  ...STANDARD_MODEL,
  ...EVENTS,
  ...CROSS_SECTIONS,
  ...FITS,
  ...MEASURED,
  ...PLANES,
  ...INPUTS,
  ...QUOTED,
];
