import type { Argv } from "yargs";
import { createEngine } from "../../engine/registry.js";
import { InputError } from "../../errors.js";
import { type NumericTable, readNumericTable } from "../../experiments/data/numeric-table.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { csvNumber } from "../../results/csv-number.js";
import { compileFor, withAnalysis } from "../analysis-options.js";
import { checkParameterValue } from "../assignments.js";
import { withEngine } from "../engine-options.js";
import {
  type Column,
  checkPulls,
  chi2Columns,
  fittedPulls,
  jointNote,
  pullNames,
} from "../evaluate-columns.js";
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

/** The points' own columns, then the results, [points × columns]. */
function joined(table: NumericTable, columns: readonly Column[]): number[][] {
  const width = table.columns.length;
  return Array.from({ length: table.rows }, (_, row) => [
    ...table.values.subarray(row * width, (row + 1) * width),
    ...columns.map(({ at }) => at(row)),
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

/** What the columns are, for --help. */
const COLUMNS =
  "chi2_<data set> is χ² of that data set fitted alone, chi2 that of all in one joint profile. In liao-2024 it is the sum of the others; in release it is not, as the data sets share one flux, whose prior counts once: the sum is the column chi2_sum. Pulls are fitted values of nuisances, as in `nsiscan fit --json`.";

/** `nsiscan evaluate`: χ² at any list of points. */
export function evaluate(cli: Argv): void {
  cli.command(
    "evaluate <points>",
    "evaluate χ² at the points of a CSV file and print them with their χ²",
    (options) =>
      withEngine(withAnalysis(options.epilogue(COLUMNS)))
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
        .option("pulls", {
          type: "string",
          array: true,
          default: [] as string[],
          requiresArg: true,
          describe:
            "nuisances whose pull in the joint profile is a column more, pull_<name>; shared: those that several data sets share",
        })
        .option("json", { type: "boolean", default: false, describe: "JSON in place of CSV" })
        .example(
          "printf 'eps_ee_u,eps_ee_d\\n0,0\\n0.1,-0.05\\n' | $0 evaluate -",
          "χ² in the Standard Model and at one NSI point",
        )
        .example(
          "$0 evaluate points.csv --out chi2.csv",
          "columns of points.csv, then chi2_csi, chi2_lar, chi2_ge and chi2 of all",
        )
        .example(
          "$0 evaluate points.csv --analysis release --pulls shared",
          "chi2 is the joint profile, chi2_sum the sum; and pull_flux",
        ),
    async (args) => {
      const table = readNumericTable(args.points);
      checkPoints(args.points, table);
      if (args.out !== undefined) checkOutputFile(args.out, args.force);
      const base = standardModelPoint();
      const analysis = compileFor(args, table.columns, base);
      const { description, observations, datasets } = analysis;
      const pulls = pullNames(args.pulls, analysis);
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
        const explanation = jointNote(analysis);
        if (explanation) note(explanation);
        const fitted = fittedPulls(analysis, pulls, source, base);
        const columns = [...chi2Columns(analysis, chi2), ...fitted.columns];
        const header = [...table.columns, ...columns.map(({ name }) => name)];
        const rows = joined(table, columns);
        const text = args.json ? toJson(header, rows) : toCsv(header, rows);
        if (args.out === undefined) print(text);
        else writeOutputFile(args.out, `${text}\n`);
        checkPulls(fitted);
      } finally {
        await engine.close();
      }
    },
  );
}
