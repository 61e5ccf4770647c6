import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ANALYSES, analysisNamed } from "../../src/analysis/registry.js";
import { parseLevel } from "../../src/contour/levels.js";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import { gridSize } from "../../src/engine/points.js";
import { ENGINES } from "../../src/engine/registry.js";
import { resolveScan } from "../../src/scan/resolve.js";
import { type ResolvedScan, scanBase } from "../../src/scan/scan.js";
import type { Evaluation } from "../../src/study/findings.js";

const catalogue = { analyses: ANALYSES, engines: ENGINES, parseLevel };

export const scanOf = (text: string): ResolvedScan => resolveScan(text, "test.yaml", catalogue);

/** A scan that comes with the program, on a coarser grid. */
export function shippedScan(name: string, points: number): ResolvedScan {
  const path = fileURLToPath(new URL(`../../scans/${name}.yaml`, import.meta.url));
  const scan = resolveScan(readFileSync(path, "utf8"), path, catalogue);
  return { ...scan, axes: scan.axes.map((axis) => ({ ...axis, points })) };
}

/** χ² of every point of a scan, in this thread. */
export async function evaluated(scan: ResolvedScan): Promise<Evaluation> {
  const base = scanBase(scan);
  const scanned = scan.axes.some(({ parameter }) => parameter === "exponent_x");
  const analysis = analysisNamed(scan.analysis).compile(scan.options, scanned ? "scanned" : 2);
  const { description, observations } = analysis;
  const { axes, combinations } = scan;
  const engine = createCpuEngine({ description, observations, combinations, base }, { threads: 1 });
  const chi2 = await engine.evaluate({ kind: "grid", axes, start: 0, count: gridSize(axes) });
  await engine.close();
  return { scan, analysis, base, levels: scan.levels.map(parseLevel), chi2 };
}
