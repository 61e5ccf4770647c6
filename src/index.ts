/**
 * The public API of nsiscan. Everything here is documented and stays stable within a major version;
 * nothing else may be imported.
 */
export type {
  Analysis,
  AnalysisOption,
  CompiledAnalysis,
  Exponent,
  Options,
} from "./analysis/analysis.js";
export { ANALYSES, analysisNamed } from "./analysis/registry.js";
export { isolines, regionRings } from "./contour/isolines.js";
export { type Level, parseLevel } from "./contour/levels.js";
export type { PlaneGrid } from "./contour/plane.js";
export { type Region, regions } from "./contour/regions.js";
export type {
  Engine,
  EngineProblem,
  EvaluateOptions,
  GridAxis,
  GridRange,
  PointList,
  PointSource,
} from "./engine/engine.js";
export { createEngine, ENGINES, type EngineOptions } from "./engine/registry.js";
export { EnvironmentError, InputError, NsiscanError, NumericalError } from "./errors.js";
export { type BestFit, bestFit, defaultRange, type FreeParameter } from "./fit/best-fit.js";
export { ChiSquare } from "./fit/chi-square.js";
export {
  type IntervalFit,
  intervalFit,
  type ParameterInterval,
  type ParameterRange,
  parameterIntervals,
} from "./fit/intervals.js";
export { type SignalCounts, signalCounts } from "./fit/prediction.js";
export type { ProfileMinimum } from "./fit/profiled.js";
export type {
  Combination,
  Data,
  LikelihoodDescription,
  Observations,
  Problem,
} from "./likelihood/description.js";
export { LikelihoodEvaluator, type ProfileResult } from "./likelihood/evaluator.js";
export {
  PARAMETERS,
  type Parameter,
  parameterIndex,
  standardModelPoint,
} from "./model/parameters.js";
export { loadScan } from "./scan/load.js";
export type { Catalogue, ResolvedScan } from "./scan/scan.js";
export type { ScanOutcome } from "./study/publish.js";
export { type RunOutcome, runScan, type ScanOptions } from "./study/run-scan.js";
export type { PublishedNumber, ValidationRow } from "./validation/row.js";
export { validate } from "./validation/validate.js";
export { verdictOf } from "./validation/verdict.js";
