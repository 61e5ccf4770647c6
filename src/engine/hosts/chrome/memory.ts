import { readdirSync, readFileSync } from "node:fs";

interface Process {
  readonly pid: number;
  readonly parent: number;
}

/**
 * Resident memory of a process and all below it, bytes: pages that they share count for each of them.
 * Undefined where the system does not show it as Linux does.
 */
export function familyMemory(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const processes = all.flatMap((name) => processOf(Number(name)));
  const family = new Set([pid]);
  // Children may have smaller numbers than their parents, once numbers have come round.
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const one of processes) if (family.has(one.parent)) family.add(one.pid);
  }
  return [...family].reduce((sum, one) => sum + residentBytes(one), 0);
}

/** None for a process that has ended meanwhile. */
function processOf(pid: number): Process[] {
  const stat = read(`/proc/${pid}/stat`);
  // The name in brackets may hold anything, brackets too.
  const [, parent] = /^.*\) \S (\d+) /s.exec(stat) ?? [];
  return parent === undefined ? [] : [{ pid, parent: Number(parent) }];
}

function residentBytes(pid: number): number {
  const [, kibibytes = "0"] = /^VmRSS:\s*(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return 1024 * Number(kibibytes);
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
