import type { PlaneGrid, Point } from "../../contour/plane.js";
import { allowedAt, gridOf, type StudiedPlane, studyOf } from "../plane.js";
import type { DataTable } from "../table.js";
import { ANALYSIS, CSI } from "./analysis.js";
import { type Prediction, UNITS } from "./cross-sections.js";

const LEVELS = ["1σ", "2σ", "3σ"] as const;
/** Scales of the two flavours, x then y. */
export const AXES = ["sigma_scale_mu", "sigma_scale_e"] as const;

export const SCAN = `
version: 1
analysis: ${ANALYSIS}
axes:
  - { parameter: ${AXES[0]}, from: 0, to: 2.5, points: 121 }
  - { parameter: ${AXES[1]}, from: 0, to: 4, points: 121 }
levels: [${LEVELS.join(", ")}]
`;

/** A plane of the two scales, and the cross sections that they multiply. */
export interface FlavourPlane {
  readonly plane: StudiedPlane;
  readonly sm: readonly [Prediction, Prediction];
}

/** Scales as cross sections, 1e-40 cm². */
export const crossSections = ({ sm }: FlavourPlane, [mu, e]: readonly number[]): Point => [
  mu * sm[0].value,
  e * sm[1].value,
];

/** Δχ² on the grid and the contours, both in cross sections. */
export function flavourTables(drawn: FlavourPlane): DataTable[] {
  const { plane, sm } = drawn;
  const study = studyOf(plane, CSI);
  const { x, y, values }: PlaneGrid = gridOf(plane, CSI);
  const points = Array.from(values, (_, p) => [x[Math.floor(p / y.length)], y[p % y.length]]);
  const names = ["<sigma>_mu", "<sigma>_e"] as const;
  const columns = (all: readonly (readonly number[])[]) =>
    names.map((name, i) => ({
      name,
      units: UNITS,
      values: all.map((point) => crossSections(drawn, point)[i]),
    }));
  const reference = { name: "chi2 of the reference", value: study.reference.value };
  const scale = `the fitted scales times the Standard Model values ${sm.map(({ value }) => value.toFixed(2)).join(" and ")}e-40 cm^2`;
  const grid: DataTable = {
    name: "grid",
    title: "Delta chi2 in the flavoured cross sections",
    location: "Figure 5",
    description: `Delta chi2 above its minimum in the CEvNS cross sections of muon and electron neutrinos on CsI: ${scale}.`,
    observables: ["DELTA CHI2"],
    grid: [x.length, y.length],
    coordinates: columns(points),
    quantities: [
      {
        name: "Delta chi2",
        values: Array.from(values, (value) => value - study.reference.value),
        qualifiers: [reference],
      },
    ],
  };
  const contours = LEVELS.map((level): DataTable => {
    const { lines, deltaChi2 } = allowedAt(plane, CSI, level);
    const rows = lines.flatMap(({ points: line }, k) => line.map((point) => ({ k, point })));
    const [mu, e] = columns(rows.map(({ point }) => point));
    return {
      name: `contour-${level.replace("σ", "sigma")}`,
      title: `Flavoured cross sections, ${level.replace("σ", " sigma")}`,
      location: "Figure 5",
      description: `Contour of ${level.replace("σ", " sigma")} (two degrees of freedom); lines that do not close end on an axis. Both coordinates are ${scale}.`,
      observables: ["CONTOUR"],
      coordinates: [{ name: "line", values: rows.map(({ k }) => k + 1) }, mu],
      quantities: [{ ...e, qualifiers: [{ name: "Delta chi2", value: deltaChi2 }, reference] }],
    };
  });
  return [grid, ...contours];
}
