import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { SingleBar } from "cli-progress";
import type { Argv } from "yargs";
import { parseLevel } from "../../contour/levels.js";
import { InputError } from "../../errors.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { descriptionHash } from "../../likelihood/hash.js";
import { PARAMETERS } from "../../model/parameters.js";
import { type Coverage, coverage } from "../../toys/coverage.js";
import { NUISANCE_CHOICES, type ToyPlan } from "../../toys/experiment.js";
import { runToys } from "../../toys/run.js";
import { joinToySets, parseToySet, type ToySet } from "../../toys/set.js";
import { compileFor, datasetList, withAnalysis, withPoint } from "../analysis-options.js";
import { threadsOption } from "../engine-options.js";
import { freeParameters } from "../free-parameters.js";
import { interruptible } from "../interruption.js";
import { once, path } from "../options.js";
import { note, print, printJson } from "../output.js";
import { checkOutputFile, writeOutputFile } from "../output-file.js";
import { formatTable } from "../table.js";

const LEVELS = ["1sigma", "90%", "2sigma", "3sigma"];

/** A `coerce` for whole numbers from 0. */
function whole(option: string) {
  return (given: number | number[]): number => {
    const value = once<number>(option)(given);
    if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return value;
    throw new InputError(
      "bad-number",
      `Option ${option.length > 1 ? "--" : "-"}${option} must be a whole number from 0.`,
      {
        option,
      },
    );
  };
}

/** The indices that were asked for. @throws InputError for none */
function rangeOf(args: { n: number; from: number; to: number | undefined }): [number, number] {
  const to = args.to ?? args.n;
  if (args.from < to) return [args.from, to];
  throw new InputError(
    "bad-range",
    `There is no pseudo-experiment from ${args.from} to before ${to}. Give a number with -n, or --from below --to.`,
    { from: args.from, to },
  );
}

function readToySet(file: string): ToySet {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputError("unreadable-file", `Cannot read ${file} (${reason}). Check its path.`, {
      path: file,
      reason,
    });
  }
  return parseToySet(text, file);
}

async function draw(
  plan: ToyPlan,
  [from, to]: [number, number],
  threads: number | undefined,
): Promise<ToySet> {
  const bar = new SingleBar({
    format: "{bar} {percentage}%  {value}/{total} pseudo-experiments  ETA {eta_formatted}",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false,
  });
  if (process.stderr.isTTY) bar.start(to - from, 0);
  const made = await interruptible((signal) =>
    runToys(plan, from, to, {
      threads: threads ?? availableParallelism(),
      signal,
      onProgress: (done) => bar.update(done),
    }).finally(() => bar.stop()),
  );
  return {
    schema: "nsiscan-toys/1",
    analysis: plan.analysis.name,
    datasets: [...plan.datasets],
    descriptionHash: descriptionHash(plan.analysis.description),
    at: Object.fromEntries(PARAMETERS.map(({ name }, i) => [name, plan.at[i]])),
    free: plan.free.map((parameter) => ({ ...parameter })),
    nuisances: plan.nuisances,
    seed: plan.seed,
    from,
    to,
    deltaChi2: made.map(({ deltaChi2 }) => deltaChi2),
    chi2: made.map(({ chi2 }) => chi2),
    best: made.map(({ best }) => [...best]),
  };
}

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

