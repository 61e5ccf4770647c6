import { join } from "node:path";
import type { Argv } from "yargs";
import { ANALYSES } from "../../analysis/registry.js";
import { parseLevel } from "../../contour/levels.js";
import { ENGINES } from "../../engine/registry.js";
import { journalNamed, resultOf, SCAN_NAME } from "../../scan/journal/paths.js";
import { openJournals } from "../../scan/merge-journals.js";
import { interruptible } from "../interruption.js";
import { path } from "../options.js";
import { note, printJson } from "../output.js";
import { reportResult, requireCertain } from "../scan-report.js";
import { shellCommand } from "../shell.js";

/** The command that computes tiles into a journal. */
const fill = (journal: string, tiles: string): string =>
  shellCommand([
    ...["nsiscan", "scan", join(journal, SCAN_NAME), "--out", resultOf(journal)],
    ...["--tiles", tiles, "--resume"],
  ]);

/** `nsiscan merge`: the journals of a scan's parts in, a result folder out. */
export function merge(cli: Argv): void {
  cli.command(
    "merge <folders..>",
    "put the parts of a scan together: the same result as of one run",
    (options) =>
      options
        .positional("folders", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "journals of the parts, or the result folders that they are of",
        })
        .option("out", {
          type: "string",
          requiresArg: true,
          coerce: path("out"),
          describe: "result folder [default: that of the first journal]",
        })
        .option("force", {
          type: "boolean",
          default: false,
          describe: "replace a result folder that exists, once the new one is complete",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example("$0 merge results/my-scan.journal", "parts that were run into one folder")
        .example(
          "$0 merge here.journal there.journal --out results/my-scan",
          "parts that were run on several machines",
        )
        .epilogue(
          "Missing and damaged tiles are reported with the command that computes them. Journals are kept; remove them when you have the result.",
        ),
    async (args) => {
      const names = args.folders.map(path("folders")).map(journalNamed);
      const journals = await openJournals(names);
      // Figures and their typesetting take half a second to load, which no other command should wait for.
      const { mergeScan } = await import("../../study/merge-scan.js");
      const outcome = await interruptible((signal) =>
        mergeScan(journals, {
          folder: args.out ?? resultOf(names[0]),
          catalogue: { analyses: ANALYSES, engines: ENGINES, parseLevel },
          fillCommand: fill,
          onDamage: (file, reason) => note(`warning: ${file} counts as absent, as ${reason}`),
          force: args.force,
          signal,
        }),
      );
      const { folder, provenance, findings } = outcome;
      if (!args.json) reportResult(outcome);
      else {
        const { minima, regions, warnings, uncertain } = findings;
        printJson({ folder, provenance, minima, regions, warnings, uncertain });
      }
      requireCertain(outcome);
    },
  );
}
