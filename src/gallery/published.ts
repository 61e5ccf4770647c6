import { publishedNumber } from "../validation/registry.js";
import { verdictOf } from "../validation/verdict.js";
import type { OurNumber, Statement } from "./figure.js";
import { verdictOfParts } from "./verdicts.js";

const trueMinus = (text: string) => text.replace(/^-/, "−");

/** A number as the paper prints it, or several of them. */
export function printedAs(...ids: readonly string[]): string {
  return ids.map((id) => trueMinus(publishedNumber(id).published?.text ?? "–")).join(", ");
}

/** The value that the paper prints. @throws Error for a number that no paper prints: a bug */
export function printedValue(id: string): number {
  const { published } = publishedNumber(id);
  if (published === null) throw new Error(`no paper prints "${id}"`);
  return published.value;
}

/** Some of the numbers that the validation computes, by their ids. @throws Error for one it does not: a bug */
export function chosen(
  computed: readonly (readonly [id: string, value: number])[],
  ids: readonly string[],
): OurNumber[] {
  const all = new Map(computed);
  return ids.map((id) => {
    const value = all.get(id);
    if (value === undefined) throw new Error(`the validation does not compute "${id}"`);
    return { id, value };
  });
}

const UNKNOWN = "The reason is not known.";

const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;

/** What else a statement says besides its numbers. */
interface Besides {
  /** Whether each further part of it is true of ours. */
  readonly parts?: readonly boolean[];
  /** A reason, where the verdict is not that it holds. */
  readonly why?: string | undefined;
}

/**
 * What numbers of ours are to those that the paper prints: the verdict of `nsiscan validate`, number by
 * number, and its reasons. A statement of several holds where all of them agree, in part where some do;
 * it is not comparable where none of them is.
 */
export function againstPaper(
  numbers: readonly OurNumber[],
  { parts = [], why }: Besides = {},
): Pick<Statement, "verdict" | "why" | "numbers"> {
  const judged = numbers.map(({ id, value }) => {
    const number = publishedNumber(id);
    return { number, verdict: verdictOf(number, value) };
  });
  const all = [...judged.map(({ verdict }) => verdict === "agrees"), ...parts];
  const apart = judged.every(
    ({ verdict }) => verdict === "not comparable" || verdict === "not printed",
  );
  const verdict = apart && parts.length === 0 ? "not comparable" : verdictOfParts(all);
  if (verdict === "holds") return { verdict, numbers };
  const reasons = judged
    .filter((one) => one.verdict !== "agrees")
    .map(({ number: { published, why: known } }) => {
      const { comparison } = published ?? {};
      return comparison?.kind === "none" ? comparison.why : known;
    });
  const said = [...reasons, why].filter((reason) => reason !== undefined).map(sentence);
  return { verdict, why: [...new Set(said)].join(" ") || UNKNOWN, numbers };
}
