import type { Argv } from "yargs";
import { NumericalError } from "../../errors.js";
import { allowedDeviation, type ValidationRow, verdict } from "../../validation/row.js";
import { validate as runValidation, VALIDATED } from "../../validation/validate.js";
import { note, print, printJson } from "../output.js";
import { formatTable } from "../table.js";

const EXTRA_DIGITS = 1;
const HEADER = ["quantity", "paper", "±", "expected", "±", "computed", "unit", "verdict"];

/** A deviation that is allowed, to two digits. */
const within = (deviation: number): string => String(Number(deviation.toPrecision(2)));

function tableRow(row: ValidationRow): (string | number)[] {
  const { agreesWithPaper, passed } = verdict(row);
  return [
    row.quantity,
    row.published ?? "–",
    row.tolerance === null ? "–" : within(row.tolerance),
    row.expected.toFixed(row.digits),
    within(allowedDeviation(row)),
    row.computed.toFixed(row.digits > 0 ? row.digits + EXTRA_DIGITS : 0),
    row.unit,
    passed ? (agreesWithPaper ? "agrees with both" : "agrees") : "DIFFERS",
  ];
}

/** The table of each analysis, and why numbers of it are not compared with the paper. */
function analysisText(name: string, rows: readonly ValidationRow[]): string {
  const reasons = new Map<string, string[]>();
  for (const { quantity, note } of rows) {
    if (note) reasons.set(note, [...(reasons.get(note) ?? []), quantity]);
  }
  const notes = [...reasons].map(([reason, quantities]) => {
    return `  ${quantities.length === rows.length ? "all" : quantities.join("; ")}: ${reason}`;
  });
  const footnotes = notes.length > 0 ? `\nNot compared with the paper:\n${notes.join("\n")}\n` : "";
  return `${name}\n\n${formatTable(HEADER, rows.map(tableRow))}\n${footnotes}`;
}

/** `nsiscan validate`: every published number beside ours. */
export function validate(cli: Argv): void {
  cli.command(
    "validate [analyses..]",
    "reproduce the published numbers; exit status 4 if one differs",
    (options) =>
      options
        .positional("analyses", {
          type: "string",
          array: true,
          default: VALIDATED,
          describe: `analyses to check: ${VALIDATED.join(", ")}`,
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example("$0 validate", "published, expected and computed numbers side by side"),
    async ({ analyses, json }) => {
      const rows = await runValidation(analyses);
      const failed = rows.filter((row) => !verdict(row).passed);
      if (json) printJson(rows.map((row) => ({ ...row, ...verdict(row) })));
      else {
        for (const name of new Set(rows.map(({ analysis }) => analysis))) {
          print(
            analysisText(
              name,
              rows.filter(({ analysis }) => analysis === name),
            ),
          );
        }
        print(`${rows.length - failed.length} of ${rows.length} numbers agree.`);
        note(
          "expected: an independent float64 calculation; ±: how far from it, or the paper, we may be",
        );
      }
      if (failed.length === 0) return;
      throw new NumericalError(
        "validation-failed",
        `${failed.length} of ${rows.length} numbers differ from what they should be: ${failed.map(({ quantity }) => quantity).join("; ")}. Data files of your own (NSISCAN_DATA) would explain it; otherwise please report it.`,
        { failed: failed.map(({ quantity }) => quantity) },
      );
    },
  );
}
