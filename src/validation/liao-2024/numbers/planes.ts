import { datasetLabel } from "../../../experiments/labels.js";
import { bound, counted, notComparable, type PublishedNumber, within } from "../../row.js";
import { GE_POINTS, gives, l24 } from "./l24.js";

/** The paper's planes, with the rectangles of SPEC §4. */
export const FIGURES = [
  { scan: "figure-6-upper", label: "fig. 6, upper" },
  { scan: "figure-6-lower", label: "fig. 6, lower" },
  { scan: "figure-7-upper", label: "fig. 7, upper" },
  { scan: "figure-7-lower", label: "fig. 7, lower" },
  { scan: "figure-8-upper", label: "fig. 8, upper" },
  { scan: "figure-8-lower", label: "fig. 8, lower" },
] as const;

/** Δχ² of 2σ and 3σ for two parameters. */
const TWO_SIGMA = 6.18;
const THREE_SIGMA = 11.83;
/** Half a unit of the last digit, and 5e-4 for each χ² of the difference: as well as it is known. */
const delta = (value: number) => ({ value, digits: 2, allowed: 0.005 + 2 * 5e-4 });
const SECTION_A = "section IV A";
const SECTION_B = "section IV B";
const READING =
  "that Δχ² counts from the sum of the data sets' own minima is our reading of figures 6–8 (only so are there no 1σ regions), and the combination then begins just below or above 2σ";
const WHY = `${GE_POINTS}; ${READING}`;

/** Lowest Δχ² of the planes, and minima within 2σ. */
const LOWEST = [6.08, 6.21, 4.8, 5.11, 5.35, 6.16] as const;
const WITHIN_2_SIGMA = [1, 0, 2, 2, 1, 1] as const;
const COMMON: readonly PublishedNumber[] = FIGURES.flatMap(({ scan, label }, i) => [
  l24({
    id: `l24.${scan}.within-1-sigma`,
    quantity: `${label}, minima within 1σ`,
    published: counted(0, `${SECTION_A}, of the right panels`),
    expected: gives(0, 0),
  }),
  l24({
    id: `l24.${scan}.within-2-sigma`,
    quantity: `${label}, minima within 2σ`,
    published:
      scan === "figure-8-lower"
        ? counted(2, `${SECTION_B} and figure 8`)
        : bound("above", 1, "right panel, which has a 2σ region"),
    expected: gives(WITHIN_2_SIGMA[i], 0),
    why: WHY,
  }),
  l24({
    id: `l24.${scan}.lowest`,
    quantity: `${label}, lowest Δχ²`,
    expected: delta(LOWEST[i]),
  }),
  l24({
    id: `l24.${scan}.area-with-ge`,
    quantity: `${label}, 2σ area with Ge over without`,
    published: bound("below", 1, "section V"),
  }),
]);

const FRAME = { upper: 16.92, lower: 13.07 } as const;
const FIGURE_6: readonly PublishedNumber[] = (["upper", "lower"] as const).flatMap((row) => {
  const [id, label] = [`l24.figure-6-${row}`, `fig. 6, ${row}`];
  return [
    l24({
      id: `${id}.frame`,
      quantity: `${label}, lowest Δχ² on the frame`,
      published:
        row === "upper"
          ? bound("above", TWO_SIGMA, `${SECTION_A}: degeneracy broken at 2σ`)
          : notComparable(
              String(TWO_SIGMA),
              `${SECTION_A}: degeneracy broken at 2σ`,
              "the paper's 2σ region does not reach the frame; nothing at all is allowed at 2σ in ours, so that there is nothing to be broken",
            ),
      expected: delta(FRAME[row]),
    }),
    l24({
      id: `${id}.size`,
      quantity: `${label}, 3σ area over 2σ without Ge`,
      published: within("1", 0.5, "our reading of “comparable in size”", SECTION_A),
    }),
  ];
});

/** Lowest Δχ² on the edges of fig. 7: ε^d low and high, ε^u low and high. */
const EDGES = {
  upper: { "d-low": 4.8, "d-high": 5.04, "u-low": 6.34, "u-high": 7.05 },
  lower: { "d-low": 5.36, "d-high": 5.11, "u-low": 7.35, "u-high": 9.5 },
} as const;
const EDGE_NAMES = {
  "d-low": "ε^d = −1",
  "d-high": "ε^d = 1.2",
  "u-low": "ε^u = −1",
  "u-high": "ε^u = 1.2",
} as const;

/** −(Z + 2N)/(2Z + N) of L24 eq. (14); CsI lies between Cs and I. */
const EXACT = "the formula's last digit as given here";
const SLOPES = {
  csi: within("-1.1195", 0.0028, "half the distance of Cs and I", "equation (14)"),
  lar: within("-1.0690", 0.00005, EXACT, "equation (14)"),
  ge: within("-1.0831", 0.00005, EXACT, "equation (14)"),
} as const;
const OUR_SLOPES = { csi: -1.1195, lar: -1.069, ge: -1.0831 } as const;

