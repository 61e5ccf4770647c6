import { fileURLToPath } from "node:url";
import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { ANALYSES, analysisNamed } from "../../analysis/registry.js";
import { parseLevel } from "../../contour/levels.js";
import { gridSize } from "../../engine/points.js";
import { createEngine, ENGINES } from "../../engine/registry.js";
import { loadScan } from "../../scan/load.js";
import { type ResolvedScan, scanBase } from "../../scan/scan.js";
import { type CombinationStudy, studyPlane } from "../../study/plane.js";
import { FIGURES, MINIMUM_COUNT } from "./numbers/planes.js";

/** Fine enough for every basin of these planes; minima are polished off the grid. */
const POINTS = 161;
const COMBINATION = "csi+lar+ge";

/** The scan of a figure as it is shipped, on a coarser grid. */
async function coarseScan(name: string): Promise<ResolvedScan> {
  const path = fileURLToPath(new URL(`../../../scans/${name}.yaml`, import.meta.url));
  const catalogue = { analyses: ANALYSES, engines: ENGINES, parseLevel };
  const scan = await loadScan(path, catalogue);
  return { ...scan, axes: scan.axes.map((axis) => ({ ...axis, points: POINTS })) };
}

/** The combination of all three data sets on a figure's plane. */
async function studyFigure(name: string, analysis: CompiledAnalysis): Promise<CombinationStudy> {
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
    const levels = ["1sigma", "2sigma", "3sigma"].map(parseLevel);
    const studies = studyPlane(plane, scan.reference, levels);
    return studies[combinations.findIndex((one) => one.name === COMBINATION)];
  } finally {
    await engine.close();
  }
}

/** Minima of fig. 8 (ε^d_ee, ε^d_μμ), by id. */
function figure8({ minima, allowed }: CombinationStudy): [string, number][] {
  const id = "l24.figure-8-lower";
  const twoSigma = allowed[1].deltaChi2;
  const places = Array.from({ length: MINIMUM_COUNT }, (_, i): [string, number][] => {
    const { deltaChi2, point } = minima[i] ?? { deltaChi2: Number.NaN, point: [] };
    return [
      [`${id}.minimum-${i + 1}.delta-chi2`, deltaChi2],
      [`${id}.minimum-${i + 1}.eps_ee_d`, point[0] ?? Number.NaN],
      [`${id}.minimum-${i + 1}.eps_mumu_d`, point[1] ?? Number.NaN],
    ];
  });
  const below = minima.filter(({ deltaChi2 }) => deltaChi2 <= twoSigma);
  return [
    [`${id}.minima`, minima.length],
    ...places.flat(),
    [`${id}.within-2-sigma`, below.length],
    [`${id}.3-sigma-regions`, allowed[2].regions.length],
  ];
}

/** What the planes of figures 6–8 show of all three data sets, by id. */
export async function planes(): Promise<[string, number][]> {
  const analysis = analysisNamed("liao-2024").compile();
  const found: [string, number][] = [];
  for (const { scan } of FIGURES) {
    const study = await studyFigure(scan, analysis);
    const oneSigma = study.allowed[0].deltaChi2;
    const below = study.minima.filter(({ deltaChi2 }) => deltaChi2 <= oneSigma);
    found.push([`l24.${scan}.within-1-sigma`, below.length]);
    if (scan === "figure-8-lower") found.push(...figure8(study));
  }
  return found;
}
