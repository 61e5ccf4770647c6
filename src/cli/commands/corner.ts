import { join } from "node:path";
import type { Argv } from "yargs";
import { scanCorner } from "../../gallery/corner-results.js";
import { readProfiledScan } from "../../gallery/corner-source.js";
import { drawingFiles, putFiles } from "../../gallery/drawing.js";
import { once, path } from "../options.js";
import { note, print } from "../output.js";
import { checkOutputFile } from "../output-file.js";
import { lookOf, withLook } from "./figure-options.js";

const FILES = ["corner.svg", "corner.pdf", "corner.png"] as const;

/** `nsiscan corner`: all profiles of a finished scan in one triangle. */
export function corner(cli: Argv): void {
  cli.command(
    "corner <folder>",
    "draw every 1-D and 2-D profile of a finished scan in one triangle",
    (options) =>
      withLook(
        options.positional("folder", {
          type: "string",
          demandOption: true,
          describe: "result folder of a scan",
        }),
      )
        .option("combination", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("combination"),
          describe: "combination of data sets [default: the largest]",
        })
        .option("levels", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("levels"),
          describe: "confidence levels, e.g. 1sigma,90% [default: the scan's two highest]",
        })
        .option("out", {
          type: "string",
          requiresArg: true,
          coerce: path("out"),
          describe: "folder for corner.svg, .pdf and .png [default: the result folder]",
        })
        .option("force", {
          type: "boolean",
          default: false,
          describe: "replace a corner figure that exists",
        })
        .example("$0 corner results/figure-8-lower", "corner.svg, .pdf and .png beside the grids"),
    async (args) => {
      const out = args.out ?? args.folder;
      const levels = args.levels?.split(",").map((level) => level.trim());
      const profiled = await readProfiledScan(args.folder);
      const figure = scanCorner(profiled, { combination: args.combination, levels });
      for (const name of FILES) checkOutputFile(join(out, name), args.force);
      for (const warning of profiled.warnings) note(`warning: ${warning}`);
      await putFiles(out, await drawingFiles(figure, "corner", lookOf(args)));
      print(FILES.map((name) => join(out, name)).join("\n"));
    },
  );
}
