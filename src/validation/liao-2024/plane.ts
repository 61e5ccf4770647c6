import { fileURLToPath } from "node:url";
import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { ANALYSES } from "../../analysis/registry.js";
import { parseLevel } from "../../contour/levels.js";
import { gridSize } from "../../engine/points.js";
import { createEngine, ENGINES } from "../../engine/registry.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIndex } from "../../model/parameters.js";
import { brentMinimum } from "../../numerics/root.js";
import { loadScan } from "../../scan/load.js";
import { type ResolvedScan, scanBase } from "../../scan/scan.js";
import { type CombinationStudy, studyPlane } from "../../study/plane.js";

/** Fine enough for every basin of these planes; minima are polished off the grid. */
const POINTS = 161;
const LEVELS = ["1sigma", "2sigma", "3sigma"] as const;
/** Cells in which a minimum is looked for along an edge. */
const STEPS = 24;

/** A figure's plane, studied; χ² is also to be had away from the grid. */
export interface FigurePlane {
  readonly analysis: CompiledAnalysis;
  readonly scan: ResolvedScan;
  /** All three data sets, and without germanium. */
  readonly all: CombinationStudy;
  readonly without: CombinationStudy;
}

/** The scan of a figure as it is shipped, on a coarser grid. */
async function coarseScan(name: string): Promise<ResolvedScan> {
  const path = fileURLToPath(new URL(`../../../scans/${name}.yaml`, import.meta.url));
  const catalogue = { analyses: ANALYSES, engines: ENGINES, parseLevel };
  const scan = await loadScan(path, catalogue);
  return { ...scan, axes: scan.axes.map((axis) => ({ ...axis, points: POINTS })) };
}

/** Evaluates and studies a figure's plane. */
export async function figurePlane(name: string, analysis: CompiledAnalysis): Promise<FigurePlane> {
  const scan = await coarseScan(name);
  const { combinations } = scan;
  const [x, y] = scan.axes;
  const base = scanBase(scan);
  const { description, observations } = analysis;
  const engine = await createEngine("cpu", { description, observations, combinations, base });
  try {
    const range = { kind: "grid" as const, axes: [x, y], start: 0, count: gridSize([x, y]) };
    const chi2 = await engine.evaluate(range);
    const plane = { analysis, axes: [x, y] as const, base, combinations, chi2 };
    const studies = studyPlane(plane, scan.reference, LEVELS.map(parseLevel));
    const named = (combination: string) =>
      studies[combinations.findIndex((one) => one.name === combination)];
    return { analysis, scan, all: named("csi+lar+ge"), without: named("csi+lar") };
  } finally {
    await engine.close();
  }
}

/** χ² of some data sets as a function of a place in the plane. */
export function surface({ analysis, scan }: FigurePlane, datasets: readonly string[]) {
  const chi2 = new ChiSquare(analysis, datasets);
  const at = scanBase(scan).slice();
  const indices = scan.axes.map(({ parameter }) => parameterIndex(parameter));
  return (...place: readonly number[]): number => {
    indices.forEach((index, i) => {
      at[index] = place[i];
    });
    return chi2.value(at);
  };
}

/** The lowest value of a function of one variable, looked for in every cell between two values, and where. */
export function lowestAlong(f: (x: number) => number, from: number, to: number) {
  const step = (to - from) / STEPS;
  const ends = [from, to].map((x) => ({ x, value: f(x) }));
  const cells = Array.from({ length: STEPS }, (_, i) => {
    return brentMinimum(f, from + i * step, from + (i + 1) * step);
  });
  return [...ends, ...cells].reduce((best, one) => (one.value < best.value ? one : best));
}

/** The lowest Δχ² of all three data sets on an edge of the plane: where axis 0 or 1 is at an end. */
export function lowestOnEdge(plane: FigurePlane, axis: 0 | 1, end: "from" | "to"): number {
  const { axes } = plane.scan;
  const chi2 = surface(plane, plane.all.combination.datasets);
  const fixed = axes[axis][end];
  const { from, to } = axes[1 - axis];
  const along = (x: number) => (axis === 0 ? chi2(fixed, x) : chi2(x, fixed));
  return lowestAlong(along, from, to).value - plane.all.reference.value;
}

/** Sum of the areas of a combination's regions, by the number of σ. */
export function areaAt({ allowed }: CombinationStudy, sigma: 2 | 3): number {
  return allowed[sigma - 1].regions.reduce((sum, { area }) => sum + area, 0);
}
