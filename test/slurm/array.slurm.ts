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
/** A plane is evaluated point by point: with 701 points an axis, half a minute of work. */
const scanOf = (points: number) => `version: 1
analysis: liao-2024
engine: cpu
axes:
${axis("eps_ee_d", points)}
${axis("eps_mumu_d", 501)}
combinations: [csi, lar, ge, all]
`;

let work: string;
let env: Record<string, string>;
let whole: Record<string, string>;
/** Of one thread. */
let pointsPerSecond: number;
const at = (...names: string[]) => join(work, ...names);

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "nsiscan-slurm-"));
  // munge wants to reach its socket as anybody.
  chmodSync(work, 0o755);
  execFileSync(script, ["start", at("cluster"), String(NODES)], { stdio: "inherit" });
  env = { SLURM_CONF: at("cluster", "slurm.conf") };
  execFileSync(script, ["check", at("cluster")], { stdio: "inherit" });
  writeFileSync(at("my-scan.yaml"), scanOf(701));
  whole = alone("my-scan", "--threads", "1");
  const provenance = readFileSync(at("my-scan-whole", "provenance.json"), "utf8");
  pointsPerSecond = JSON.parse(provenance).points_per_second;
});
afterAll(() => {
  execFileSync(script, ["stop", at("cluster")], { stdio: "inherit" });
  rmSync(work, { recursive: true, force: true });
});

/** Every tile of a plane that is done costs a task that goes on as much as the whole plane has cells. */
const tilePoints = (name: string) => (name === "long" ? "5000" : "1000");

/** What a scan gives without Slurm. */
function alone(name: string, ...more: string[]): Record<string, string> {
  const words = ["scan", at(`${name}.yaml`), "--out", at(`${name}-whole`)];
  const run = nsiscan([...words, "--tile-points", tilePoints(name), ...more]);
  expect(run).toMatchObject({ status: 0 });
  return resultBytes(at(`${name}-whole`));
}

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
  return submitScan("my-scan", out, ...more);
}

function submitScan(name: string, out: string, ...more: string[]): Jobs {
  const words = ["slurm", at(`${name}.yaml`), "--out", at(out), "--tile-points", tilePoints(name)];
  const given = [...words, "--threads", "1", "--submit", "--json", ...more];
  const { status, stdout, stderr } = nsiscan(given, env);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout);
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !condition(); waited += 0.2) {
    if (waited > 600) throw new Error(`waited in vain for ${what}:\n${slurm("squeue")}`);
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

function expectWhole(out: string, expected = whole): void {
  const found = resultBytes(at(out));
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  expect(Object.keys(expected).filter((name) => found[name] !== expected[name])).toEqual([]);
}

const parentOf = (pid: number) =>
  Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);

interface PartStatus {
  readonly part: string;
  readonly done: number;
  readonly pointsPerSecond?: number;
  readonly secondsLeft?: number;
}

describe("a job array", () => {
  it("gives the bytes of one run, and status tells of every task", async () => {
    const { arrayJob, mergeJob } = submit("plain", "--tasks", "5", "--gpus", "1", "--cpus", "2");
    await until(() => existsSync(at("plain.journal", "tiles")), "the journal");
    await until(() => status("plain").done > 5, "five tiles");
    const amid = status("plain");
    expect(amid.tiles).toBe(352);
    const parts: PartStatus[] = amid.parts;
    expect(parts.map(({ part }) => part)).toEqual([1, 2, 3, 4, 5].map((i) => `${i}/5`));
    const begun = parts.filter(({ pointsPerSecond }) => pointsPerSecond !== undefined);
    expect(begun.length).toBeGreaterThan(0);
    for (const { pointsPerSecond = 0, secondsLeft = 0 } of begun) {
      expect(pointsPerSecond).toBeGreaterThan(0);
      expect(secondsLeft).toBeGreaterThan(0);
    }
    expect(amid.secondsLeft).toBeGreaterThan(0);
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

  it("merges what there is when a task fails, and says what is missing", async () => {
    const { arrayJob, mergeJob } = submit("short", "--tasks", "2");
    await until(() => existsSync(at("short.journal", "tiles")), "the journal");
    const second = () => status("short").parts.find(({ part }: PartStatus) => part === "2/2");
    await until(() => second()?.done > 3, "some tiles");
    process.kill(processOf("short", "2/2"), "SIGKILL");
    await until(() => isOver(mergeJob), "the merge");
    expect(state(`${arrayJob}_2`)).toBe("FAILED");
    expect(state(mergeJob)).toBe("FAILED");
    expect(log("short", "merge")).toMatch(/of 352 tiles are missing: [\d,/-]+\. Every other tile/);
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

describe("a task", () => {
  it("whose time is nearly up stops cleanly, requeues itself and goes on", async () => {
    // A minute and a half of work for tasks of a minute, which are told 20 to 50 seconds before.
    writeFileSync(at("long.yaml"), scanOf(Math.ceil((90 * pointsPerSecond) / 501)));
    const expected = alone("long");
    const { arrayJob, mergeJob } = submitScan("long", "timed", "--tasks", "1", "--time", "1");
    expect(readFileSync(at("timed.slurm", "array.sh"), "utf8")).toContain('--signal="B:USR1@20"');
    const restarts = () =>
      Number(/Restarts=(\d+)/.exec(slurm("scontrol", "show", "job", `${arrayJob}_1`))?.[1]);
    await until(() => restarts() > 0, "the first requeue");
    expect(log("timed", "task-1")).toContain("Interrupted by SIGTERM");
    const done = status("timed").done;
    expect(done).toBeGreaterThan(0);
    await until(() => isOver(mergeJob), "the merge");
    expect([state(`${arrayJob}_1`), state(mergeJob)]).toEqual(["COMPLETED", "COMPLETED"]);
    expect(log("timed", "task-1")).toContain(`\n${done} tiles with `);
    expect(log("timed", "task-1")).not.toContain("DUE TO TIME LIMIT");
    expectWhole("timed", expected);
  });

  it("whose node fails goes on elsewhere", async () => {
    const { arrayJob, mergeJob } = submit("moved", "--tasks", "1");
    await until(() => existsSync(at("moved.journal", "tiles")), "the journal");
    await until(() => status("moved").done > 10, "some tiles");
    const node = /BatchHost=(\w+)/.exec(slurm("scontrol", "show", "job", `${arrayJob}_1`))?.[1];
    // As a power cut has it: nothing of the node can say a last word.
    const task = processOf("moved", "1/1");
    const shell = parentOf(task);
    const slurmd = Number(readFileSync(at("cluster", `${node}.pid`), "utf8"));
    for (const pid of [slurmd, parentOf(shell), shell, task]) process.kill(pid, "SIGKILL");
    const done = status("moved").done;
    slurm("scontrol", "update", `NodeName=${node}`, "State=DOWN", "Reason=test");
    await until(() => isOver(mergeJob), "the merge");
    expect([state(`${arrayJob}_1`), state(mergeJob)]).toEqual(["COMPLETED", "COMPLETED"]);
    const shown = slurm("scontrol", "show", "job", `${arrayJob}_1`);
    expect(shown).toContain("Restarts=1");
    expect(/BatchHost=(\w+)/.exec(shown)?.[1]).not.toBe(node);
    expect(log("moved", "task-1")).toMatch(new RegExp(`^${done} tiles with .* done already$`, "m"));
    expectWhole("moved");
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
