import { measured, type PublishedNumber, printed } from "../../row.js";
import { GE_POINTS } from "./standard-model.js";

const common = { analysis: "liao-2024" };

/** Fits with one free parameter: no signal, the exponent of L24 eq. (9). */
export const FITS: readonly PublishedNumber[] = [
  {
    ...common,
    id: "l24.csi.rejection",
    quantity: "rejection of no CEvNS by CsI, √Δχ²",
    unit: "σ",
    published: null,
    expected: { value: 11.6, digits: 1 },
  },
  {
    ...common,
    id: "l24.x.csi+lar",
    quantity: "best exponent x, CsI + LAr",
    unit: "",
    published: printed("1.99", "section III and figure 4"),
    expected: { value: 2, digits: 2 },
  },
  {
    ...common,
    id: "l24.x.all",
    quantity: "best exponent x, all three",
    unit: "",
    published: printed("1.95", "section III and figure 4"),
    expected: { value: 1.96, digits: 2 },
  },
];

interface Detector {
  readonly dataset: string;
  readonly label: string;
  /** Value, upward and downward error as printed, 1e-40 cm². */
  readonly published: readonly [string, string, string];
  readonly expected: readonly [number, number, number];
  readonly digits: number;
  readonly why?: string;
}

/** L24 table I, second line. */
const DETECTORS: readonly Detector[] = [
  {
    dataset: "lar",
    label: "LAr",
    published: ["20.9", "6.72", "-6.86"],
    expected: [28.6, 9.6, -8.6],
    digits: 1,
    why: "the paper does not say which nuisances its scale fit keeps",
  },
  {
    dataset: "ge",
    label: "Ge",
    published: ["26.37", "8.98", "-8.58"],
    expected: [29.6, 11.4, -10.8],
    digits: 1,
    why: GE_POINTS,
  },
  {
    dataset: "csi",
    label: "CsI",
    published: ["172", "25.8", "-24.9"],
    expected: [171, 29, -24],
    digits: 0,
  },
];

/** Each data set's measured cross section: its fitted scale times the paper's SM value. */
export const MEASURED: readonly PublishedNumber[] = DETECTORS.flatMap((detector) => {
  const { dataset, label, published, expected, digits, why } = detector;
  const where = "table I, second line";
  const errors = published.slice(1).map((text) => Math.abs(Number(text)));
  const printedAs = [
    measured(published[0], Math.min(...errors), where),
    printed(published[1], where),
    printed(published[2], where),
  ];
  const parts = [
    { part: "value", quantity: `σ measured, ${label}` },
    { part: "up", quantity: `its upward error, ${label}` },
    { part: "down", quantity: `its downward error, ${label}` },
  ];
  return parts.map(({ part, quantity }, i) => ({
    ...common,
    id: `l24.sigma.${dataset}.${part}`,
    quantity,
    unit: "1e-40 cm²",
    published: printedAs[i],
    expected: { value: expected[i], digits },
    ...(why && { why }),
  }));
});
