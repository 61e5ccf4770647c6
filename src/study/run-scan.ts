import { analysisNamed } from "../analysis/registry.js";
import { parseLevel } from "../contour/levels.js";
import type { Engine, EvaluateOptions } from "../engine/engine.js";
import { gridSize } from "../engine/points.js";
import { createEngine, type EngineOptions } from "../engine/registry.js";
import { dataFileHashes } from "../experiments/data/hashes.js";
import { descriptionHash } from "../likelihood/hash.js";
import { parameterIndex } from "../model/parameters.js";
import { checkResultFolder } from "../results/folder.js";
import { type Provenance, provenance } from "../results/provenance.js";
import { writeResults } from "../results/results.js";
import { type ResolvedScan, scanBase } from "../scan/scan.js";
import { curveResults } from "./curve-results.js";
import { figureFiles } from "./figure-files.js";
import type { Evaluation, Findings } from "./findings.js";
import { planeResults } from "./plane-results.js";
import { checkScan } from "./preflight.js";

export interface ScanOptions extends EngineOptions, EvaluateOptions {
  /** Result folder. */
  readonly folder: string;
  /** Replace a result folder that exists, once the new one is complete. */
  readonly force?: boolean;
  /** Told which engine does the work before it starts. */
  readonly onStart?: (engine: Engine, points: number) => void;
}

export interface ScanOutcome {
  readonly folder: string;
  readonly provenance: Provenance;
  readonly findings: Findings;
}

function evaluationOf(scan: ResolvedScan): Omit<Evaluation, "chi2"> {
  const base = scanBase(scan);
  const scansExponent = scan.axes.some(({ parameter }) => parameter === "exponent_x");
  const exponent = scansExponent ? "scanned" : base[parameterIndex("exponent_x")];
  const analysis = analysisNamed(scan.analysis).compile(scan.options, exponent);
  return { scan, analysis, base, levels: scan.levels.map(parseLevel) };
}

/**
 * Runs a scan from its description to a complete result folder: χ² grids, references, minima, contours
 * or intervals, and the figure.
 * @throws InputError for a result folder in the way, more axes than can be drawn, or titles that cannot
 * be typeset; EnvironmentError where disk or memory refuse; all of it before the work begins
 */
export async function runScan(scan: ResolvedScan, options: ScanOptions): Promise<ScanOutcome> {
  checkScan(scan);
  await checkResultFolder(options.folder, options);
  const started = new Date();
  const prepared = evaluationOf(scan);
  const { description, observations } = prepared.analysis;
  const problem = {
    description,
    observations,
    combinations: scan.combinations,
    base: prepared.base,
  };
  const count = gridSize(scan.axes);
  const engine = await createEngine(scan.engine, problem, options);
  try {
    options.onStart?.(engine, count);
    const begun = performance.now();
    const source = { kind: "grid" as const, axes: scan.axes, start: 0, count };
    const chi2 = await engine.evaluate(source, options);
    const wallSeconds = (performance.now() - begun) / 1000;
    const evaluation = { ...prepared, chi2 };
    const findings = scan.axes.length === 1 ? curveResults(evaluation) : planeResults(evaluation);
    const facts = provenance({
      engine,
      descriptionHash: descriptionHash(description),
      dataFiles: dataFileHashes(),
      started,
      wallSeconds,
      points: count,
    });
    const files = await figureFiles(findings.figure, started);
    options.signal?.throwIfAborted();
    const { contours, regions, minima } = findings;
    const results = { scan, chi2, provenance: facts, contours, regions, minima, files };
    await writeResults(options.folder, results, options);
    return { folder: options.folder, provenance: facts, findings };
  } finally {
    await engine.close();
  }
}
