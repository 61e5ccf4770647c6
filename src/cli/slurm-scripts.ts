import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { diskTrouble, EnvironmentError, InputError } from "../errors.js";
import { checkResultFolder } from "../results/folder.js";
import { formatScan } from "../scan/format.js";
import { journalOf } from "../scan/journal/paths.js";
import type { ResolvedScan } from "../scan/scan.js";
import { shellCommand, shellWord } from "./shell.js";
import { warningBefore } from "./slurm-time.js";

/** How a scan is to run on a cluster. */
export interface SlurmPlan {
  readonly scan: ResolvedScan;
  /** Tasks of the array: shards of the scan. */
  readonly tasks: number;
  /** The words that run nsiscan: Node and its script. */
  readonly program: readonly string[];
  /** Folder that the jobs run in. */
  readonly workingFolder: string;
  /** Result folder. */
  readonly out: string;
  /** Replace it. */
  readonly force: boolean;
  /** Further options of `nsiscan scan`. */
  readonly scanOptions: readonly string[];
  /** Options of sbatch for the tasks, e.g. `--gpus=1`. */
  readonly sbatch: readonly string[];
  /** Options of sbatch for the merge, which needs no GPU. */
  readonly sbatchMerge: readonly string[];
}

/** Slurm's own limit is the cluster's MaxArraySize, 1001 unless configured. */
const MOST_TASKS = 4096;

const folderOf = ({ out }: SlurmPlan): string => `${out}.slurm`;
const scanFileOf = (plan: SlurmPlan): string => join(folderOf(plan), "scan.yaml");

/** Lines that Slurm reads. In the name of a log file it would take % for a placeholder. */
function directives(options: readonly string[]): string {
  return options
    .map((option) => {
      const [, name, value] = /^(--?[a-zA-Z][\w-]*)(=[^\n\r"]*)?$/.exec(option) ?? [];
      if (name !== undefined) {
        return `#SBATCH ${name}${value === undefined ? "" : `="${value.slice(1)}"`}`;
      }
      throw new InputError(
        "bad-sbatch-option",
        `"${option}" is no option of sbatch. Write it as one word beginning with a dash, such as --sbatch=--partition=gpu.`,
        { option },
      );
    })
    .join("\n");
}

const logFile = (plan: SlurmPlan, name: string): string =>
  `--output=${folderOf(plan).replaceAll("%", "%%")}/${name}.log`;

/**
 * The job array: each task runs one shard with --resume, so that a task that Slurm requeues, or that
 * somebody does, goes on where it was. When its time is nearly up it stops cleanly and requeues itself.
 */
function arrayScript(plan: SlurmPlan): string {
  const { scan, tasks, program, workingFolder, out, scanOptions, sbatch } = plan;
  const words = [...program, "scan", scanFileOf(plan), "--out", out, "--resume", ...scanOptions];
  const options = directives([
    `--job-name=nsiscan-${scan.name}`,
    `--array=1-${tasks}`,
    logFile(plan, "task-%a"),
    "--open-mode=append",
    "--requeue",
    `--signal=B:USR1@${warningBefore(sbatch)}`,
    ...sbatch,
  ]);
  return `#!/bin/bash
${options}
# Each task does one shard of the scan. Requeued, it goes on where it stopped.
cd ${shellWord(workingFolder)} || exit 3
timeout=
trap 'kill -TERM "$scan" 2>/dev/null' TERM INT
trap 'timeout=yes; kill -TERM "$scan" 2>/dev/null' USR1
${shellCommand(words)} \\
  --shard "$SLURM_ARRAY_TASK_ID/${tasks}" &
scan=$!
# A signal ends the wait, not the scan, which stops by itself.
while :; do
  wait "$scan"
  status=$?
  kill -0 "$scan" 2>/dev/null || break
done
if [ "$timeout" ] && [ "$status" -eq 5 ]; then
  scontrol requeue "\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit "$status"
`;
}

/** The job after the array: it merges all tiles, or says which are missing. */
function mergeScript(plan: SlurmPlan): string {
  const { scan, program, workingFolder, out, sbatchMerge } = plan;
  const options = directives([
    `--job-name=nsiscan-${scan.name}-merge`,
    logFile(plan, "merge"),
    "--open-mode=append",
    "--requeue",
    ...sbatchMerge,
  ]);
  return `#!/bin/bash
${options}
cd ${shellWord(workingFolder)} || exit 3
exec ${shellCommand([...program, "merge", journalOf(out), "--out", out, "--force"])}
`;
}

/** Where the scripts are. */
export interface SlurmScripts {
  readonly array: string;
  readonly merge: string;
}

/**
 * Writes the resolved scan, array.sh and merge.sh into the folder of the jobs.
 * @throws InputError for a result in the way, or options that make no job
 */
export async function writeScripts(plan: SlurmPlan): Promise<SlurmScripts> {
  const { tasks, out, force, scan } = plan;
  if (tasks > MOST_TASKS) {
    const message = `--tasks ${tasks} is more than a job array can have. Give ${MOST_TASKS} at most.`;
    throw new InputError("bad-tasks", message, { tasks });
  }
  await checkResultFolder(out, { force });
  const folder = folderOf(plan);
  const scripts = { array: join(folder, "array.sh"), merge: join(folder, "merge.sh") };
  const content = { [scripts.array]: arrayScript(plan), [scripts.merge]: mergeScript(plan) };
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(scanFileOf(plan), formatScan(scan));
    for (const [path, text] of Object.entries(content)) {
      await writeFile(path, text, { mode: 0o755 });
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const { reason, remedy } = diskTrouble(error);
    const text = `The scripts cannot be written to ${folder}: ${reason}. ${remedy} or choose another result folder with --out.`;
    throw new EnvironmentError("cannot-write", text, { path: folder, code });
  }
  return scripts;
}
