import type { Argv } from "yargs";
import { parseLevel } from "../../contour/levels.js";
import { toysFigure } from "../../gallery/toys.js";
import { type Coverage, coverage } from "../../toys/coverage.js";
import { joinToySets, type ToySet } from "../../toys/set.js";
import { note, print, printJson } from "../output.js";
import { checkOutputFile } from "../output-file.js";
import { plotFiles, writePlot } from "../plot.js";
import { formatTable } from "../table.js";
import { drawToySet, readToySet, writeToySet } from "../toy-sets.js";
import { withToysOptions } from "../toys-options.js";

function coverageTable(rows: readonly Coverage[]): string {
  return formatTable(
    ["level", "Δχ² (Wilks)", "nominal", "coverage", "±", "Δχ² of nominal coverage", "±"],
    rows.map((row) => [
      row.level,
      row.deltaChi2.toFixed(3),
      row.nominal.toFixed(4),
      row.observed.toFixed(4),
      row.error.toFixed(4),
      row.calibrated?.toFixed(3) ?? "–",
      row.calibratedError?.toFixed(3) ?? "–",
    ]),
  );
}

/** How many there are, and of what. */
function ensemble(set: ToySet): string {
  const names = set.free.map(({ name }) => name).join(", ");
  const count = set.to - set.from;
  return `${count} pseudo-experiment${count === 1 ? "" : "s"} of ${set.analysis}, ${names} free`;
}

/** `nsiscan toys`: pseudo-experiments, and whether Wilks' levels cover. */
export function toys(cli: Argv): void {
  cli.command(
    "toys",
    "draw and fit pseudo-experiments: the distribution of Δχ² and the coverage of levels",
    (options) =>
      withToysOptions(options)
        .example(
          "$0 toys --analysis coherent-2022 --free sigma_scale -n 10000 --plot wilks.pdf",
          "does a rise of χ² by one cover the CEvNS cross section in 68 % of experiments?",
        )
        .example(
          "$0 toys --analysis coherent-2022 --free sigma_scale --to 5000 --out part-1.json",
          "the first half of that run, to be joined with --from 5000 --to 10000",
        )
        .example(
          "$0 toys --join part-1.json part-2.json --plot wilks.pdf",
          "coverage and drawing from both halves",
        )
        .epilogue(
          "Every term is drawn by itself, as the likelihood has it: in liao-2024 the energies and the times of Ge are independent, though they are two projections of the same events, so the coverage is the likelihood's and not quite the experiment's. A Δχ² of nominal coverage is – where too few pseudo-experiments lie beyond it.",
        ),
    async (args) => {
      const levels = args.level.map((text) => parseLevel(text));
      if (args.out !== undefined) checkOutputFile(args.out, args.force);
      const files = args.plot === undefined ? [] : plotFiles(args.plot, "toys", args.force);
      const set = args.join ? joinToySets(args.join.map(readToySet)) : await drawToySet(args);
      if (args.out !== undefined) writeToySet(args.out, set);
      if (files.length > 0) {
        await writePlot(toysFigure(set, levels), "Distribution of pseudo-experiments", files);
      }
      const rows = coverage(set, levels);
      if (args.json) printJson({ analysis: set.analysis, toys: set.to - set.from, coverage: rows });
      else {
        print(coverageTable(rows));
        note(ensemble(set));
      }
    },
  );
}
