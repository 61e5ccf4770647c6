/** Warning before a task's time is up, s: a tile takes seconds, and Slurm looks twice a minute. */
const WARNING = 90;
/** Of a short task's time the warning takes a third: the rest is for work. */
const MOST = 1 / 3;

/**
 * How long before the end of a task's time Slurm is to tell it so, s.
 * @param sbatch options of sbatch, of which the last that sets a time limit counts
 */
export function warningBefore(sbatch: readonly string[]): number {
  const limits = sbatch.flatMap((option) => /^(?:--time|-t)=(.*)$/.exec(option)?.[1] ?? []);
  const seconds = secondsOf(limits.at(-1) ?? "");
  // No limit, or the cluster's own.
  if (!seconds) return WARNING;
  return Math.max(1, Math.min(WARNING, Math.floor(MOST * seconds)));
}

/**
 * A time limit as sbatch reads it: minutes, minutes:seconds, hours:minutes:seconds, days-hours,
 * days-hours:minutes or days-hours:minutes:seconds. Undefined for anything else.
 */
function secondsOf(limit: string): number | undefined {
  const [, days, rest] = /^(?:(\d+)-)?(\d+(?::\d+){0,2})$/.exec(limit) ?? [];
  if (rest === undefined) return undefined;
  const numbers = rest.split(":").map(Number);
  const isFromHours = days !== undefined || numbers.length === 3;
  const [hours, minutes = 0, seconds = 0] = isFromHours ? numbers : [0, ...numbers];
  return 86_400 * Number(days ?? 0) + 3600 * hours + 60 * minutes + seconds;
}
