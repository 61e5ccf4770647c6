import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Argv } from "yargs";
import { ANALYSES } from "../../analysis/registry.js";
import { parseLevel } from "../../contour/levels.js";
import { ENGINES } from "../../engine/registry.js";
import { EnvironmentError } from "../../errors.js";
import { loadScan } from "../../scan/load.js";
import { once } from "../options.js";
import { print, printJson } from "../output.js";
import { countOption, RESULTS, scanWords, withScan } from "../scan-options.js";
import { shellCommand } from "../shell.js";
import { type SlurmPlan, writeScripts } from "../slurm-scripts.js";

/** Submits a script and gives its job's number. @throws EnvironmentError where Slurm does not take it */
async function sbatch(words: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("sbatch", ["--parsable", ...words]);
    // Number;cluster.
    return stdout.trim().split(";")[0];
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    const [last = ""] = `${stderr}`.trim().split("\n").slice(-1);
    const said = last.replace(/^sbatch: error: (?:Batch job submission failed: )?/, "");
    const reason = code === "ENOENT" ? "there is no sbatch on this machine" : said;
    const message = `Slurm does not take the job: ${reason}. Submit ${words.at(-1)} where Slurm runs, or correct the options given with --sbatch.`;
    throw new EnvironmentError("no-slurm", message, { code });
  }
}

/** Options of sbatch that nsiscan has names for, and any others. */
function sbatchOptions(args: {
  readonly gpus?: string | undefined;
  readonly cpus?: number | undefined;
  readonly time?: string | undefined;
  readonly sbatch: readonly string[];
}): Pick<SlurmPlan, "sbatch" | "sbatchMerge"> {
  const { gpus, cpus, time } = args;
  const given = (name: string, value: string | number | undefined) =>
    value === undefined ? [] : [`--${name}=${value}`];
  const own = [...given("gpus", gpus), ...given("cpus-per-task", cpus), ...given("time", time)];
  return { sbatch: [...own, ...args.sbatch], sbatchMerge: args.sbatch };
}

/** `nsiscan slurm`: a scan as a job array with a merge after it. */
export function slurm(cli: Argv): void {
  cli.command(
    "slurm <file>",
    "run a scan on a Slurm cluster: a job array, and a job that merges its parts",
    (options) =>
      withScan(options)
        .option("tasks", {
          ...countOption("tasks", "tasks of the job array, each a part of the scan"),
          demandOption: true,
        })
        .option("gpus", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("gpus"),
          describe: "GPUs of a task, as sbatch takes them: 1, or a100:1",
        })
        .option("cpus", countOption("cpus", "processors of a task"))
        .option("time", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("time"),
          describe: "time limit of a task, e.g. 2:00:00; it requeues itself and goes on",
        })
        .option("sbatch", {
          type: "string",
          array: true,
          nargs: 1,
          default: [] as string[],
          describe: "a further option of sbatch, e.g. --sbatch=--partition=gpu",
        })
        .option("submit", { type: "boolean", default: false, describe: "submit the jobs" })
        .option("force", {
          type: "boolean",
          default: false,
          describe: "replace a result folder that exists, once the new one is complete",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example(
          "$0 slurm my-scan.yaml --tasks 20 --gpus 1 --time 1:00:00 --submit",
          "20 tasks with a GPU each; whatever ends one of them, it goes on where it was",
        )
        .epilogue(
          "Writes array.sh, merge.sh and the tasks' output to <result folder>.slurm. How far it is: nsiscan status <result folder>.",
        ),
    async (args) => {
      const catalogue = { analyses: ANALYSES, engines: ENGINES, parseLevel };
      const scan = await loadScan(args.file, catalogue);
      const { tasks = 1, force } = args;
      const plan: SlurmPlan = {
        scan,
        tasks,
        force,
        program: [process.execPath, ...process.execArgv, process.argv[1]],
        workingFolder: process.cwd(),
        out: resolve(args.out ?? join(RESULTS, scan.name)),
        scanOptions: scanWords(args),
        ...sbatchOptions(args),
      };
      const scripts = await writeScripts(plan);
      if (!args.submit) {
        if (args.json) printJson(scripts);
        else {
          const submit = ["sbatch", "--parsable", scripts.array];
          print(`Wrote ${scripts.array} and ${scripts.merge}. Submit them with:`);
          print(`job=$(${shellCommand(submit)})`);
          print(`sbatch --dependency=afterany:$job ${shellCommand([scripts.merge])}`);
        }
        return;
      }
      const arrayJob = await sbatch([scripts.array]);
      // After any end of the tasks: the merge then says what is missing, and how to get it.
      const mergeJob = await sbatch([`--dependency=afterany:${arrayJob}`, scripts.merge]);
      if (args.json) printJson({ ...scripts, arrayJob, mergeJob });
      else {
        print(`Submitted ${tasks} tasks as job ${arrayJob}, and the merge as job ${mergeJob}.`);
        print(`How far it is: ${shellCommand(["nsiscan", "status", plan.out])}`);
      }
    },
  );
}
