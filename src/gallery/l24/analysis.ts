/** The analysis that L24's figures are made with. */
export const ANALYSIS = "liao-2024";

/** Why our germanium differs from the paper's. */
export const GE_POINTS =
  "The paper read 17 Ge energy points off a figure and did not publish them; ours are the 7 columns of on − off counts that lie wholly within the fit range.";