/** `nsiscan toys`: pseudo-experiments, and whether Wilks' levels cover. */
export function toys(cli: Argv): void {
  cli.command(
    "toys",
    "draw and fit pseudo-experiments: the distribution of Δχ² and the coverage of levels",
    (options) =>
      withPoint(withAnalysis(options))
        .option("free", {
          type: "string",
          array: true,
          default: [] as string[],
          requiresArg: true,
          describe:
            "parameters to fit in each, as name or name=from:to; the others keep their value",
          coerce: (words: string[]) => freeParameters(words),
        })
        .option("datasets", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("datasets"),
          describe: "data sets to draw and fit, e.g. csi,lar [default: all]",
        })
        .option("nuisances", {
          choices: NUISANCE_CHOICES,
          default: NUISANCE_CHOICES[0] as (typeof NUISANCE_CHOICES)[number],
          requiresArg: true,
          describe: "true nuisances: nominal, or as profiled on the data at the true point",
        })
        .option("n", {
          type: "number",
          default: 1000,
          requiresArg: true,
          coerce: whole("n"),
          describe: "number of pseudo-experiments",
        })
        .option("seed", {
          type: "number",
          default: 1,
          requiresArg: true,
          coerce: whole("seed"),
          describe: "seed: with an index, it fixes a pseudo-experiment wherever it is drawn",
        })
        .option("from", {
          type: "number",
          default: 0,
          requiresArg: true,
          coerce: whole("from"),
          describe: "first index, for one part of several",
        })
        .option("to", {
          type: "number",
          requiresArg: true,
          coerce: whole("to"),
          describe: "index to stop before [default: -n]",
        })
        .option("join", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: "put files of several parts together instead of drawing",
        })
        .option("level", {
          type: "string",
          array: true,
          default: LEVELS,
          requiresArg: true,
          describe: "levels whose coverage to report",
        })
        .option("out", {
          type: "string",
          requiresArg: true,
          coerce: path("out"),
          describe: "write every pseudo-experiment to this JSON file",
        })
        .option("force", { type: "boolean", default: false, describe: "replace the file of --out" })
        .option("threads", threadsOption)
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example(
          "$0 toys --analysis coherent-2022 --free sigma_scale -n 10000 --seed 1",
          "does a rise of χ² by one cover the CEvNS cross section in 68 % of experiments?",
        )
        .example("$0 toys --join part-1.json part-2.json", "coverage from two halves of a run")
        .epilogue(
          "Every term is drawn by itself, as the likelihood has it: in liao-2024 the energies and the times of Ge are independent, though they are two projections of the same events, so the coverage is the likelihood's and not quite the experiment's. A Δχ² of nominal coverage is – where too few pseudo-experiments lie beyond it.",
        ),
    async (args) => {
      const levels = args.level.map((text) => parseLevel(text));
      if (args.out !== undefined) checkOutputFile(args.out, args.force);
      const set = args.join ? joinToySets(args.join.map(readToySet)) : await drawn(args);
      if (args.out !== undefined) writeOutputFile(args.out, `${JSON.stringify(set)}\n`);
      const rows = coverage(set, levels);
      if (args.json) printJson({ analysis: set.analysis, toys: set.to - set.from, coverage: rows });
      else {
        print(coverageTable(rows));
        note(
          `${set.to - set.from} pseudo-experiments of ${set.analysis}, ${set.free.map(({ name }) => name).join(", ")} free`,
        );
      }
    },
  );
}

interface DrawArguments {
  readonly analysis: string;
  readonly option: readonly string[];
  readonly at: Float64Array;
  readonly free: ReturnType<typeof freeParameters>;
  readonly datasets: string | undefined;
  readonly nuisances: ToyPlan["nuisances"];
  readonly n: number;
  readonly seed: number;
  readonly from: number;
  readonly to: number | undefined;
  readonly threads: number | undefined;
}

/** @throws InputError where there is nothing to fit or to draw */
function drawn(args: DrawArguments): Promise<ToySet> {
  const { at, free, nuisances, seed } = args;
  const range = rangeOf(args);
  if (free.length === 0) {
    throw new InputError(
      "nothing-free",
      "Name the parameters that each pseudo-experiment is to fit with --free, e.g. --free sigma_scale.",
    );
  }
  const names = free.map(({ name }) => name);
  const analysis = compileFor(args, names, at);
  const { datasets } = new ChiSquare(analysis, datasetList(args.datasets, analysis));
  return draw({ analysis, datasets, at, free, nuisances, seed }, range, args.threads);
}
