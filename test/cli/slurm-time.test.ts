import { expect, it } from "vitest";
import { warningBefore } from "../../src/cli/slurm-time.js";

it.each([
  // Every way in which sbatch takes a limit, one of 3 minutes where it can say that.
  ["--time=3", 60],
  ["--time=3:00", 60],
  ["--time=2:60", 60],
  ["--time=0:03:00", 60],
  ["--time=0-0:03", 60],
  ["--time=0-0:02:60", 60],
  ["-t=1", 20],
  ["--time=0:30", 10],
  ["--time=1:00:00", 90],
  ["--time=1-0", 90],
  ["--time=0-1", 90],
  // No limit of the task's own.
  ["--time=0", 90],
  ["--time=UNLIMITED", 90],
  ["--partition=3", 90],
])("a task with %s is told %i s before its end", (option, seconds) => {
  expect(warningBefore([option])).toBe(seconds);
  expect(warningBefore(["--time=2:00:00", option, "--mem=1"])).toBe(
    option.startsWith("--p") ? 90 : seconds,
  );
});
