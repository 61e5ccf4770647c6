import { measured, type PublishedNumber, printed } from "../row.js";

/** How far we may be from an independent calculation: the paper leaves details of its fit open. */
const ALLOWED = { crossSection: 2, mixing: 0.006, mixingError: 0.002, significance: 0.15 };
const EVENTS = 0.02;
const WHY = "the paper leaves details of its fit open";
const common = { analysis: "coherent-2022", unit: "", why: WHY };

const COUNTS: readonly PublishedNumber[] = [
  {
    id: "c22.events.cevns",
    name: "CEvNS",
    published: measured("306", 20, "section 4"),
    expected: { value: 310, digits: 0 },
  },
  {
    id: "c22.events.brn",
    name: "BRN",
    published: printed("17.3", "section 4"),
    expected: { value: 17, digits: 1 },
  },
  {
    id: "c22.events.ssb",
    name: "SSB",
    published: printed("1273", "section 4"),
    expected: { value: 1278, digits: 0 },
  },
  {
    id: "c22.events.nin",
    name: "NIN",
    published: printed("5.5", "section 4"),
    expected: { value: 5.1, digits: 1 },
  },
].map(({ name, expected, ...number }) => ({
  ...common,
  ...number,
  quantity: `${name} events at the best fit`,
  unit: "events",
  expected: { ...expected, allowed: EVENTS * expected.value },
}));

/** Every number of the CsI paper (C22 section 4). */
export const COHERENT_2022: readonly PublishedNumber[] = [
  {
    ...common,
    id: "c22.chi2",
    quantity: "χ² at the best fit",
    published: printed("82.6", "section 4"),
    expected: { value: 81.6, digits: 1 },
  },
  ...COUNTS,
  {
    ...common,
    id: "c22.sigma.value",
    quantity: "⟨σ⟩",
    unit: "1e-40 cm²",
    published: measured("165", 25, "section 4"),
    expected: { value: 164.5, digits: 1, allowed: ALLOWED.crossSection },
  },
  {
    ...common,
    id: "c22.sigma.up",
    quantity: "⟨σ⟩, upward error",
    unit: "1e-40 cm²",
    published: printed("30", "section 4"),
    expected: { value: 31, digits: 0, allowed: ALLOWED.crossSection },
  },
  {
    ...common,
    id: "c22.sigma.down",
    quantity: "⟨σ⟩, downward error",
    unit: "1e-40 cm²",
    published: printed("-25", "section 4"),
    expected: { value: -27, digits: 0, allowed: ALLOWED.crossSection },
  },
  {
    ...common,
    id: "c22.rejection",
    quantity: "rejection of no CEvNS, √Δχ²",
    unit: "σ",
    published: printed("11.6", "section 4"),
    expected: { value: 11.5, digits: 1, allowed: ALLOWED.significance },
  },
  {
    ...common,
    id: "c22.sin2-theta-w.value",
    quantity: "sin²θ_W",
    published: measured("0.220", 0.026, "section 4"),
    expected: { value: 0.215, digits: 3, allowed: ALLOWED.mixing },
  },
  {
    ...common,
    id: "c22.sin2-theta-w.up",
    quantity: "sin²θ_W, upward error",
    published: printed("0.028", "section 4"),
    expected: { value: 0.029, digits: 3, allowed: ALLOWED.mixingError },
  },
  {
    ...common,
    id: "c22.sin2-theta-w.down",
    quantity: "sin²θ_W, downward error",
    published: printed("-0.026", "section 4"),
    expected: { value: -0.027, digits: 3, allowed: ALLOWED.mixingError },
  },
  {
    ...common,
    id: "c22.significance.mu",
    quantity: "significance of ⟨σ⟩_μ, ⟨σ⟩_e free",
    unit: "σ",
    published: printed("3.0", "section 4"),
    expected: { value: 3.1, digits: 1, allowed: ALLOWED.significance },
  },
  {
    ...common,
    id: "c22.significance.e",
    quantity: "significance of ⟨σ⟩_e, ⟨σ⟩_μ free",
    unit: "σ",
    published: printed("1.4", "section 4"),
    expected: { value: 1.2, digits: 1, allowed: ALLOWED.significance },
  },
];
