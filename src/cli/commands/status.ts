import { existsSync } from "node:fs";
import type { Argv } from "yargs";
import { isResultFolder } from "../../results/folder.js";
import { journalNamed, resultOf } from "../../scan/journal/paths.js";
import { openJournals } from "../../scan/merge-journals.js";
import { type JournalStatus, journalStatus, type PartStatus } from "../../scan/status.js";
import { formatDuration, formatRate } from "../duration.js";
import { path } from "../options.js";
import { print, printJson } from "../output.js";
import { formatTable } from "../table.js";

function row({ part, done, tiles, pointsPerSecond, secondsLeft }: PartStatus): string[] {
  const rate = pointsPerSecond === undefined ? "–" : formatRate(pointsPerSecond);
  const left = secondsLeft === undefined ? "–" : formatDuration(secondsLeft);
  return [part, `${done}/${tiles}`, rate, done === tiles ? "done" : left];
}

function report(folder: string, status: JournalStatus): void {
  const { tiles, done, points, pointsDone, parts, secondsLeft } = status;
  if (parts.length > 0) {
    print(formatTable(["part", "tiles", "points/s", "time left"], parts.map(row)));
    print("");
  }
  const left = done < tiles && secondsLeft ? `; ${formatDuration(secondsLeft)} left` : "";
  print(`${done} of ${tiles} tiles, ${pointsDone} of ${points} points${left}.`);
  if (done === tiles) print(`Complete: nsiscan merge ${folder}`);
}

/** `nsiscan status`: how far an unfinished scan is. */
export function status(cli: Argv): void {
  cli.command(
    "status <folder>",
    "show how far an unfinished scan is: tiles per task, rate and time left",
    (options) =>
      options
        .positional("folder", {
          type: "string",
          demandOption: true,
          coerce: path("folder"),
          describe: "result folder of the scan, or its journal",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example("$0 status results/my-scan", "of a scan that runs, was interrupted or is shared")
        .epilogue(
          "Reads the journal only, so it works from any machine that sees the folder. Times assume that every task goes on as fast as in its last tiles.",
        ),
    async (args) => {
      const name = journalNamed(args.folder);
      const result = resultOf(name);
      if (!existsSync(name) && isResultFolder(result)) {
        if (args.json) printJson({ folder: result, complete: true });
        else print(`The scan is complete: ${result}`);
        return;
      }
      const [journal] = await openJournals([name]);
      const found = await journalStatus(journal);
      if (args.json) printJson({ folder: journal.path, ...found });
      else report(journal.path, found);
    },
  );
}
