import type { Expected, PublishedNumber, ValidationRow } from "./row.js";

/** Ours against the paper. */
export type Verdict = "agrees" | "differs" | "not comparable" | "not printed";

/** Slack for decimal fractions that binary cannot hold. */
const ROUNDING = 1e-9;
const near = (a: number, b: number, by: number) =>
  Math.abs(a - b) <= by + ROUNDING * Math.max(1, Math.abs(b));

/** What ours, `computed`, is to the number that the paper prints. */
export function verdictOf({ published }: PublishedNumber, computed: number | null): Verdict {
  if (published === null) return "not printed";
  const { value, comparison } = published;
  if (comparison.kind === "none" || computed === null) return "not comparable";
  if (comparison.kind === "within") {
    return near(computed, value, comparison.tolerance) ? "agrees" : "differs";
  }
  const inside = comparison.kind === "below" ? computed <= value : computed >= value;
  return inside ? "agrees" : "differs";
}

/** How far ours may be from what an independent calculation gives. */
export function allowedDeviation({ allowed, digits }: Expected): number {
  return allowed ?? 0.5 * 10 ** -digits;
}

/** Whether ours is no longer what an independent calculation gives: the program, or its data, changed. */
export function hasMoved({ expected, computed }: ValidationRow): boolean {
  if (expected === null) return false;
  return computed === null || !near(computed, expected.value, allowedDeviation(expected));
}

/** How many numbers there are of each kind. */
export interface Tally {
  readonly agree: number;
  /** Of those that agree: what we take from the paper, no result. */
  readonly inputs: number;
  readonly differ: number;
  readonly notComparable: number;
  readonly notPrinted: number;
  /** Numbers that an independent calculation gives, and how many of them are ours. */
  readonly expected: number;
  readonly asExpected: number;
}

export function tallyOf(rows: readonly ValidationRow[]): Tally {
  const verdicts = rows.map((row) => verdictOf(row, row.computed));
  const count = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length;
  const expected = rows.filter((row) => row.expected !== null);
  return {
    agree: count("agrees"),
    inputs: rows.filter(({ input }, i) => input && verdicts[i] === "agrees").length,
    differ: count("differs"),
    notComparable: count("not comparable"),
    notPrinted: count("not printed"),
    expected: expected.length,
    asExpected: expected.filter((row) => !hasMoved(row)).length,
  };
}

/** The counts of each kind in a sentence. */
export function tallyText(rows: readonly ValidationRow[]): string {
  const tally = tallyOf(rows);
  const inputs = tally.inputs > 0 ? ` (${tally.inputs} of them what it puts in)` : "";
  return (
    `${tally.agree} agree with the paper${inputs}, ${tally.differ} differ, ` +
    `${tally.notComparable} are not comparable, ${tally.notPrinted} are not printed there; ` +
    `${tally.asExpected} of ${tally.expected} are what an independent calculation gives.`
  );
}
