import { renameSync, writeFileSync } from "node:fs";
import type { Argv } from "yargs";
import { createEngine } from "../../engine/registry.js";
import { InputError } from "../../errors.js";
import { type NumericTable, readNumericTable } from "../../experiments/data/numeric-table.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { compileFor, withAnalysis } from "../analysis-options.js";
import { checkParameterValue } from "../assignments.js";
import { withEngine } from "../engine-options.js";
import { once } from "../options.js";
import { print, printJson } from "../output.js";

const DIGITS = 12;

function checkPoints(path: string, table: NumericTable): void {
  if (table.rows === 0) {
    throw new InputError("no-points", `${path} has a header but no points.`, { path });
  }
  table.columns.forEach((name, column) => {
    parameterIndex(name);
    for (let row = 0; row < table.rows; row++) {
      const value = table.values[row * table.columns.length + column];
      checkParameterValue(name, value, `${path}, point ${row + 1}`);
    }
  });
}

/** Rows of the points with the χ² of each combination beside them, [points × (columns + combinations)]. */
function joined(table: NumericTable, chi2: Float64Array, width: number): number[][] {
  return Array.from({ length: table.rows }, (_, row) => [
    ...table.values.subarray(row * table.columns.length, (row + 1) * table.columns.length),
    ...chi2.subarray(row * width, (row + 1) * width),
  ]);
}

function writeText(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputError(
      "unwritable-file",
      `Cannot write ${path} (${reason}). Choose a folder that exists and that you may write to.`,
      { path, reason },
    );
  }
}

/** `nsiscan evaluate`: χ² at any list of points. */
export function evaluate(cli: Argv): void {
  cli.command(
    "evaluate <points>",
    "evaluate χ² at the points of a CSV file and print them with their χ²",
    (options) =>
      withEngine(withAnalysis(options))
        .positional("points", {
          type: "string",
          demandOption: true,
          describe: "CSV file with parameter names as columns; - is standard input",
        })
        .option("out", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("out"),
          describe: "write the CSV here instead of standard output",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example(
          "printf 'eps_ee_u,eps_ee_d\\n0,0\\n0.1,-0.05\\n' | $0 evaluate -",
          "χ² in the Standard Model and at one NSI point",
        ),
    async (args) => {
      const table = readNumericTable(args.points);
      checkPoints(args.points, table);
      const base = standardModelPoint();
      const analysis = compileFor(args, table.columns, base);
      const { description, observations, datasets } = analysis;
      const combinations = [
        ...datasets.map((name) => ({ name, datasets: [name] })),
        { name: "all", datasets },
      ];
      const engine = await createEngine(
        args.engine,
        { description, observations, combinations, base },
        args,
      );
      try {
        const source = { kind: "list" as const, names: table.columns, values: table.values };
        const chi2 = await engine.evaluate(source);
        const header = [...table.columns, ...datasets.map((name) => `chi2_${name}`), "chi2"];
        const rows = joined(table, chi2, combinations.length);
        if (args.json) {
          printJson(rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]]))));
          return;
        }
        const lines = rows.map((row) =>
          row.map((value) => Number(value.toPrecision(DIGITS))).join(","),
        );
        const text = [header.join(","), ...lines].join("\n");
        if (args.out === undefined) print(text);
        else writeText(args.out, `${text}\n`);
      } finally {
        await engine.close();
      }
    },
  );
}
