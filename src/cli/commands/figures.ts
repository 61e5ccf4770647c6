import type { Argv } from "yargs";
import { type Statement, VERDICTS, type Verdict } from "../../gallery/figure.js";
import { writeFigures, writePage } from "../../gallery/gallery.js";
import { FIGURES, figureNamed } from "../../gallery/registry.js";
import { interruptible } from "../interruption.js";
import { once, path } from "../options.js";
import { note, print, printJson } from "../output.js";
import { formatTable } from "../table.js";
import { FIGURE_FOLDER } from "./figure.js";
import { drawingOptions, withDrawing } from "./figure-options.js";

const count = (statements: readonly Statement[], verdict: Verdict) =>
  statements.filter((one) => one.verdict === verdict).length;

/** `nsiscan figures`: every figure of the papers, and the page that shows them. */
export function figures(cli: Argv): void {
  cli.command(
    "figures",
    "make every figure of the papers, and with --html a page of them all",
    (options) =>
      withDrawing(options)
        .option("only", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("only"),
          describe: "ids of figures, separated by commas, e.g. l24-4,l24-7",
        })
        .option("html", {
          type: "boolean",
          default: false,
          describe: "also write index.html, with every figure that lies in the folder",
        })
        .option("out", {
          type: "string",
          requiresArg: true,
          default: FIGURE_FOLDER,
          coerce: path("out"),
          describe: "folder that the figures' folders go into",
        })
        .example("$0 figures --html", `every figure and the page ${FIGURE_FOLDER}/index.html`)
        .example("$0 figures --only l24-4,l24-5 --force", "these two again"),
    async (args) => {
      const ids = args.only?.split(/[,\s]+/).filter((id) => id !== "");
      const wanted = ids === undefined ? FIGURES : ids.map(figureNamed);
      const made: { id: string; statements: readonly Statement[]; seconds: number }[] = [];
      await interruptible((signal) =>
        writeFigures(wanted, args.out, {
          ...drawingOptions(args, signal),
          dark: args.html,
          onStart: ({ id, title }, index) => note(`${index + 1}/${wanted.length} ${id}: ${title}`),
          onDone: ({ id }, { statements, wallSeconds }) =>
            made.push({ id, statements, seconds: Number(wallSeconds.toFixed(1)) }),
        }),
      );
      const page = args.html ? await writePage(args.out) : undefined;
      if (args.json) {
        printJson({ folder: args.out, ...(page && { page }), figures: made });
        return;
      }
      const rows = made.map(({ id, statements, seconds }) => [
        id,
        ...VERDICTS.map((verdict) => count(statements, verdict)),
        seconds,
      ]);
      print(formatTable(["figure", ...VERDICTS, "s"], rows));
      print(`\n${page ?? args.out}`);
    },
  );
}
