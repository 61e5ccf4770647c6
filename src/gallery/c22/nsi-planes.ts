import type { Polyline } from "../../figures/types.js";
import type { DataTable } from "../table.js";
import { ANALYSIS, CSI } from "./analysis.js";
import { CHARM, CHARM_DELTA_CHI2, charmDisc } from "./charm.js";
import { lmaDark, SOLAR_NEUTRONS } from "./lma-dark.js";

export const NINETY = "90%";
export const LEVELS = ["1σ", "2σ", "3σ"] as const;

/** The planes as scan files would have them. */
export const SCANS = {
  upper: `
version: 1
analysis: ${ANALYSIS}
axes:
  - { parameter: eps_ee_u, from: -1.25, to: 1.25, points: 201 }
  - { parameter: eps_ee_d, from: -1, to: 1.5, points: 201 }
figure: { panels: [{ regions: [{ combination: ${CSI}, levels: [${NINETY}] }] }] }
`,
  lower: `
version: 1
analysis: ${ANALYSIS}
axes:
  - { parameter: eps_ee_u, from: -0.5, to: 0.7, points: 161 }
  - { parameter: eps_mumu_u, from: -0.3, to: 0.9, points: 161 }
figure: { panels: [{ regions: [{ combination: ${CSI}, levels: [${LEVELS.join(", ")}] }] }] }
`,
} as const;

/** Points of a circle. */
const CIRCLE = 240;

function circle([x, y]: readonly number[], radius: number): Polyline {
  return Array.from({ length: CIRCLE + 1 }, (_, k) => {
    const angle = (2 * Math.PI * (k % CIRCLE)) / CIRCLE;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** CHARM's 90 % region as rings. */
export function charmRings(): Polyline[] {
  const { centre, radius, hole } = charmDisc(CHARM_DELTA_CHI2);
  return [radius, hole].filter((one) => one > 0).map((one) => circle(centre, one));
}

/** What the planes are compared with. */
export function comparisonTables(): DataTable[] {
  const points = charmRings().flatMap((ring, line) => ring.map((point) => ({ line, point })));
  return [
    {
      name: "upper-charm-90percent",
      title: "CHARM 90%, eps_ee_u and eps_ee_d",
      location: "Figure 6, upper row, CHARM",
      description: `Contour of 90% (one degree of freedom, that of the one number measured) of R^e = ${CHARM.ratio} +- ${CHARM.error} of CHARM, Phys. Lett. B 180 (1986) 303, for vector couplings (left equal to right).`,
      observables: ["CONTOUR"],
      coordinates: [
        { name: "line", values: points.map(({ line }) => line + 1) },
        { name: "eps_ee_u", values: points.map(({ point }) => point[0]) },
      ],
      quantities: [
        {
          name: "eps_ee_d",
          values: points.map(({ point }) => point[1]),
          qualifiers: [{ name: "Delta chi2", value: CHARM_DELTA_CHI2 }],
        },
      ],
    },
    {
      name: "lower-lma-dark",
      title: "Band of the LMA-Dark solution",
      location: "Figure 6, lower row, LMA-Dark",
      description:
        "eps_ee_u − eps_mumu_u of the exact degeneracy of solar oscillations (eps_tautau = eps_mumu), for the neutrons per electron at the surface and in the centre of the Sun.",
      observables: ["EPSILON"],
      coordinates: [{ name: "neutrons per electron", values: SOLAR_NEUTRONS }],
      quantities: [{ name: "eps_ee_u − eps_mumu_u", values: SOLAR_NEUTRONS.map(lmaDark) }],
    },
  ];
}
