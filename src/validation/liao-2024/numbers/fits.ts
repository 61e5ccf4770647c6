import { bound, measured, type PublishedNumber, printed } from "../../row.js";
import { GE_FIT, GE_POINTS, gives, l24 } from "./l24.js";

const EXPONENT = "section III and figure 4";
const X = "not known: χ² and pulls of CsI and LAr, of which it is made, differ likewise";

/** No signal, and the exponent of L24 eq. (9). */
export const FITS: readonly PublishedNumber[] = [
  l24({
    id: "l24.csi.rejection",
    quantity: "rejection of no CEvNS by CsI, √Δχ²",
    unit: "σ",
    expected: gives(11.56, 2),
  }),
  l24({
    id: "l24.x.csi+lar",
    quantity: "best exponent x, CsI + LAr",
    published: printed("1.99", EXPONENT),
    expected: gives(2.004, 3),
    why: X,
  }),
  l24({
    id: "l24.x.all",
    quantity: "best exponent x, all three",
    published: printed("1.95", EXPONENT),
    expected: gives(1.962, 3),
    why: `that of CsI + LAr is higher by as much; and ${GE_POINTS}`,
  }),
  l24({
    id: "l24.x.shift-by-ge",
    quantity: "shift of the best exponent by Ge",
    published: bound("below", 0, "section III"),
    expected: gives(-0.042, 3),
  }),
  l24({
    id: "l24.x.all.from-2",
    quantity: "x = 2 from the best x, all three",
    unit: "σ",
    published: bound("below", 1.5, "abstract, sections III and V"),
    expected: gives(0.957, 3),
  }),
  l24({
    id: "l24.x.csi+lar.from-2",
    quantity: "x = 2 from the best x, CsI + LAr",
    unit: "σ",
    expected: gives(0.078, 3),
  }),
  l24({
    id: "l24.figure-5.distance",
    quantity: "fig. 5, misfit of best x over that of x = 2",
    published: bound("below", 1, "section III, of figure 5"),
    expected: gives(0.787, 3),
  }),
];

const LAR_SCALE =
  "not known; tried (option lar_normalisation, docs/analysis-options.md): the release's 128 events in place of our 108 give 24.2 +8.1 −7.2; its 0.09 neutrinos per proton, 24.4 kg and 1.38e23 protons, a factor 1.087 of the 1.18, 26.3 +8.8 −7.9; Helm and Fermi form factors 27.4 and 28.0; the release's with Helm 25.2, the release's own CEvNS histogram 29.3, no shape terms 27.0, expected counts as the variance 26.3; held at zero, the 512 subsets of the nuisances give 22.0 to 32.9, none 20.9. The paper's β₀ = 0.0004 would go with 17.7";

interface Detector {
  readonly dataset: string;
  readonly label: string;
  /** Value, upward and downward error as printed, 1e-40 cm². */
  readonly published: readonly [string, string, string];
  readonly expected: readonly [number, number, number];
  /** Whether the paper finds it within 1σ of the SM, and ours. */
  readonly fromSm: { readonly kind: "below" | "above"; readonly expected: number };
  readonly why: string;
}

/** L24 table I, second line. */
const DETECTORS: readonly Detector[] = [
  {
    dataset: "lar",
    label: "LAr",
    published: ["20.9", "6.72", "-6.86"],
    expected: [28.61, 9.59, -8.55],
    fromSm: { kind: "below", expected: 1.29 },
    why: LAR_SCALE,
  },
  {
    dataset: "ge",
    label: "Ge",
    published: ["26.37", "8.98", "-8.58"],
    expected: [29.55, 11.41, -10.78],
    fromSm: { kind: "above", expected: 2.33 },
    why: GE_FIT,
  },
  {
    dataset: "csi",
    label: "CsI",
    published: ["172", "25.8", "-24.9"],
    expected: [171.25, 29.02, -24.26],
    fromSm: { kind: "below", expected: 0.23 },
    why: "not known: with the norm's 11.45 % and the counts as they are, ours are what an independent calculation gives",
  },
];

const ROW = "table I, second line";

/** Each data set's measured cross section: its fitted scale times the paper's SM value. */
export const MEASURED: readonly PublishedNumber[] = DETECTORS.flatMap((detector) => {
  const { dataset, label, published, expected, fromSm, why } = detector;
  const [value, up, down] = published;
  const smaller = Math.min(...[up, down].map((text) => Math.abs(Number(text))));
  const common = { unit: "1e-40 cm²", why };
  return [
    l24({
      ...common,
      id: `l24.sigma.${dataset}.value`,
      quantity: `σ measured, ${label}`,
      published: measured(value, smaller, ROW),
      expected: gives(expected[0], 2),
    }),
    l24({
      ...common,
      id: `l24.sigma.${dataset}.up`,
      quantity: `its upward error, ${label}`,
      published: printed(up, ROW),
      expected: gives(expected[1], 2),
    }),
    l24({
      ...common,
      id: `l24.sigma.${dataset}.down`,
      quantity: `its downward error, ${label}`,
      published: printed(down, ROW),
      expected: gives(expected[2], 2),
    }),
    l24({
      ...common,
      id: `l24.sigma.${dataset}.from-sm`,
      quantity: `σ measured from the SM, ${label}`,
      unit: "σ",
      published: bound(fromSm.kind, 1, "section III, of table I"),
      expected: gives(fromSm.expected, 2),
    }),
  ];
});
