import type { PublishedNumber } from "../../row.js";
import { CROSS_SECTIONS } from "./cross-sections.js";
import { FITS, MEASURED } from "./fits.js";
import { PLANES } from "./planes.js";
import { EVENTS, STANDARD_MODEL } from "./standard-model.js";

/** Every number of L24 (arXiv:2408.06255), and what SPEC §4 adds. */
export const LIAO_2024: readonly PublishedNumber[] = [
  ...CROSS_SECTIONS,
  ...STANDARD_MODEL,
  ...EVENTS,
  ...FITS,
  ...MEASURED,
  ...PLANES,
];
