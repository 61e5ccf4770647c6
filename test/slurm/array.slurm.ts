import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nsiscan } from "../cli/nsiscan.js";
import { resultBytes } from "../cli/tree.js";

const script = fileURLToPath(new URL("../../scripts/slurm/cluster.sh", import.meta.url));
const NODES = 3;
const axis = (parameter: string, points: number) =>
  `  - { parameter: ${parameter}, from: -0.5, to: 0.8, points: ${points} }`;
/** A plane is evaluated point by point: half a minute of work. */
const scan = `version: 1
analysis: liao-2024
engine: cpu
axes:
${axis("eps_ee_d", 701)}
${axis("eps_mumu_d", 501)}
combinations: [csi, lar, ge, all]
`;

let work: string;
let env: Record<string, string>;
let whole: Record<string, string>;
const at = (...names: string[]) => join(work, ...names);

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "nsiscan-slurm-"));
  // munge wants to reach its socket as anybody.
  chmodSync(work, 0o755);
  execFileSync(script, ["start", at("cluster"), String(NODES)], { stdio: "inherit" });
  env = { SLURM_CONF: at("cluster", "slurm.conf") };
  execFileSync(script, ["check", at("cluster")], { stdio: "inherit" });
  writeFileSync(at("my-scan.yaml"), scan);
  const alone = nsiscan([
    "scan",
    at("my-scan.yaml"),
    "--out",
    at("whole"),
    "--tile-points",
    "1000",
  ]);
  expect(alone).toMatchObject({ status: 0 });
  whole = resultBytes(at("whole"));
});
afterAll(() => {
  execFileSync(script, ["stop", at("cluster")], { stdio: "inherit" });
  rmSync(work, { recursive: true, force: true });
});

const slurm = (command: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
};

interface Jobs {
  readonly arrayJob: string;
  readonly mergeJob: string;
}

