import type { PublishedNumber } from "../../row.js";
import { EXPECTATIONS } from "./expectation.js";
import { FIT_NUMBERS } from "./fit.js";
import { INPUTS } from "./inputs.js";
import { OTHERS } from "./others.js";
import { PARAMETER_NUMBERS } from "./parameters.js";
import { RADIUS_NUMBERS } from "./radius.js";
import { SHAPE_NUMBERS } from "./shapes.js";

/** Every number of the CsI paper, C22. */
export const COHERENT_2022: readonly PublishedNumber[] = [
  ...EXPECTATIONS,
  ...FIT_NUMBERS,
  ...PARAMETER_NUMBERS,
  ...SHAPE_NUMBERS,
  ...RADIUS_NUMBERS,
  ...INPUTS,
  ...OTHERS,
];
