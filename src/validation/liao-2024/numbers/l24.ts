import type { PublishedNumber } from "../../row.js";

type Given = Pick<PublishedNumber, "id" | "quantity"> & Partial<PublishedNumber>;

/** A number of L24; what is not given: no unit, not printed, nothing independent. */
export function l24(given: Given): PublishedNumber {
  return { analysis: "liao-2024", unit: "", published: null, expected: null, ...given };
}

/** What an independent calculation gives, with that many decimals. */
export function gives(value: number, digits: number) {
  return { value, digits };
}

export const GE_POINTS =
  "the paper's fit has 17 energy points read off a figure of the Ge-Mini paper, which are not published; ours has the 7 columns of the counts that are";

/** What the energy points do to γ₀ and σ(Ge). */
export const GE_FIT = `${GE_POINTS}, with less weight. The 17 time points alone give γ₀ = −0.093 and σ = 29.9 +12.4 −11.8; taken twice, in place of energy points of their own weight, −0.156 and 29.9 +9.1 −8.5, near the paper's in all but the value of σ; χ² is of 34 points against 24`;
