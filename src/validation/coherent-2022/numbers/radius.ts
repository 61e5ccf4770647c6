import type { PublishedNumber } from "../../row.js";
import { CROSS_SECTION } from "./common.js";

/** What R_n ± 5 % moves in place of the counts, which is the default: the analysis' option `radius_uncertainty`. */
export const RADIUS_CHOICES = ["cross-section-held", "shape", "none"] as const;

const MOVES: Readonly<Record<(typeof RADIUS_CHOICES)[number], string>> = {
  "cross-section-held": "R_n at fixed ⟨σ⟩ SM",
  shape: "R_n as shape alone",
  none: "R_n fixed",
};

const PARTS = [
  ["value", ""],
  ["up", ", upward error"],
  ["down", ", downward error"],
] as const;

type Values = readonly [value: number, up: number, down: number];
const INDEPENDENT: Readonly<Record<(typeof RADIUS_CHOICES)[number], Values>> = {
  "cross-section-held": [162.7, 29.01, -24.58],
  shape: [160.46, 27.52, -23.54],
  none: [160.59, 27.52, -23.54],
};

/** ⟨σ⟩ under each choice: C22 says what R_n ± 5 % moves, and no choice gives all of its figures. */
export const RADIUS_NUMBERS: readonly PublishedNumber[] = RADIUS_CHOICES.flatMap((choice) =>
  PARTS.map(
    ([part, what], i): PublishedNumber => ({
      ...CROSS_SECTION,
      id: `c22.radius.${choice}.${part}`,
      quantity: `⟨σ⟩${what}, ${MOVES[choice]}`,
      published: null,
      expected: { value: INDEPENDENT[choice][i], digits: 2, allowed: 0.01 },
    }),
  ),
);
