import type { Argv } from "yargs";
import { createEngine } from "../../engine/registry.js";
import { InputError } from "../../errors.js";
import { type NumericTable, readNumericTable } from "../../experiments/data/numeric-table.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { csvNumber } from "../../results/csv.js";
import { compileFor, withAnalysis } from "../analysis-options.js";
import { checkParameterValue } from "../assignments.js";
import { withEngine } from "../engine-options.js";
import { path } from "../options.js";
import { note, print } from "../output.js";
import { checkOutputFile, writeOutputFile } from "../output-file.js";

/** @throws InputError naming the file and the column that is no parameter */
function checkColumn(path: string, name: string): void {
  try {
    parameterIndex(name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, `${path}, column "${name}": ${error.message}`, {
      ...error.fields,
      path,
    });
  }
}

function checkPoints(path: string, table: NumericTable): void {
  if (table.rows === 0) {
    throw new InputError("no-points", `${path} has a header but no points.`, { path });
  }
  table.columns.forEach((name, column) => {
    checkColumn(path, name);
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

/** The rows as CSV with a header line, without a line break at the end. */
function toCsv(header: readonly string[], rows: readonly (readonly number[])[]): string {
  const lines = rows.map((row) => row.map(csvNumber).join(","));
  return [header.join(","), ...lines].join("\n");
}

function toJson(header: readonly string[], rows: readonly (readonly number[])[]): string {
  const points = rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
  return JSON.stringify(points, null, 2);
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
          describe:
            "CSV file with parameter names as columns, the others at their Standard Model value; - is standard input",
        })
        // yargs would take a lone - for an option without a name.
        .nargs("points", 1)
        .option("out", {
          type: "string",
          requiresArg: true,
          coerce: path("out"),
          describe: "write to this file instead of standard output",
        })
        .option("force", {
          type: "boolean",
          default: false,
          describe: "replace --out if it exists",
        })
        .option("json", { type: "boolean", default: false, describe: "JSON in place of CSV" })
        .example(
          "printf 'eps_ee_u,eps_ee_d\\n0,0\\n0.1,-0.05\\n' | $0 evaluate -",
          "χ² in the Standard Model and at one NSI point",
        )
        .example(
          "$0 evaluate points.csv --out chi2.csv",
          "columns of points.csv, then chi2_csi, chi2_lar, chi2_ge and their sum chi2",
        ),
    async (args) => {
      const table = readNumericTable(args.points);
      checkPoints(args.points, table);
      if (args.out !== undefined) checkOutputFile(args.out, args.force);
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
        { ...args, points: table.rows, onChoice: note },
      );
      try {
        const source = { kind: "list" as const, names: table.columns, values: table.values };
        const chi2 = await engine.evaluate(source);
        const header = [...table.columns, ...datasets.map((name) => `chi2_${name}`), "chi2"];
        const rows = joined(table, chi2, combinations.length);
        const text = args.json ? toJson(header, rows) : toCsv(header, rows);
        if (args.out === undefined) print(text);
        else writeOutputFile(args.out, `${text}\n`);
      } finally {
        await engine.close();
      }
    },
  );
}
