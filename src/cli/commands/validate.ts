import type { Argv } from "yargs";
import { NumericalError } from "../../errors.js";
import { type ValidationRow, verdict } from "../../validation/row.js";
import { validate as runValidation, VALIDATED } from "../../validation/validate.js";
import { note, print, printJson } from "../output.js";
import { formatTable } from "../table.js";

const EXTRA_DIGITS = 1;

function tableRow(row: ValidationRow): (string | number)[] {
  const { agreesWithPaper, passed } = verdict(row);
  return [
    row.quantity,
    row.published ?? "–",
    row.tolerance === null ? "–" : `±${Number(row.tolerance.toPrecision(2))}`,
    row.expected.toFixed(row.digits),
    row.computed.toFixed(row.digits > 0 ? row.digits + EXTRA_DIGITS : 0),
    row.unit,
    passed ? (agreesWithPaper ? "agrees with both" : "agrees") : "DIFFERS",
  ];
}

function footnotes(rows: readonly ValidationRow[]): string {
  const notes = rows.flatMap(({ quantity, note }) => (note ? [`  ${quantity}: ${note}`] : []));
  return notes.length > 0 ? `\nNot compared with the paper, because:\n${notes.join("\n")}` : "";
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
        print(
          formatTable(
            ["quantity", "paper", "tolerance", "expected", "computed", "unit", "verdict"],
            rows.map(tableRow),
          ),
        );
        const notes = footnotes(rows);
        if (notes) print(notes);
        print(`\n${rows.length - failed.length} of ${rows.length} numbers agree.`);
        note("expected: an independent float64 calculation, to half a unit of its last digit");
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