function submit(out: string, ...more: string[]): Jobs {
  const words = ["slurm", at("my-scan.yaml"), "--out", at(out), "--tile-points", "1000"];
  const given = [...words, "--threads", "1", "--submit", "--json", ...more];
  const { status, stdout, stderr } = nsiscan(given, env);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout);
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !condition(); waited += 0.2) {
    if (waited > 240) throw new Error(`waited in vain for ${what}:\n${slurm("squeue")}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const state = (job: string): string =>
  /JobState=(\w+)/.exec(slurm("scontrol", "show", "job", job))?.[1] ?? "";
const isOver = (job: string) => !/PENDING|RUNNING|COMPLETING|REQUEUED/.test(state(job));
const log = (out: string, name: string) => readFileSync(at(`${out}.slurm`, `${name}.log`), "utf8");
const status = (out: string) => JSON.parse(nsiscan(["status", at(out), "--json"]).stdout);

/** The process that does a part, by the name of its log. */
function processOf(out: string, part: string): number {
  const logs = readdirSync(at(`${out}.journal`)).filter((name) => name.endsWith(".jsonl"));
  const own = logs.find((name) =>
    readFileSync(at(`${out}.journal`, name), "utf8").includes(`"part":"${part}"`),
  );
  return Number(/-(\d+)\.jsonl$/.exec(own ?? "")?.[1]);
}

function expectWhole(out: string): void {
  const found = resultBytes(at(out));
  expect(Object.keys(found)).toEqual(Object.keys(whole));
  expect(Object.keys(whole).filter((name) => found[name] !== whole[name])).toEqual([]);
}

describe("a job array", () => {
  it("gives the bytes of one run, and status tells of every task", async () => {
    const { arrayJob, mergeJob } = submit("plain", "--tasks", "5", "--gpus", "1", "--cpus", "2");
    await until(() => existsSync(at("plain.journal", "tiles")), "the journal");
    await until(() => status("plain").done > 5, "five tiles");
    const amid = status("plain");
    expect(amid.tiles).toBe(352);
    expect(amid.parts.map(({ part }: { part: string }) => part)).toEqual(
      [1, 2, 3, 4, 5].map((i) => `${i}/5`),
    );
    expect(slurm("scontrol", "show", "job", arrayJob)).toMatch(/TresPerJob=\S*gpu:1/);
    await until(() => isOver(mergeJob), "the merge");
    expect(state(mergeJob)).toBe("COMPLETED");
    expectWhole("plain");
    expect(log("plain", "merge")).toContain("351201 points");
    expect(status("plain")).toMatchObject({ tiles: 352, done: 352 });
  });

  it("goes on where it was when tasks are requeued, cancelled or killed", async () => {
    const { arrayJob, mergeJob } = submit("rough", "--tasks", "3");
    await until(() => existsSync(at("rough.journal", "tiles")), "the journal");
    const begun = () => status("rough").parts.filter(({ done }: { done: number }) => done > 1);
    await until(() => begun().length === 3, "tiles of every task");
    slurm("scontrol", "requeue", `${arrayJob}_1`);
    slurm("scancel", `${arrayJob}_2`);
    process.kill(processOf("rough", "3/3"), "SIGKILL");
    await until(() => isOver(`${arrayJob}_2`) && isOver(`${arrayJob}_3`), "the second and third");
    expect(state(`${arrayJob}_2`)).toBe("CANCELLED");
    expect(state(`${arrayJob}_3`)).toBe("FAILED");
    expect(log("rough", "task-1")).toContain("Interrupted by SIGTERM");
    expect(log("rough", "task-2")).toMatch(/Continue with: nsiscan scan .* --shard 2\/3 --resume/);
    // The array may be over before they are put back: then the merge says what is missing.
    slurm("scontrol", "requeue", `${arrayJob}_2`);
    slurm("scontrol", "requeue", `${arrayJob}_3`);
    await until(() => isOver(mergeJob), "the merge");
    await until(() => isOver(arrayJob), "the tasks");
    for (const task of ["task-1", "task-2", "task-3"]) {
      expect(log("rough", task)).toMatch(/^\d+ tiles with \d+ points are done already$/m);
      expect(log("rough", task)).toContain("is done: ");
    }
    if (state(mergeJob) !== "COMPLETED") {
      expect(log("rough", "merge")).toMatch(
        /tiles are missing: .* Compute them with: nsiscan scan/,
      );
      slurm("scontrol", "requeue", mergeJob);
      await until(() => isOver(mergeJob), "the merge again");
    }
    expect(state(mergeJob)).toBe("COMPLETED");
    expectWhole("rough");
  });

  it("merges what there is when a task is given up, and says what is missing", async () => {
    const { arrayJob, mergeJob } = submit("short", "--tasks", "2");
    await until(() => existsSync(at("short.journal", "tiles")), "the journal");
    await until(() => status("short").done > 3, "some tiles");
    slurm("scancel", `${arrayJob}_2`);
    await until(() => isOver(mergeJob), "the merge");
    expect(state(mergeJob)).toBe("FAILED");
    expect(existsSync(at("short"))).toBe(false);
    const [, fill] = /Compute them with: nsiscan (.*) and merge again/.exec(
      log("short", "merge"),
    ) as RegExpExecArray;
    expect(nsiscan(fill.split(" ")).status).toBe(0);
    slurm("scontrol", "requeue", mergeJob);
    await until(() => isOver(mergeJob), "the merge again");
    expectWhole("short");
  });
});

describe("nsiscan slurm", () => {
  it("without --submit leaves scripts that a person can read and submit", () => {
    const words = ["slurm", at("my-scan.yaml"), "--out", at("a b"), "--tasks", "4"];
    const { status, stdout } = nsiscan([
      ...words,
      "--time",
      "1:00:00",
      "--sbatch=--partition=test",
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain("--dependency=afterany:$job");
    expect(readdirSync(at("a b.slurm")).sort()).toEqual(["array.sh", "merge.sh", "scan.yaml"]);
    const array = readFileSync(at("a b.slurm", "array.sh"), "utf8");
    expect(array).toContain('#SBATCH --time="1:00:00"\n#SBATCH --partition="test"\n');
    slurm("sbatch", "--test-only", at("a b.slurm", "array.sh"));
  });

  it("refuses what Slurm refuses, in its words", () => {
    const words = ["slurm", at("my-scan.yaml"), "--out", at("refused"), "--tasks", "2", "--submit"];
    const { status, stderr } = nsiscan([...words, "--sbatch=--partition=none"], env);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^nsiscan: Slurm does not take the job: .*Invalid partition/);
    expect(nsiscan([...words, "--sbatch", "rm -rf"], env).status).toBe(2);
    expect(nsiscan([...words, "--tasks", "0"], env).status).toBe(2);
  });
});
