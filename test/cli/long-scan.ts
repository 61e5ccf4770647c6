import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { main, nsiscan } from "./nsiscan.js";
import { resultBytes } from "./tree.js";

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** A command at work. */
export interface Running {
  readonly child: ChildProcess;
  /** What it said on stderr until now. */
  said(): string;
  readonly ended: Promise<Ended>;
}

/** Starts the built command line. @param env on top of this process's environment */
export function start(args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (status, signal) => resolve({ status, signal, stderr }));
  });
  return { child, said: () => stderr, ended };
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const axis = (parameter: string, from: number, to: number, points: number) =>
  `  - { parameter: ${parameter}, from: ${from}, to: ${to}, points: ${points} }`;

/** A scan of four axes in 40 tiles, in a folder of its own, that is run in pieces and hurt. */
export class LongScan {
  readonly folder = mkdtempSync(join(tmpdir(), "nsiscan-endurance-"));
  readonly file = join(this.folder, "my-scan.yaml");
  readonly text: string;
  readonly #tilePoints: number;
  /** What an undisturbed run gives, and the time that it takes, ms. */
  whole: Record<string, string> = {};
  duration = 0;

  /**
   * @param points of the first axis; the others have some more
   * @param options of every run, which name the engine
   */
  constructor(
    points: number,
    readonly options: readonly string[],
    readonly env: Record<string, string> = {},
  ) {
    this.#tilePoints = Math.ceil((points * (points + 1) * (points + 2) * (points + 3)) / 40);
    this.text = `version: 1
analysis: liao-2024
axes:
${axis("eps_ee_d", -0.5, 0.8, points)}
${axis("eps_ee_u", -0.5, 0.8, points + 1)}
${axis("eps_mumu_u", -0.3, 0.7, points + 2)}
${axis("eps_mumu_d", -0.3, 0.7, points + 3)}
combinations: [csi+lar, all]
planes: [[eps_ee_d, eps_ee_u]]
`;
    writeFileSync(this.file, this.text);
  }

  at(...names: string[]): string {
    return join(this.folder, ...names);
  }

  words(out: string, ...more: string[]): string[] {
    const tiles = ["--tile-points", String(this.#tilePoints)];
    return ["scan", this.file, "--out", this.at(out), ...this.options, ...tiles, ...more];
  }

  /** Runs it undisturbed. */
  complete(): void {
    const begun = performance.now();
    const { status, stderr } = nsiscan(this.words("whole"), this.env);
    this.duration = performance.now() - begun;
    expect([status, stderr]).toEqual([0, expect.anything()]);
    this.whole = resultBytes(this.at("whole"));
    expect(Object.keys(this.whole)).toContain("/figure-eps_ee_d-eps_ee_u.pdf");
    expect(existsSync(this.at("whole.journal"))).toBe(false);
  }

  start(out: string, ...more: string[]): Running {
    return start(this.words(out, ...more), this.env);
  }

  tilesIn(out: string): string[] {
    const folder = this.at(`${out}.journal`, "tiles");
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".tile")) : [];
  }

  /** An expectation that shows names in place of a megabyte where it fails. */
  expectWhole(out: string): void {
    const found = resultBytes(this.at(out));
    expect(Object.keys(found)).toEqual(Object.keys(this.whole));
    const names = Object.keys(this.whole);
    expect(names.filter((name) => found[name] !== this.whole[name])).toEqual([]);
  }

  /** Runs the command that an interruption printed, and expects the whole result of it. */
  continueAsTold(stderr: string, out: string): void {
    const kept = this.tilesIn(out).length;
    const [, command] = /\nnsiscan: Interrupted by SIG\w+; .* Continue with: nsiscan (.*)\n$/.exec(
      stderr,
    ) as RegExpExecArray;
    const again = nsiscan(command.split(" "), this.env);
    expect([again.status, again.stderr]).toEqual([0, expect.anything()]);
    expect(again.stderr).toMatch(new RegExp(`^${kept} tiles .* are done already$`, "m"));
    this.expectWhole(out);
    expect(existsSync(this.at(`${out}.journal`))).toBe(false);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
