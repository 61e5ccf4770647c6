/** What every number of C22 (arXiv:2110.07730) is of. */
export const C22 = { analysis: "coherent-2022", unit: "" } as const;
export const EVENTS = { ...C22, unit: "events" } as const;
export const CROSS_SECTION = { ...C22, unit: "1e-40 cm²" } as const;
export const TABLE = "table I";
export const FIT = "section 3.5";
export const RESULTS = "section 4";

/** Fitted values: as near to the independent fit as two minimisers and their grids in the onset come. */
export const FITTED = 0.01;
