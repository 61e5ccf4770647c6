import type { FigureSpec } from "../figures/types.js";
import type { DataTable } from "./table.js";

/** A paper whose figures are shown. */
export interface Paper {
  /** How ids of its figures begin, e.g. `l24`. */
  readonly id: string;
  readonly short: string;
  readonly citation: string;
  readonly arxiv: string;
}

/** Whether what the paper says holds for ours; "not comparable" where ours cannot be held against it. */
export const VERDICTS = ["holds", "in part", "differs", "not comparable"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A number of ours that a paper prints too, by its id in the validation. */
export interface OurNumber {
  readonly id: string;
  readonly value: number;
}

/** What a paper says of a figure, and what ours shows. */
export interface Statement {
  /** In our words, with no number that the paper does not print. */
  readonly paper: string;
  /** What we find, with our numbers. */
  readonly ours: string;
  readonly verdict: Verdict;
  /** Where it does not hold, or not quite: the reason as far as it is known. */
  readonly why?: string;
  /** The numbers behind it, whose verdict is that of the validation. */
  readonly numbers?: readonly OurNumber[];
}

/** A table of text, for figures that are tables. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The same in LaTeX, as a tabular. */
  readonly latex: string;
}

/** What was evaluated, for the provenance of a figure. */
export interface Origin {
  readonly descriptionHash: string;
  readonly engine: { readonly name: string; readonly device: string };
  readonly points: number;
}

/** A figure: data, its description as vector graphics (or as text), and what it says. */
export interface FigureContent {
  /** The figure's caption with what only its making knows: the numbers by which something was scaled. */
  readonly caption?: string;
  readonly figure?: FigureSpec;
  readonly text?: TextTable;
  readonly tables: readonly DataTable[];
  readonly statements: readonly Statement[];
  /** How ours is made, where a reader would ask. */
  readonly notes?: readonly string[];
  readonly origin: Origin;
}

export interface MakeOptions {
  /** Points a side of scanned planes and along scanned lines; the figure's own when absent. */
  readonly points?: number | undefined;
  readonly engine: string;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A figure that can be asked for. */
export interface GalleryFigure {
  readonly id: string;
  readonly paper: Paper;
  /** As the paper numbers it: `Figure 7`. */
  readonly number: string;
  readonly title: string;
  /** What it shows, in plain words. */
  readonly caption: string;
  readonly make: (options: MakeOptions) => Promise<FigureContent>;
}
