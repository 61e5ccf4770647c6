import type { Argv } from "yargs";
import { NumericalError } from "../../errors.js";
import { validate as runValidation, VALIDATED } from "../../validation/validate.js";
import { hasMoved, tallyOf, tallyText, verdictOf } from "../../validation/verdict.js";
import { note, print, printJson } from "../output.js";
import { sourcesTable, validationTable, WIDTH } from "../validation-table.js";
import { wrap } from "../wrap.js";

/** `nsiscan validate`: every published number beside ours. */
export function validate(cli: Argv): void {
  cli.command(
    "validate [analyses..]",
    "every number of the papers beside ours; exit status 4 if ours is not what it was",
    (options) =>
      options
        .positional("analyses", {
          type: "string",
          array: true,
          default: VALIDATED,
          describe: `analyses to check: ${VALIDATED.join(", ")}`,
        })
        .option("sources", {
          type: "boolean",
          default: false,
          describe: "say where each number is printed and where its tolerance comes from",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example(
          "$0 validate",
          "paper, independent calculation and ours side by side, with verdicts",
        )
        .example("$0 validate coherent-2022 --sources", "one paper, with section and tolerance")
        .epilogue(
          "A number agrees, differs (with the reason), is not comparable (and why) or is not printed in a paper. " +
            "The status does not depend on that: it is 4 where ours moves from what an independent calculation gives.",
        ),
    async ({ analyses, sources, json }) => {
      const rows = await runValidation(analyses);
      const moved = rows.filter(hasMoved);
      if (json) {
        const numbers = rows.map((row) => ({
          ...row,
          verdict: verdictOf(row, row.computed),
          moved: hasMoved(row),
        }));
        printJson({ numbers, tally: tallyOf(rows) });
      } else {
        for (const name of new Set(rows.map(({ analysis }) => analysis))) {
          const own = rows.filter(({ analysis }) => analysis === name);
          print(`${name}\n\n${validationTable(own)}\n`);
          if (sources) print(`${sourcesTable(own)}\n`);
        }
        print(wrap(tallyText(rows), WIDTH));
        note(
          "±: how far from the paper ours may be to agree; independent: a calculation that shares no code with ours; --sources says where each number and tolerance comes from",
        );
      }
      if (moved.length === 0) return;
      throw new NumericalError(
        "validation-failed",
        `${moved.length} of ${rows.length} numbers are not what they should be: ${moved.map(({ quantity }) => quantity).join("; ")}. Data files of your own (NSISCAN_DATA) would explain it; otherwise please report it.`,
        { failed: moved.map(({ id }) => id) },
      );
    },
  );
}
