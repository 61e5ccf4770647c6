import type { TermTemplates } from "./templates.js";

/**
 * The event counts that a likelihood needs of a point: rows that are linear in its squared charges,
 * the signal of every bin of every term, then what morphs add to it per θ and θ². With a template
 * family the charges come once for each of its nodes, times that node's cardinal function.
 */
export interface CountRows {
  readonly rows: number;
  /** Nodes × charges of the description. */
  readonly columns: number;
  /** [rows × columns] */
  readonly matrix: Float64Array;
}

/** Where the rows of a term begin: the signal's, and by nuisance those of its morphs. */
export interface TermRows {
  readonly signal: number;
  readonly linear: readonly (number | undefined)[];
  readonly quadratic: readonly (number | undefined)[];
}

/** Puts the templates of terms below each other. */
export class CountLayout {
  private readonly matrix: Float64Array[] = [];
  private readonly columns: number;

  constructor(
    readonly nodes: Float64Array,
    readonly charges: number,
  ) {
    this.columns = nodes.length * charges;
  }

  add(templates: TermTemplates): TermRows {
    if (templates.isShaped) return { signal: 0, linear: [], quadratic: [] };
    const atNodes = Array.from(this.nodes, (value) => templates.signalAt(value));
    return {
      signal: this.rowsOf(
        templates,
        atNodes.map(({ counts }) => counts),
      ),
      linear: templates.nuisances.map((_, j) => {
        return templates.morphsSignal[j]
          ? this.rowsOf(
              templates,
              atNodes.map(({ linear }) => linear[j] ?? []),
            )
          : undefined;
      }),
      quadratic: templates.nuisances.map((_, j) => {
        return atNodes[0].quadratic[j]
          ? this.rowsOf(
              templates,
              atNodes.map(({ quadratic }) => quadratic[j] ?? []),
            )
          : undefined;
      }),
    };
  }

  /** @param templates by node and charge of the term, [bins] */
  private rowsOf(
    { bins, term }: TermTemplates,
    templates: readonly (readonly Float64Array[])[],
  ): number {
    const first = this.matrix.length;
    for (let b = 0; b < bins; b++) {
      const row = new Float64Array(this.columns);
      templates.forEach((rows, node) => {
        rows.forEach((counts, c) => {
          row[node * this.charges + term.charges[c]] = counts[b];
        });
      });
      this.matrix.push(row);
    }
    return first;
  }

  finish(): CountRows {
    const matrix = new Float64Array(this.matrix.length * this.columns);
    this.matrix.forEach((row, i) => {
      matrix.set(row, i * this.columns);
    });
    return { rows: this.matrix.length, columns: this.columns, matrix };
  }
}
