import type { PublishedNumber } from "../../row.js";
import { GE_NUMBERS } from "./ge.js";
import { LAR_NUMBERS } from "./lar.js";

/** LAr and Ge as their own collaborations print them. */
export const RELEASE: readonly PublishedNumber[] = [...LAR_NUMBERS, ...GE_NUMBERS];
