import { axisValues } from "../../src/engine/points.js";
import { provenance } from "../../src/results/provenance.js";
import type { Results } from "../../src/results/results.js";
import { resolveScan } from "../../src/scan/resolve.js";
import { catalogue } from "../scan/catalogue.js";

const text = `
version: 1
name: example
title: Figure 7, ε^d_ee
analysis: liao-2024
axes:
  - { parameter: eps_ee_d, from: -1, to: 1.2, points: 7 }
  - { parameter: eps_ee_u, from: -0.5, to: 0.3, points: 5 }
combinations: [csi, csi+lar+ge]
`;

const scan = resolveScan(text, "example.yaml", catalogue);

/** χ² of combination k at a point: a formula that mixes up no two axes, combinations or points. */
export function exampleChi2(x: number, y: number, k: number): number {
  return 96.73148 + 10 * x * x + y / 3 + 1000 * k;
}

/** A small finished scan; χ² lies in shared memory, as the CPU engine leaves it. */
export function exampleResults(): Results {
  const [xs, ys] = scan.axes.map((axis) => [...axisValues(axis)]);
  const rows = xs.flatMap((x) =>
    ys.flatMap((y) => scan.combinations.map((_, k) => exampleChi2(x, y, k))),
  );
  const chi2 = new Float64Array(new SharedArrayBuffer(8 * rows.length));
  chi2.set(rows);
  const polylines = [
    {
      closed: false,
      points: [
        [-1, 0.1],
        [0.5, 1 / 3],
      ],
    },
    {
      closed: true,
      points: [
        [0, 0],
        [0.1, 0],
        [0, 0.1],
        [0, 0],
      ],
    },
  ] as const;
  return {
    scan,
    chi2,
    provenance: provenance({
      engine: { name: "cpu", device: "2 worker threads, float64" },
      descriptionHash: "ab".repeat(32),
      dataFiles: { "csi-2022.json": "cd".repeat(32) },
      started: new Date("2026-11-21T12:00:00Z"),
      wallSeconds: 0.123456,
      points: 35,
    }),
    contours: [
      {
        plane: ["eps_ee_d", "eps_ee_u"],
        combination: "csi",
        level: "90%",
        deltaChi2: 4.605,
        reference: 96.7,
        polylines,
      },
      {
        plane: ["eps_ee_d", "eps_ee_u"],
        combination: "csi+lar+ge",
        level: "2σ",
        deltaChi2: 6.18,
        reference: 219.1,
        polylines: [],
      },
    ],
    regions: [{ combination: "csi", level: "90%", x: [-1, 0.5], note: "text [ 1   2 ]" }],
    minima: { csi: { point: [0.01, -0.02], chi2: 96.6 } },
    warnings: ["The grid is coarse."],
    uncertain: [],
    files: { "figure.svg": "<svg/>\n" },
  };
}
