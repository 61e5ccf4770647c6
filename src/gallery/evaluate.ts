import type { CompiledAnalysis } from "../analysis/analysis.js";
import { ANALYSES, analysisNamed } from "../analysis/registry.js";
import { parseLevel } from "../contour/levels.js";
import type { Engine } from "../engine/engine.js";
import { gridSize } from "../engine/points.js";
import { createEngine, ENGINES } from "../engine/registry.js";
import { descriptionHash } from "../likelihood/hash.js";
import { parameterIndex } from "../model/parameters.js";
import { resolveScan } from "../scan/resolve.js";
import { type ResolvedScan, scanBase } from "../scan/scan.js";
import type { MakeOptions, Origin } from "./figure.js";

/** A scan with its χ². */
export interface EvaluatedScan {
  readonly scan: ResolvedScan;
  readonly analysis: CompiledAnalysis;
  readonly base: Float64Array;
  /** [points × combinations]. */
  readonly chi2: Float64Array;
  readonly origin: Origin;
}

/** A scan from what a scan file would say, its axes with as many points as asked for. */
export function scanOf(text: string, name: string, points?: number): ResolvedScan {
  const catalogue = { analyses: ANALYSES, engines: ENGINES, parseLevel };
  const scan = resolveScan(text, name, catalogue);
  if (points === undefined) return scan;
  return { ...scan, axes: scan.axes.map((axis) => ({ ...axis, points })) };
}

function compile(scan: ResolvedScan, base: Float64Array): CompiledAnalysis {
  const scanned = scan.axes.some(({ parameter }) => parameter === "exponent_x");
  const exponent = scanned ? "scanned" : base[parameterIndex("exponent_x")];
  return analysisNamed(scan.analysis).compile(scan.options, exponent);
}

/** χ² of a scan at every point of its grid. */
export async function evaluateScan(
  scan: ResolvedScan,
  { engine: name, threads, signal }: MakeOptions,
): Promise<EvaluatedScan> {
  const base = scanBase(scan);
  const analysis = compile(scan, base);
  const { description, observations } = analysis;
  const problem = { description, observations, combinations: scan.combinations, base };
  const engine: Engine = await createEngine(name, problem, { threads });
  try {
    const count = gridSize(scan.axes);
    const source = { kind: "grid" as const, axes: scan.axes, start: 0, count };
    const chi2 = await engine.evaluate(source, signal ? { signal } : {});
    const { device } = engine;
    const origin = {
      descriptionHash: descriptionHash(description),
      engine: { name: engine.name, device },
      points: count,
    };
    return { scan, analysis, base, chi2, origin };
  } finally {
    await engine.close();
  }
}

/** The origin of what is computed point by point in this thread. */
export function originHere({ description }: CompiledAnalysis, points: number): Origin {
  const engine = { name: "reference", device: "this thread, float64" };
  return { descriptionHash: descriptionHash(description), engine, points };
}
