import { join } from "node:path";
import type { Argv } from "yargs";
import { type Statement, VERDICTS } from "../../gallery/figure.js";
import { writeFigures } from "../../gallery/gallery.js";
import { FIGURES, figureNamed } from "../../gallery/registry.js";
import type { MadeFigure } from "../../gallery/write.js";
import { interruptible } from "../interruption.js";
import { path } from "../options.js";
import { note, print, printJson } from "../output.js";
import { drawingOptions, withDrawing } from "./figure-options.js";

/** Where figures go unless the user says otherwise. */
export const FIGURE_FOLDER = "results/figures";

const WIDTH = Math.max(...VERDICTS.map(({ length }) => length));

/** What the paper says, what ours shows, and the verdict. */
function lines({ paper, ours, verdict, why }: Statement): string[] {
  const indent = " ".repeat(WIDTH + 5);
  const reason = why === undefined || verdict === "holds" ? [] : [`${indent}${why}`];
  return [`  ${verdict.padEnd(WIDTH)}   ${paper}`, `${indent}${ours}`, ...reason];
}

/** `nsiscan figure`: one figure of a paper, from the data. */
export function figure(cli: Argv): void {
  cli.command(
    "figure <id>",
    "make a figure of a paper: SVG, PDF, PNG, and its numbers as CSV, JSON and HEPData YAML",
    (options) =>
      withDrawing(
        options.positional("id", {
          type: "string",
          demandOption: true,
          describe: FIGURES.map(({ id }) => id).join(", "),
        }),
      )
        .option("out", {
          type: "string",
          requiresArg: true,
          coerce: path("out"),
          describe: `folder that the figure's folder goes into [default: ${FIGURE_FOLDER}]`,
        })
        .example("$0 figure l24-7", "figure 7 of Liao, Marfatia and Zhang")
        .example(
          "$0 figure l24-4 --column double --theme dark --out slides",
          "figure 4 for a dark page, two columns wide",
        ),
    async (args) => {
      const wanted = figureNamed(args.id);
      const folder = args.out ?? FIGURE_FOLDER;
      const made: MadeFigure[] = [];
      await interruptible((signal) =>
        writeFigures([wanted], folder, {
          ...drawingOptions(args, signal),
          onStart: ({ number, title, paper }) => note(`${paper.short}, ${number}: ${title}`),
          onDone: (_, one) => made.push(one),
        }),
      );
      const [{ statements, files, wallSeconds }] = made;
      if (args.json)
        printJson({ id: wanted.id, folder: join(folder, wanted.id), statements, files });
      else {
        for (const statement of statements) print(lines(statement).join("\n"));
        print(`\n${join(folder, wanted.id)}: ${files.length} files in ${wallSeconds.toFixed(1)} s`);
      }
    },
  );
}
