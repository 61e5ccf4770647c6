import { type PublishedNumber, printed } from "../../row.js";

const TABLE = "table I, first line";
const common = { analysis: "liao-2024", unit: "1e-40 cm²" };

/** Flux-weighted cross sections of the Standard Model (L24 eq. 10). */
export const CROSS_SECTIONS: readonly PublishedNumber[] = [
  {
    ...common,
    id: "l24.sigma-sm.lar",
    quantity: "⟨σ⟩ SM, LAr",
    published: printed("17.6", TABLE),
    expected: { value: 17.79, digits: 2 },
  },
  {
    ...common,
    id: "l24.sigma-sm.ge",
    quantity: "⟨σ⟩ SM, Ge",
    published: printed("56.1", TABLE),
    expected: { value: 56.84, digits: 2 },
  },
  {
    ...common,
    id: "l24.sigma-sm.csi",
    quantity: "⟨σ⟩ SM, CsI",
    published: printed("178", TABLE),
    expected: { value: 181.07, digits: 2 },
  },
];
