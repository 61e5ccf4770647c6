import { measured, type PublishedNumber, printed } from "../../row.js";

const GE = "arXiv:2406.13806, quoted by L24 section II C";
const COUNTS =
  "not known: no data are released, and ours are the counts of 7 columns and 10 time bins that a figure prints, which see a part of the fit range";
const EVENTS = { analysis: "release", unit: "events" } as const;

/** Ge with the signal free. */
export const GE_NUMBERS: readonly PublishedNumber[] = [
  {
    ...EVENTS,
    id: "release.ge.events.value",
    quantity: "Ge signal events",
    published: measured("20.6", 6.3, GE),
    expected: { value: 21.218, digits: 3 },
  },
  {
    ...EVENTS,
    id: "release.ge.events.up",
    quantity: "Ge signal events, upward error",
    published: printed("7.1", GE),
    expected: { value: 7.684, digits: 3 },
    why: COUNTS,
  },
  {
    ...EVENTS,
    id: "release.ge.events.down",
    quantity: "Ge signal events, downward error",
    published: printed("-6.3", GE),
    expected: { value: -6.948, digits: 3 },
    why: COUNTS,
  },
  {
    ...EVENTS,
    id: "release.ge.prediction",
    quantity: "Ge signal events, SM",
    published: null,
    expected: { value: 35.539, digits: 3 },
  },
  {
    ...EVENTS,
    id: "release.ge.rejection",
    quantity: "Ge rejection of no CEvNS, √Δχ²",
    unit: "σ",
    published: null,
    expected: { value: 3.4825, digits: 4 },
  },
  {
    ...EVENTS,
    id: "release.ge.chi2",
    quantity: "Ge χ², signal free",
    unit: "",
    published: null,
    expected: { value: 141.063, digits: 3 },
  },
];
