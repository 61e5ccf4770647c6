import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { commandLine, type RandomFit } from "./cases.js";

const range = z.object({
  lower: z.number(),
  upper: z.number(),
  lowerIsEdge: z.boolean(),
  upperIsEdge: z.boolean(),
});
const minimum = z.object({
  value: z.number(),
  chi2: z.number(),
  isEdge: z.boolean(),
  /** The free parameters there. */
  parameters: z.record(z.string(), z.number()).optional(),
});
const report = z.object({
  chi2: z.number(),
  parameters: z.record(z.string(), z.number()),
  intervals: z.array(
    z.object({
      name: z.string(),
      value: z.number(),
      valueIsEdge: z.boolean(),
      ranges: z.array(range),
      minima: z.array(minimum),
    }),
  ),
});

export type Report = z.infer<typeof report>;

/** The part of a fit's JSON that is compared. @throws Error where it is not there */
export const readReport = (json: unknown): Report => report.parse(json);

export interface Answer {
  readonly status: number | null;
  /** What it printed, unless it printed nothing that can be read. */
  readonly report?: Report;
  readonly stderr: string;
  readonly seconds: number;
}

/** Runs the built command line as a user would. @param root of the repository */
export function runFit(fit: RandomFit, root: string): Answer {
  const began = performance.now();
  const main = join(root, "dist/cli/main.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, ...commandLine(fit), "--json"],
    { encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  const seconds = (performance.now() - began) / 1000;
  if (stdout === "") return { status, stderr, seconds };
  return { status, report: readReport(JSON.parse(stdout)), stderr, seconds };
}
