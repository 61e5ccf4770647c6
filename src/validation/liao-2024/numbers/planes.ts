import { counted, type PublishedNumber } from "../../row.js";

const common = { analysis: "liao-2024", unit: "" };

/** The paper's planes, with the rectangles of SPEC §4. */
export const FIGURES = [
  { scan: "figure-6-upper", label: "fig. 6, upper" },
  { scan: "figure-6-lower", label: "fig. 6, lower" },
  { scan: "figure-7-upper", label: "fig. 7, upper" },
  { scan: "figure-7-lower", label: "fig. 7, lower" },
  { scan: "figure-8-upper", label: "fig. 8, upper" },
  { scan: "figure-8-lower", label: "fig. 8, lower" },
] as const;

const NO_ONE_SIGMA: readonly PublishedNumber[] = FIGURES.map(({ scan, label }) => ({
  ...common,
  id: `l24.${scan}.within-1-sigma`,
  quantity: `${label}, minima within 1σ`,
  published: counted(0, "section IV A, of the right panels"),
  expected: { value: 0, digits: 0 },
}));

/** Half a unit of the last digit, and 5e-4 for each χ² of the difference: as well as it is known. */
const DELTA_ALLOWED = 0.005 + 2 * 5e-4;

/** Minima of fig. 8 (ε^d_ee, ε^d_μμ): place and Δχ² above the separate reference (SPEC §4). */
const MINIMA = [
  { at: [-0.029, 0.03], deltaChi2: 6.16 },
  { at: [0.382, 0.03], deltaChi2: 6.45 },
  { at: [-0.028, 0.323], deltaChi2: 6.64 },
  { at: [0.381, 0.323], deltaChi2: 7.03 },
] as const;
export const MINIMUM_COUNT = MINIMA.length;

const FOUR_MINIMA: readonly PublishedNumber[] = MINIMA.flatMap(({ at, deltaChi2 }, i) => {
  const id = `l24.figure-8-lower.minimum-${i + 1}`;
  const name = `fig. 8, lower, minimum ${i + 1}`;
  const place = { ...common, published: null };
  return [
    {
      ...place,
      id: `${id}.delta-chi2`,
      quantity: `${name}, Δχ²`,
      expected: { value: deltaChi2, digits: 2, allowed: DELTA_ALLOWED },
    },
    {
      ...place,
      id: `${id}.eps_ee_d`,
      quantity: `${name}, ε^d_ee`,
      expected: { value: at[0], digits: 3 },
    },
    {
      ...place,
      id: `${id}.eps_mumu_d`,
      quantity: `${name}, ε^d_μμ`,
      expected: { value: at[1], digits: 3 },
    },
  ];
});

/** Figures 6–8: no 1σ region of the combination anywhere; the four minima of fig. 8. */
export const PLANES: readonly PublishedNumber[] = [
  ...NO_ONE_SIGMA,
  {
    ...common,
    id: "l24.figure-8-lower.minima",
    quantity: "fig. 8, lower, local minima",
    published: counted(4, "section IV B"),
    expected: { value: 4, digits: 0 },
  },
  ...FOUR_MINIMA,
  {
    ...common,
    id: "l24.figure-8-lower.within-2-sigma",
    quantity: "fig. 8, lower, minima within 2σ",
    published: counted(2, "section IV B and figure 8"),
    expected: { value: 1, digits: 0 },
    why: "the paper's own Ge energy points make the difference: it has two small 2σ regions",
  },
  {
    ...common,
    id: "l24.figure-8-lower.3-sigma-regions",
    quantity: "fig. 8, lower, 3σ regions",
    published: null,
    expected: { value: 4, digits: 0 },
  },
];