const FIGURE_7: readonly PublishedNumber[] = (["upper", "lower"] as const).flatMap((row) => {
  const [id, label] = [`l24.figure-7-${row}`, `fig. 7, ${row}`];
  const edges = Object.entries(EDGES[row]).map(([edge, value]) =>
    l24({
      id: `${id}.edge-${edge}`,
      quantity: `${label}, lowest Δχ² at ${EDGE_NAMES[edge as keyof typeof EDGE_NAMES]}`,
      // A band that ends before it leaves the plane is what breaks the degeneracy.
      published: edge.startsWith("u")
        ? bound("above", TWO_SIGMA, `${SECTION_B}: degeneracy broken at 2σ`)
        : null,
      expected: delta(value),
    }),
  );
  const slopes = (["csi", "lar", "ge"] as const).map((dataset) =>
    l24({
      id: `${id}.slope.${dataset}`,
      quantity: `${label}, slope of the valley of ${datasetLabel(dataset)}`,
      published: SLOPES[dataset],
      expected: gives(OUR_SLOPES[dataset], 4),
    }),
  );
  return [...edges, ...slopes];
});

const STRONGER: readonly PublishedNumber[] = [
  l24({
    id: "l24.figure-7-lower.broken-3-sigma",
    quantity: "fig. 7, lower, highest end of a band, Δχ²",
    published: bound("above", THREE_SIGMA, `${SECTION_B}: slightly broken even at 3σ`),
    expected: delta(EDGES.lower["u-high"]),
    why: `both bands of ours cross the whole plane at 3σ, in the rectangle −1 … 1.2; ${WHY}`,
  }),
  l24({
    id: "l24.figure-7.stronger",
    quantity: "fig. 7, 3σ area, lower over upper",
    published: bound("below", 1, `${SECTION_B}: stronger constraints`),
  }),
];

/** Minima of fig. 8 (ε^d_ee, ε^d_μμ): place and Δχ² above the separate reference (SPEC §4). */
const MINIMA = [
  { at: [-0.029, 0.03], deltaChi2: 6.16 },
  { at: [0.382, 0.03], deltaChi2: 6.45 },
  { at: [-0.028, 0.323], deltaChi2: 6.64 },
  { at: [0.381, 0.323], deltaChi2: 7.04 },
] as const;
export const MINIMUM_COUNT = MINIMA.length;

const FOUR_MINIMA: readonly PublishedNumber[] = MINIMA.flatMap(({ at, deltaChi2 }, i) => {
  const id = `l24.figure-8-lower.minimum-${i + 1}`;
  const name = `fig. 8, lower, minimum ${i + 1}`;
  return [
    l24({ id: `${id}.delta-chi2`, quantity: `${name}, Δχ²`, expected: delta(deltaChi2) }),
    l24({ id: `${id}.eps_ee_d`, quantity: `${name}, ε^d_ee`, expected: gives(at[0], 3) }),
    l24({ id: `${id}.eps_mumu_d`, quantity: `${name}, ε^d_μμ`, expected: gives(at[1], 3) }),
  ];
});

const FIGURE_8: readonly PublishedNumber[] = [
  l24({
    id: "l24.figure-8-upper.ring-highest",
    quantity: "fig. 8, upper, highest Δχ² along the ring",
    published: bound("below", THREE_SIGMA, `${SECTION_B}: a ring at 3σ`),
    expected: delta(5.82),
  }),
  l24({
    id: "l24.figure-8-upper.far-side",
    quantity: "fig. 8, upper, lowest Δχ² opposite the SM",
    published: bound("above", TWO_SIGMA, `${SECTION_B}: at 2σ a small region near the SM`),
    expected: delta(5.55),
    why: `our 2σ region still goes all the way round; ${WHY}`,
  }),
  l24({
    id: "l24.figure-8-lower.minima",
    quantity: "fig. 8, lower, local minima",
    published: counted(4, SECTION_B),
    expected: gives(4, 0),
  }),
  ...FOUR_MINIMA,
  l24({
    id: "l24.figure-8-lower.lowest-is-nearest",
    quantity: "fig. 8, lower, lowest minimum beyond nearest",
    published: counted(0, `${SECTION_B}: the larger region is near (0, 0)`),
    expected: gives(0, 3),
  }),
  l24({
    id: "l24.figure-8-lower.3-sigma-regions",
    quantity: "fig. 8, lower, 3σ regions",
    expected: gives(4, 0),
  }),
];

/** Figures 6–8, right panels: what is allowed of all three data sets together. */
export const PLANES: readonly PublishedNumber[] = [
  ...COMMON,
  ...FIGURE_6,
  ...FIGURE_7,
  ...STRONGER,
  ...FIGURE_8,
];
