import { join } from "node:path";
import { SingleBar } from "cli-progress";
import type { Argv } from "yargs";
import { ANALYSES } from "../../analysis/registry.js";
import { parseLevel } from "../../contour/levels.js";
import { ENGINES } from "../../engine/registry.js";
import { loadScan } from "../../scan/load.js";
import type { ScanOutcome } from "../../study/run-scan.js";
import { threadsOption } from "../engine-options.js";
import { interruptible } from "../interruption.js";
import { once, path } from "../options.js";
import { note, print, printJson } from "../output.js";
import { formatTable } from "../table.js";

/** Where results go unless the user says otherwise. */
const RESULTS = "results";

function progressBar(): SingleBar {
  return new SingleBar({
    format: "{bar} {percentage}%  {value}/{total} points  {speed} points/s  ETA {eta_formatted}",
    barsize: 30,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
    // Ctrl-C ends the scan, which stops the bar.
    gracefulExit: false,
  });
}

function report({ folder, provenance, findings }: ScanOutcome): void {
  const [header, ...rows] = findings.summary;
  print(formatTable(header, rows));
  for (const warning of findings.warnings) note(`warning: ${warning}`);
  const { points, wall_seconds, points_per_second } = provenance;
  print(
    `\n${points} points in ${wall_seconds} s (${points_per_second.toFixed(0)} points/s) on ${provenance.device}`,
  );
  print(
    `Figure: ${join(folder, "figure.pdf")} (also .svg, .png); grids, contours and regions beside it.`,
  );
}

/** `nsiscan scan`: a scan file in, a result folder out. */
export function scan(cli: Argv): void {
  cli.command(
    "scan <file>",
    "scan a plane or a line: χ² grids, contours and a figure in a result folder",
    (options) =>
      options
        .positional("file", {
          type: "string",
          demandOption: true,
          describe: "scan file (YAML or JSON); - is standard input",
        })
        // yargs would take a lone - for an option without a name.
        .nargs("file", 1)
        .option("out", {
          type: "string",
          requiresArg: true,
          coerce: path("out"),
          describe: "result folder [default: results/<name of the scan>]",
        })
        .option("engine", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("engine"),
          describe: `engine in place of the scan file's: ${ENGINES.join(", ")}`,
        })
        .option("threads", threadsOption)
        .option("force", {
          type: "boolean",
          default: false,
          describe: "replace a result folder that exists, once the new one is complete",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example(
          "$0 scan scans/figure-7-upper.yaml",
          "ε^d_ee against ε^u_ee: each data set, and all of them combined",
        )
        .example(
          "$0 scan scans/figure-8-lower.yaml --out results/mine --json",
          "minima and regions of ε^d_ee against ε^d_μμ, for a program to read",
        ),
    async (args) => {
      const catalogue = { analyses: ANALYSES, engines: ENGINES, parseLevel };
      const loaded = await loadScan(args.file, catalogue);
      const resolved = args.engine === undefined ? loaded : { ...loaded, engine: args.engine };
      // Figures and their typesetting take half a second to load, which no other command should wait for.
      const { runScan } = await import("../../study/run-scan.js");
      const folder = args.out ?? join(RESULTS, resolved.name);
      const bar = progressBar();
      const begun = performance.now();
      const speed = (done: number) => Math.round((1000 * done) / (performance.now() - begun));
      const outcome = await interruptible((signal) =>
        runScan(resolved, {
          folder,
          force: args.force,
          threads: args.threads,
          signal,
          onStart: ({ name, device }, points) => {
            note(`${resolved.title}: ${points} points on the ${name} engine (${device})`);
            if (process.stderr.isTTY) bar.start(points, 0, { speed: 0 });
          },
          onProgress: (done) => bar.update(done, { speed: speed(done) }),
        }).finally(() => bar.stop()),
      );
      if (args.json)
        printJson({
          folder,
          provenance: outcome.provenance,
          minima: outcome.findings.minima,
          regions: outcome.findings.regions,
        });
      else report(outcome);
    },
  );
}
