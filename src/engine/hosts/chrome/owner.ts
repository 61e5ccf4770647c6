import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** One process, told apart from all others: on other hosts, in other containers, before a reboot. */
const OWNER = /^(?<host>\S+) (?<boot>[\da-f-]{36}) (?<namespace>\S+) (?<pid>\d+) (?<start>\d+)$/;

interface Place {
  readonly host: string;
  readonly boot: string;
  /** Of process ids: a number means another process in another one. */
  readonly namespace: string;
}

/** This process as an owner, in one line; undefined where the system does not tell as Linux does. */
export function ownerHere(): string | undefined {
  const place = placeHere();
  const start = startOf(process.pid);
  if (!place || typeof start !== "string") return undefined;
  return [place.host, place.boot, place.namespace, process.pid, start].join(" ");
}

/** Whether an owner is no more; false unless that is certain. */
export function isGone(owner: string): boolean {
  const { host, boot, namespace, pid, start } = OWNER.exec(owner)?.groups ?? {};
  const place = placeHere();
  if (!place || host !== place.host) return false;
  if (boot !== place.boot) return true;
  if (namespace !== place.namespace) return false;
  const now = startOf(Number(pid));
  return now === "ended" || (now !== undefined && now !== start);
}

function placeHere(): Place | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    // A /proc of other process ids than ours tells nothing about them.
    if (readlinkSync("/proc/self") !== String(process.pid)) return undefined;
    return {
      // Many a container is called as its neighbour.
      host: `${hostname()}/${machine()}`,
      boot: readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim(),
      namespace: readlinkSync("/proc/self/ns/pid"),
    };
  } catch {
    return undefined;
  }
}

/** Machine id of systemd's, if there is one. */
function machine(): string {
  try {
    return readFileSync("/etc/machine-id", "latin1").trim();
  } catch {
    return "";
  }
}

/** When a process was started, in ticks since boot; undefined if that cannot be known. */
function startOf(pid: number): string | "ended" | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // State is the 3rd field, start the 22nd. The name in brackets may hold anything.
    const [, state, start] = /^.*\) (\S)(?: \S+){18} (\d+) /s.exec(stat) ?? [];
    return state === "Z" || state === "X" ? "ended" : start;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ESRCH" ? "ended" : undefined;
  }
}
