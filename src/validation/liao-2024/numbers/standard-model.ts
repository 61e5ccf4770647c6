import { type PublishedNumber, printed } from "../../row.js";

const CSI = "section II A";
const LAR = "section II B";
const GE = "section II C";
export const GE_POINTS =
  "the paper's 17 energy points were read off a figure and are not published; ours are 7 columns of the released counts";
const common = { analysis: "liao-2024", unit: "" };

/** The Standard Model's fit to each data set. */
export const STANDARD_MODEL: readonly PublishedNumber[] = [
  {
    ...common,
    id: "l24.csi.chi2",
    quantity: "CsI χ² SM",
    published: printed("95.9", CSI),
    expected: { value: 96.73, digits: 2 },
  },
  {
    ...common,
    id: "l24.csi.alpha0",
    quantity: "CsI SM pull α₀",
    published: printed("-0.024", CSI),
    expected: { value: -0.0216, digits: 4 },
  },
  {
    ...common,
    id: "l24.csi.alpha1",
    quantity: "CsI SM pull α₁",
    published: printed("0.047", CSI),
    expected: { value: 0.005, digits: 4 },
  },
  {
    ...common,
    id: "l24.csi.alpha2",
    quantity: "CsI SM pull α₂",
    published: printed("-0.018", CSI),
    expected: { value: -0.0166, digits: 4 },
  },
  {
    ...common,
    id: "l24.csi.alpha3",
    quantity: "CsI SM pull α₃",
    published: printed("-0.012", CSI),
    expected: { value: -0.0077, digits: 4 },
  },
  {
    ...common,
    id: "l24.lar.chi2",
    quantity: "LAr χ² SM",
    published: printed("107.2", LAR),
    expected: { value: 107.77, digits: 2 },
  },
  {
    ...common,
    id: "l24.ge.chi2",
    quantity: "Ge χ² SM",
    published: printed("38.4", GE),
    expected: { value: 18.12, digits: 2 },
    why: GE_POINTS,
  },
  {
    ...common,
    id: "l24.ge.gamma0",
    quantity: "Ge SM pull γ₀",
    published: printed("-0.165", GE),
    expected: { value: -0.108, digits: 3 },
    why: GE_POINTS,
  },
];

/** Events that the Standard Model expects. */
export const EVENTS: readonly PublishedNumber[] = [
  {
    ...common,
    id: "l24.ge.events",
    quantity: "Ge events SM, 1.5–20 keVee",
    unit: "events",
    published: printed("35.2", GE),
    expected: { value: 35.6, digits: 2 },
  },
  {
    ...common,
    id: "l24.ge.events-fit-range",
    quantity: "Ge events SM, fit range",
    unit: "events",
    published: null,
    expected: { value: 33.51, digits: 2 },
  },
  {
    ...common,
    id: "l24.csi.events",
    quantity: "CsI events SM, 88 bins",
    unit: "events",
    published: null,
    expected: { value: 319.4, digits: 1 },
  },
  {
    ...common,
    id: "l24.lar.events",
    quantity: "LAr events SM, 120 bins",
    unit: "events",
    published: null,
    expected: { value: 108.3, digits: 1 },
  },
];
