import type { GridAxis } from "../engine/engine.js";
import type { Combination } from "../likelihood/description.js";
import { parameterIndex, standardModelPoint } from "../model/parameters.js";

/** What a panel of the figure draws: one combination's allowed regions. */
interface PanelRegion {
  readonly combination: string;
  readonly levels: readonly string[];
}

export interface Panel {
  readonly title: string;
  readonly regions: readonly PanelRegion[];
}

/** A scan with every default filled in; written next to its results, it is a scan file itself. */
export interface ResolvedScan {
  readonly version: 1;
  /** Names the folder results/<name>. */
  readonly name: string;
  readonly title: string;
  readonly analysis: string;
  /** Options of the analysis, as the analysis completed them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** One to six; grids are row-major over them, the last fastest. The first is a figure's x. */
  readonly axes: readonly GridAxis[];
  /** Value of every parameter that is no axis. */
  readonly fixed: Readonly<Record<string, number>>;
  /** In the order of the χ² columns. */
  readonly combinations: readonly Combination[];
  /** Pairs of axes to reduce to; empty for a scan of one axis. */
  readonly planes: readonly (readonly [string, string])[];
  /** Labels of the confidence levels, e.g. `90%`, `2σ`; every level of the panels is among them. */
  readonly levels: readonly string[];
  readonly reference: "joint" | "separate";
  readonly engine: string;
  /** Keep χ² of every point too: of three or more axes only, fewer are always kept whole. */
  readonly store_grid?: boolean;
  /** The figure bears no title unless the scan gives one: captions belong to the paper. */
  readonly figure: { readonly title?: string; readonly panels: readonly Panel[] };
}

/** What exists to be asked for, so that the scan room knows no analysis by name. */
export interface Catalogue {
  readonly analyses: readonly CatalogueAnalysis[];
  /** Names that a scan may give as its engine, the default first. */
  readonly engines: readonly string[];
  /** Reads a confidence level. @throws InputError for an impossible one */
  readonly parseLevel: (level: string | number) => { readonly label: string };
}

export interface CatalogueAnalysis {
  readonly name: string;
  /** In the order in which combinations name them. */
  readonly datasets: readonly string[];
  /** Completes options with their defaults. @throws InputError for those it does not have */
  readonly completeOptions: (
    given: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, unknown>>;
}

/** The parameter vector that a scan's points start from, [PARAMETERS]. */
export function scanBase(scan: ResolvedScan): Float64Array {
  const base = standardModelPoint();
  for (const [name, value] of Object.entries(scan.fixed)) base[parameterIndex(name)] = value;
  return base;
}
