import type { Published, ValidationRow } from "../validation/row.js";
import { allowedDeviation, hasMoved, verdictOf } from "../validation/verdict.js";
import { formatTable } from "./table.js";
import { wrap } from "./wrap.js";

const HEADER = ["quantity", "paper", "±", "independent", "±", "ours", "unit", "verdict"];
/** Of sentences. */
export const WIDTH = 100;
/** Shown beyond the digits that ours is held to. */
const EXTRA_DIGITS = 1;

/** A deviation that is allowed, to two digits. */
const deviation = (value: number): string => String(Number(value.toPrecision(2)));

function decimals({ published, expected }: ValidationRow): number {
  const printed = /\.(\d+)/.exec(published?.text ?? "")?.[1].length ?? 0;
  const digits = Math.max(expected?.digits ?? 0, printed);
  return digits > 0 ? digits + EXTRA_DIGITS : 0;
}

/** Large and small numbers with an exponent, others with the decimals that they are held to. */
function oursText(row: ValidationRow): string {
  const { computed } = row;
  if (computed === null) return "–";
  return /e/.test(row.published?.text ?? "")
    ? computed.toExponential(3)
    : computed.toFixed(decimals(row));
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
    expected ? deviation(allowedDeviation(expected)) : "–",
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

/** Where the paper prints each number, and where its tolerance comes from. */
export function sourcesTable(rows: readonly ValidationRow[]): string {
  const sources = rows.flatMap(({ quantity, published }) => {
    if (published === null) return [];
    const { comparison } = published;
    return [[quantity, published.where, comparison.kind === "none" ? "–" : comparison.source]];
  });
  return formatTable(["quantity", "printed in", "tolerance"], sources);
}
