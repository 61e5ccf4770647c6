import { InputError } from "../errors.js";
import { CombinationReader, withMore } from "./combinations.js";
import { resolveFigure } from "./figure.js";
import { LevelReader } from "./levels.js";
import { checkParameters, completeFixed } from "./names.js";
import { resolvePlanes } from "./planes.js";
import type { Catalogue, CatalogueAnalysis, ResolvedScan } from "./scan.js";
import { checkScanFile, SCAN_VERSION, type ScanFile } from "./schema.js";
import { parseSource, type ScanSource } from "./source.js";
import { suggest } from "./suggest.js";

/**
 * Reads the text of a scan file (YAML or JSON), checks every key and value of it, and fills in all
 * defaults. Resolving what {@link formatScan} writes gives the same scan again.
 *
 * @param path the file's name as the user wrote it, for messages and for the scan's default name
 * @throws InputError naming file, line, key, value and remedy
 */
export function resolveScan(text: string, path: string, catalogue: Catalogue): ResolvedScan {
  const source = parseSource(text, path);
  const file = checkScanFile(source);
  const analysis = findAnalysis(file, source, catalogue);
  const engine = file.engine ?? catalogue.engines[0];
  if (!catalogue.engines.includes(engine)) {
    const remedy = suggest(engine, catalogue.engines);
    throw source.refuse("unknown-engine", ["engine"], `there is no engine "${engine}". ${remedy}`);
  }
  const axes = checkParameters(file, source);
  const name = file.name ?? nameFrom(path);
  const reference = file.reference ?? "joint";
  const levels = new LevelReader(catalogue, source);
  const combinations = new CombinationReader(analysis.name, analysis.datasets, source);
  const asked = file.combinations
    ? file.combinations.map((written, i) => combinations.read(written, ["combinations", i]))
    : [...combinations.alone(), combinations.read("all", [])];
  const figure = resolveFigure(file, combinations, levels);
  const drawn = withMore(asked, figure.combinations);
  // The separate reference needs the minimum of each data set that takes part, fitted alone.
  const parts = combinations
    .alone()
    .filter(({ name }) => drawn.some(({ datasets }) => datasets.includes(name)));

  return {
    version: SCAN_VERSION,
    name,
    title: file.title ?? name,
    analysis: analysis.name,
    options: completeOptions(analysis, file, source),
    axes,
    fixed: completeFixed(file),
    combinations: reference === "separate" ? withMore(drawn, parts) : drawn,
    planes: resolvePlanes(file, source),
    levels: figure.levels,
    reference,
    engine,
    // The grid of one or two axes is the result itself.
    ...(axes.length > 2 && { store_grid: file.store_grid ?? false }),
    figure: {
      ...(file.figure?.title !== undefined && { title: file.figure.title }),
      panels: figure.panels,
    },
  };
}

function findAnalysis(file: ScanFile, source: ScanSource, { analyses }: Catalogue) {
  const found = analyses.find(({ name }) => name === file.analysis);
  if (found) return found;
  const remedy = suggest(
    file.analysis,
    analyses.map(({ name }) => name),
  );
  const message = `there is no analysis "${file.analysis}". ${remedy}`;
  throw source.refuse("unknown-analysis", ["analysis"], message);
}

function completeOptions(analysis: CatalogueAnalysis, file: ScanFile, source: ScanSource) {
  try {
    return analysis.completeOptions(file.options ?? {});
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw source.refuse(error.code, ["options"], error.message);
  }
}

/** `scans/figure-7.yaml` → `figure-7`; `-` (standard input) → `scan`. */
function nameFrom(path: string): string {
  const file = path.split(/[\\/]/).at(-1) ?? "";
  const stem = file.replace(/\.(ya?ml|json)$/i, "").replace(/[^\p{L}\p{N}._+-]+/gu, "-");
  return stem.replace(/^[^\p{L}\p{N}]+/u, "") || "scan";
}
