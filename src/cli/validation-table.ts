import type { Published, ValidationRow } from "../validation/row.js";
import { allowedDeviation, hasMoved, verdictOf } from "../validation/verdict.js";
import { formatTable } from "./table.js";
import { wrap } from "./wrap.js";

const HEADER = ["quantity", "paper", "±", "independent", "ours", "unit", "verdict"];
/** Of sentences. */
export const WIDTH = 100;
/** Shown beyond the digits that ours is held to. */
const EXTRA_DIGITS = 1;

/** Decimals of numbers that nothing is held to but a bound. */
const PLAIN_DIGITS = 3;

/** A deviation that is allowed, to two digits. */
const deviation = (value: number): string =>
  value > 1e6 ? value.toExponential().replace("+", "") : String(Number(value.toPrecision(2)));

function decimals({ published, expected }: ValidationRow): number {
  const printed = /\.(\d+)/.exec(published?.text ?? "")?.[1].length ?? 0;
  const digits = Math.max(expected?.digits ?? 0, printed);
  return expected === null && digits === 0 ? PLAIN_DIGITS : digits + EXTRA_DIGITS;
}

/** Large numbers with an exponent, others with the decimals that they are held to. */
function oursText(row: ValidationRow): string {
  const { computed } = row;
  if (computed === null) return "–";
  if (computed > 1e6) return computed.toExponential(3).replace("+", "");
  return Number.isInteger(computed) ? String(computed) : computed.toFixed(decimals(row));
}

function toleranceText(published: Published | null): string {
  return published?.comparison.kind === "within" ? deviation(published.comparison.tolerance) : "–";
}

/** Why a number is not said to agree. */
function reasonOf(row: ValidationRow): string | null {
  const verdict = verdictOf(row, row.computed);
  if (verdict === "differs") return row.why ?? "not known";
  const comparison = row.published?.comparison;
  return verdict === "not comparable" && comparison?.kind === "none" ? comparison.why : null;
}

function tableRow(row: ValidationRow, note: number | null): string[] {
  const { published, expected } = row;
  const verdict = verdictOf(row, row.computed);
  const marks = [note === null ? "" : ` [${note}]`, hasMoved(row) ? " MOVED" : ""];
  return [
    row.quantity,
    published?.text ?? "–",
    toleranceText(published),
    expected?.value.toFixed(expected.digits) ?? "–",
    oursText(row),
    row.unit,
    `${verdict}${marks.join("")}`,
  ];
}

/** The numbers of one analysis as a table, and below it why those that do not agree do not. */
export function validationTable(rows: readonly ValidationRow[]): string {
  const reasons = rows.map(reasonOf);
  const distinct = [...new Set(reasons)].filter((reason) => reason !== null);
  const table = rows.map((row, i) => {
    const reason = reasons[i];
    return tableRow(row, reason === null ? null : distinct.indexOf(reason) + 1);
  });
  const notes = distinct.map((reason, i) => wrap(`[${i + 1}] ${reason}`, WIDTH, "    "));
  return [formatTable(HEADER, table), ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
}

/** Where the paper prints each number, where its tolerance comes from, and how far ours may move. */
export function sourcesTable(rows: readonly ValidationRow[]): string {
  const header = ["quantity", "ours may move by", "printed in", "tolerance"];
  const sources = rows.map(({ quantity, published, expected }) => [
    quantity,
    expected === null ? "–" : deviation(allowedDeviation(expected)),
    published?.where ?? "–",
    published === null || published.comparison.kind === "none" ? "–" : published.comparison.source,
  ]);
  return formatTable(header, sources);
}
