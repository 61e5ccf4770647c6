import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { SingleBar } from "cli-progress";
import { InputError, InterruptedError } from "../errors.js";
import type { FreeParameter } from "../fit/best-fit.js";
import { ChiSquare } from "../fit/chi-square.js";
import type { Toy, ToyPlan } from "../toys/experiment.js";
import { runToys } from "../toys/run.js";
import { parseToySet, type ToySet, toySetOf } from "../toys/set.js";
import { compileFor, datasetList } from "./analysis-options.js";
import { interruptible } from "./interruption.js";
import { writeOutputFile } from "./output-file.js";

export interface DrawArguments {
  readonly analysis: string;
  readonly option: readonly string[];
  readonly at: Float64Array;
  readonly free: readonly FreeParameter[];
  readonly datasets: string | undefined;
  readonly nuisances: ToyPlan["nuisances"];
  readonly n: number;
  readonly seed: number;
  readonly from: number;
  readonly to: number | undefined;
  readonly threads: number | undefined;
  readonly out: string | undefined;
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

/** @throws InputError where there is nothing to fit or to draw */
function planOf(args: DrawArguments): ToyPlan {
  const { at, free, nuisances, seed } = args;
  if (free.length === 0) {
    throw new InputError(
      "nothing-free",
      "Name the parameters that each pseudo-experiment is to fit with --free, e.g. --free sigma_scale.",
    );
  }
  const names = free.map(({ name }) => name);
  const analysis = compileFor(args, names, at);
  const { datasets } = new ChiSquare(analysis, datasetList(args.datasets, analysis));
  return { analysis, datasets, at, free, nuisances, seed };
}

/** What an interruption leaves: the pseudo-experiments up to the first that is missing. */
function remains(made: readonly (Toy | undefined)[], args: DrawArguments): [Toy[], string] {
  const end = made.indexOf(undefined);
  const kept = made.slice(0, end) as Toy[];
  const again = "Run the same command to start again";
  if (args.out === undefined) {
    return [kept, `nothing was kept, as there is no --out. ${again}.`];
  }
  if (kept.length === 0) return [kept, `no pseudo-experiment was finished. ${again}.`];
  const [from, to] = rangeOf(args);
  const next = from + kept.length;
  return [
    kept,
    `${args.out} holds pseudo-experiments ${from} to ${next - 1}. Draw the others with --from ${next} --to ${to} and another --out, and put both together with --join.`,
  ];
}

/**
 * Draws and fits what the arguments ask for, with a progress bar; an interruption keeps in the file of
 * `--out` what is finished.
 * @throws InputError where there is nothing to fit or to draw
 */
export async function drawToySet(args: DrawArguments): Promise<ToySet> {
  const [from, to] = rangeOf(args);
  const plan = planOf(args);
  const bar = new SingleBar({
    format: "{bar} {percentage}%  {value}/{total} pseudo-experiments  ETA {eta_formatted}",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false,
  });
  if (process.stderr.isTTY) bar.start(to - from, 0);
  const threads = args.threads ?? availableParallelism();
  let made: readonly (Toy | undefined)[] = [undefined];
  let kept: readonly Toy[] = [];
  const onProgress = (done: number, toys: readonly (Toy | undefined)[]) => {
    made = toys;
    bar.update(done);
  };
  try {
    const toys = await interruptible(
      (signal) => runToys(plan, from, to, { threads, signal, onProgress }),
      () => {
        const [finished, message] = remains(made, args);
        kept = finished;
        return message;
      },
    );
    return toySetOf(plan, from, toys);
  } catch (error) {
    if (error instanceof InterruptedError && args.out !== undefined && kept.length > 0) {
      writeToySet(args.out, toySetOf(plan, from, kept));
    }
    throw error;
  } finally {
    bar.stop();
  }
}

export function writeToySet(path: string, set: ToySet): void {
  writeOutputFile(path, `${JSON.stringify(set)}\n`);
}

/** @throws InputError for a file that cannot be read, or holds something else */
export function readToySet(file: string): ToySet {
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
