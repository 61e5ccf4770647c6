/** A number that a paper prints, beside what an independent calculation and this program give. */
export interface ValidationRow {
  readonly analysis: string;
  readonly quantity: string;
  readonly unit: string;
  /** As printed in the paper; null where it prints none. */
  readonly published: number | null;
  /** How far from the paper we may be, and null where its inputs are not public (then `note` says so). */
  readonly tolerance: number | null;
  /** What an independent float64 calculation gives, to the digits shown. */
  readonly expected: number;
  readonly digits: number;
  /** How far from `expected` we may be; half a unit of its last digit when absent. */
  readonly allowed?: number;
  readonly computed: number;
  readonly note?: string;
}

export interface Verdict {
  /** As near to `expected` as the row allows. */
  readonly agreesWithIndependent: boolean;
  /** null where the paper has no number or none that can be compared. */
  readonly agreesWithPaper: boolean | null;
  readonly passed: boolean;
}

/** Slack for decimal fractions that binary cannot hold. */
const ROUNDING = 1e-9;

/** How far `computed` may be from `expected`. */
export function allowedDeviation({ allowed, digits }: ValidationRow): number {
  return allowed ?? 0.5 * 10 ** -digits;
}

export function verdict(row: ValidationRow): Verdict {
  const agreesWithIndependent =
    Math.abs(row.computed - row.expected) <= allowedDeviation(row) + ROUNDING;
  const comparable = row.published !== null && row.tolerance !== null;
  const agreesWithPaper = comparable
    ? Math.abs(row.computed - (row.published as number)) <= (row.tolerance as number) + ROUNDING
    : null;
  return {
    agreesWithIndependent,
    agreesWithPaper,
    passed: agreesWithIndependent && agreesWithPaper !== false,
  };
}
