import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { createCpuEngine } from "../../src/engine/cpu/engine.js";
import type { Engine, GridAxis } from "../../src/engine/engine.js";
import { fingerprint } from "../../src/engine/fingerprint.js";
import type { GridProfiles } from "../../src/engine/profiles.js";
import { Journal } from "../../src/scan/journal/journal.js";
import { type JournalKey, journalKey } from "../../src/scan/journal/key.js";
import type { Manifest } from "../../src/scan/journal/manifest.js";
import { runTiles } from "../../src/scan/run-tiles.js";
import { tileEvaluator } from "../../src/scan/tile-evaluator.js";
import { parsePart } from "../../src/scan/tile-selection.js";
import { syntheticProblem } from "../engine/problem.js";

export const axes: readonly GridAxis[] = [
  { parameter: "eps_ee_d", from: -0.4, to: 0.6, points: 6 },
  { parameter: "eps_mumu_u", from: -0.3, to: 0.5, points: 5 },
  { parameter: "eps_ee_u", from: -0.2, to: 0.3, points: 4 },
  { parameter: "sin2_theta_w", from: 0.2, to: 0.28, points: 7 },
];
export const size = 6 * 5 * 4 * 7;
/** 12 tiles, the last one of 15 points. */
export const tilePoints = 75;
export const tiles = 12;

export const engine: Engine = createCpuEngine(syntheticProblem, { threads: 1 });

export const evaluate = tileEvaluator(engine, axes);

export function manifest(change: Partial<JournalKey> = {}): Manifest {
  const key = journalKey(
    syntheticProblem,
    axes,
    {
      name: "cpu",
      device: "",
      accuracy: "exact",
      fingerprint: fingerprint(engine, { name: "newton", isPortable: true }),
    },
    tilePoints,
  );
  return { key: { ...key, ...change }, device: engine.device, scan: "version: 1\n" };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "nsiscan-journal-"));
  folders.push(folder);
  return folder;
}

/** A journal with a part of the scan in it. */
export async function journalWith(part: string, path = join(newFolder(), "a.journal")) {
  const journal = await Journal.create(path, manifest());
  await run(journal, part);
  return journal;
}

export function run(journal: Journal, part = "all") {
  return runTiles(evaluate, journal, { part, tiles: parsePart(part, tiles).tiles });
}

/** Every number of the profiles as bytes: equal for equal profiles only. */
export function bytesOf({ points, best, lines, planes }: GridProfiles): Buffer {
  const numbers = [
    points,
    ...best.flatMap(({ chi2, index }) => [chi2, index]),
    ...[...lines.flat(), ...planes.flatMap(({ profiles }) => profiles)].flatMap(
      ({ chi2, index }) => [...chi2, ...index],
    ),
  ];
  return Buffer.from(Float64Array.from(numbers).buffer);
}
