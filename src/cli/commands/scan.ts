import { join } from "node:path";
import type { Argv } from "yargs";
import { ANALYSES } from "../../analysis/registry.js";
import { parseLevel } from "../../contour/levels.js";
import { ENGINES } from "../../engine/registry.js";
import { InputError } from "../../errors.js";
import { hasTiles } from "../../scan/journal/journal.js";
import { journalOf, SCAN_NAME } from "../../scan/journal/paths.js";
import { loadScan } from "../../scan/load.js";
import type { RunOutcome } from "../../study/run-scan.js";
import { analysisOptionsHelp } from "../analysis-help.js";
import { continuable } from "../continuation.js";
import { interruptible } from "../interruption.js";
import { once } from "../options.js";
import { note, print, printJson } from "../output.js";
import { Progress } from "../progress.js";
import { RESULTS, scanWords, withScan } from "../scan-options.js";
import { reportResult, requireCertain } from "../scan-report.js";
import { shellCommand } from "../shell.js";
import { TablesProgress } from "../tables-progress.js";

/** The part of a scan that `--shard` or `--tiles` ask for. @throws InputError for both */
function partOf({ shard, tiles }: { shard?: string | undefined; tiles?: string | undefined }) {
  if (shard !== undefined && tiles !== undefined) {
    const message = "A run does one part: give --shard or --tiles, not both.";
    throw new InputError("two-parts", message, { shard, tiles });
  }
  return shard ?? tiles;
}

function report(outcome: RunOutcome): void {
  if (outcome.kind === "result") reportResult(outcome);
  else if (outcome.kind === "complete") {
    print(`The result of this scan is complete already: ${outcome.folder}`);
  } else {
    const { part, tiles, journal } = outcome;
    print(`Part ${part} is done: ${tiles} tiles are in ${journal}.`);
    note(`When all parts are done: ${shellCommand(["nsiscan", "merge", journal])}`);
  }
}

function toJson(outcome: RunOutcome): unknown {
  if (outcome.kind !== "result") return outcome;
  const { folder, provenance, findings } = outcome;
  const { minima, regions, warnings, uncertain } = findings;
  return { folder, provenance, minima, regions, warnings, uncertain };
}

/** `nsiscan scan`: a scan file in, a result folder out. */
export function scan(cli: Argv): void {
  cli.command(
    "scan <file>",
    "scan one to six parameters: χ², contours and figures in a result folder",
    (options) =>
      withScan(options)
        .option("force", {
          type: "boolean",
          default: false,
          describe:
            "start afresh, and replace a result that exists once the new one is complete; what others put there stays",
        })
        .option("resume", {
          type: "boolean",
          default: false,
          describe: "continue where an earlier run of this scan ended, however it ended",
        })
        .option("shard", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("shard"),
          describe: "do part i of n only (i/n), for `nsiscan merge`; other machines do the others",
        })
        .option("tiles", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("tiles"),
          describe: "do these tiles only, e.g. 0,4-7, for `nsiscan merge`",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example(
          "$0 scan scans/figure-7-upper.yaml",
          "ε^d_ee against ε^u_ee: each data set, and all of them combined",
        )
        .example(
          "$0 scan scans/figure-8-lower.yaml --out results/mine --json",
          "minima and regions of ε^d_ee against ε^d_μμ, for a program to read",
        )
        .example(
          "$0 scan my-scan.yaml --shard 2/7",
          "one of seven parts, each run anywhere; nsiscan merge puts them together",
        )
        .epilogue(analysisOptionsHelp("in the scan file as options: {name: value}")),
    async (args) => {
      const part = partOf(args);
      if (args.resume && args.force) {
        const message = "--resume goes on and --force starts afresh: give one of them.";
        throw new InputError("resume-or-force", message);
      }
      const catalogue = { analyses: ANALYSES, engines: ENGINES, parseLevel };
      const loaded = await loadScan(args.file, catalogue);
      const resolved = args.engine === undefined ? loaded : { ...loaded, engine: args.engine };
      // Figures and their typesetting take half a second to load, which no other command should wait for.
      const { runScan } = await import("../../study/run-scan.js");
      const folder = args.out ?? join(RESULTS, resolved.name);
      const journal = journalOf(folder);
      const again = () => {
        const file = args.file === "-" ? join(journal, SCAN_NAME) : args.file;
        const out = args.out === undefined && args.file !== "-" ? [] : ["--out", folder];
        const only = args.shard
          ? ["--shard", args.shard]
          : args.tiles
            ? ["--tiles", args.tiles]
            : [];
        const words = ["nsiscan", "scan", file, ...out, ...scanWords(args), ...only, "--resume"];
        const kept = hasTiles(journal)
          ? `finished tiles are kept in ${journal}`
          : "no tile was done";
        return `${kept}. Continue with: ${shellCommand(words)}`;
      };
      const progress = new Progress();
      const tables = new TablesProgress();
      let total = 0;
      const outcome = await interruptible(
        (signal) =>
          continuable(journal, again, () =>
            runScan(resolved, {
              folder,
              force: args.force,
              resume: args.resume,
              part,
              tilePoints: args.tilePoints,
              threads: args.threads,
              adapter: args.adapter,
              mode: args.mode,
              onChoice: note,
              signal,
              onTables: (profiles) => tables.update(profiles),
              onStart: ({ name, device }, points) => {
                tables.stop();
                const what = part === undefined ? "" : `part ${part}, `;
                note(
                  `${resolved.title}: ${what}${points} points on the ${name} engine (${device})`,
                );
                total = points;
              },
              onResume: ({ points, tiles, damaged }) => {
                for (const { file, reason } of damaged) {
                  note(`warning: ${file} counts as absent, as ${reason}; its tile is done again`);
                }
                if (tiles > 0) note(`${tiles} tiles with ${points} points are done already`);
                progress.start(total, points);
              },
              onProgress: (done) => progress.update(done),
            }),
          ).finally(() => {
            tables.stop();
            progress.stop();
          }),
        again,
      );
      if (args.json) printJson(toJson(outcome));
      else report(outcome);
      if (outcome.kind === "result") requireCertain(outcome);
    },
  );
}
