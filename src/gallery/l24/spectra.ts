import { analysisNamed } from "../../analysis/registry.js";
import { DOUBLE_COLUMN } from "../../figures/style.js";
import { standardModelPoint } from "../../model/parameters.js";
import { chi2Survival } from "../../numerics/special.js";
import { originHere } from "../evaluate.js";
import type { GalleryFigure, Statement } from "../figure.js";
import { L24 } from "../papers.js";
import { type FittedTerm, fitStatement, fittedDataset, type PublishedFit } from "../spectrum.js";
import {
  type Part,
  type Projection,
  spectrumLegend,
  spectrumPanels,
  spectrumTable,
} from "../spectrum-panels.js";
import { ANALYSIS } from "./analysis.js";

/** A p-value above which data and expectation agree. */
const POOR = 0.05;

/** A figure of a data set's two projections at the Standard Model's best fit. */
interface Spectra extends Pick<GalleryFigure, "id" | "number" | "title"> {
  readonly dataset: string;
  readonly label: string;
  /** The detector in the caption. */
  readonly detector: string;
  readonly projections: readonly [Projection, Projection];
  /** Backgrounds of the stack, lowest first. */
  readonly backgrounds: (of: FittedTerm["backgrounds"]) => readonly Omit<Part, "signal">[];
  /** Panel of the upper row that has room for the legend. */
  readonly legend: 0 | 1;
  /** What the paper says of the fit, and what it prints. */
  readonly paper: PublishedFit & { readonly words: string };
  /** What tables leave out, if anything. */
  readonly summed?: string;
  readonly note: string;
}

function signalParts({ signal }: FittedTerm): Part[] {
  return [
    {
      name: "CEvNS numu and antinumu",
      label: "CE$\\nu$NS $\\nu_\\mu, \\bar\\nu_\\mu$",
      color: "series1",
      counts: signal.mu,
      signal: true,
    },
    {
      name: "CEvNS nue",
      label: "CE$\\nu$NS $\\nu_e$",
      color: "series3",
      counts: signal.e,
      signal: true,
    },
  ];
}

/** L24's figures 1 and 2: data over the stacked expectation, and below the same less backgrounds. */
export function spectraFigure(one: Spectra): GalleryFigure {
  const { id, number, title, dataset, label, detector, projections, paper } = one;
  return {
    id,
    paper: L24,
    number,
    title,
    caption: `Counts of the ${detector} detector in ${projections.map(({ shown, name }) => shown ?? name).join(" and in ")} with the Standard Model expectation at its best fit, stacked by origin; below, the same less all backgrounds, with the CEvNS signal by flavour.`,
    make: async () => {
      const analysis = analysisNamed(ANALYSIS).compile();
      const fit = fittedDataset(analysis, dataset, standardModelPoint());
      const [fitted] = fit.terms;
      const parts: readonly Part[] = [
        ...one.backgrounds(fitted.backgrounds).map((part) => ({ ...part, signal: false })),
        ...signalParts(fitted),
      ];
      const panels = projections.map((projection, i) =>
        spectrumPanels(
          fitted,
          parts,
          projection,
          i === one.legend ? { above: spectrumLegend(parts) } : {},
        ),
      );
      const { chi2 } = fit.profile;
      const { bins } = fitted.term;
      const p = chi2Survival(chi2, bins);
      const goodness: Statement = {
        paper: paper.words,
        ours: `χ² = ${chi2.toFixed(2)} in ${bins} bins, p = ${p.toFixed(2)}.`,
        verdict: p > POOR ? "holds" : "differs",
      };
      return {
        figure: {
          width: DOUBLE_COLUMN,
          aspects: [0.62, 0.4],
          panels: [panels.map(([above]) => above), panels.map(([, below]) => below)],
        },
        tables: projections.map((projection, i) =>
          spectrumTable(fitted, parts, projection, {
            name: `${dataset}-${projection.name}`,
            title: `${label} ${projection.name} spectrum`,
            location: `${number}, ${i === 0 ? "left" : "right"}`,
            description: `Observed and expected ${label} events per ${projection.name} bin${one.summed ?? ""}, Standard Model at its best fit.`,
          }),
        ),
        statements: [goodness, fitStatement(fit, paper)],
        notes: [one.note],
        origin: originHere(analysis, 1),
      };
    },
  };
}
