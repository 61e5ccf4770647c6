import { createHash } from "node:crypto";
import type { Accuracy, EngineProblem, GridAxis } from "../../engine/engine.js";
import { dataOf } from "../../likelihood/data.js";
import { contentHash, descriptionHash } from "../../likelihood/hash.js";
import { PARAMETERS } from "../../model/parameters.js";

/** All that a tile's numbers depend on. Two runs with equal keys write the same tiles. */
export interface JournalKey {
  /** Of the journal's format. */
  readonly version: 2;
  readonly axes: readonly GridAxis[];
  /** Value of every parameter, of which the axes' ones are not used. */
  readonly fixed: Readonly<Record<string, number>>;
  readonly combinations: readonly { readonly name: string; readonly datasets: readonly string[] }[];
  readonly engine: string;
  /** What does the work, where numbers depend on it; else empty. */
  readonly device: string;
  /** Whether χ² is the float64 reference's, or has yet to be held against it. */
  readonly accuracy: Accuracy;
  /** What else χ² depends on: see `fingerprint`. */
  readonly fingerprint: string;
  /** SHA-256 of the likelihood description. */
  readonly description: string;
  /** SHA-256 of the data: counts, variances, and the auxiliary measurements of priors. */
  readonly observations: string;
  /** Points of a tile. */
  readonly tilePoints: number;
}

export const JOURNAL_VERSION = 2;

export function journalKey(
  problem: EngineProblem,
  axes: readonly GridAxis[],
  engine: Pick<JournalKey, "device" | "accuracy" | "fingerprint"> & { readonly name: string },
  tilePoints: number,
): JournalKey {
  const scanned = new Set(axes.map(({ parameter }) => parameter));
  const fixed = PARAMETERS.map(({ name }, k) => [name, problem.base[k]] as const);
  return {
    version: JOURNAL_VERSION,
    axes: axes.map(({ parameter, from, to, points }) => ({ parameter, from, to, points })),
    fixed: Object.fromEntries(fixed.filter(([name]) => !scanned.has(name))),
    combinations: problem.combinations.map(({ name, datasets }) => ({ name, datasets })),
    engine: engine.name,
    device: engine.device,
    accuracy: engine.accuracy,
    fingerprint: engine.fingerprint,
    description: descriptionHash(problem.description),
    observations: contentHash(dataOf(problem)),
    tilePoints,
  };
}

/** SHA-256 of all of the key. */
export function keyHash(key: JournalKey): Buffer {
  return sha256(key);
}

export function axesHash({ axes }: JournalKey): Buffer {
  return sha256(axes);
}

function sha256(value: unknown): Buffer {
  return createHash("sha256").update(JSON.stringify(value)).digest();
}

/** What tells two scans apart, as clauses: what this one has, and what the journal has. */
export function keyDifferences(mine: JournalKey, journal: JournalKey): string[] {
  const clauses: string[] = [];
  const differ = (what: string, a: unknown, b: unknown): void => {
    const [here, there] = [a, b].map((value) => JSON.stringify(value) ?? "none");
    if (here !== there) clauses.push(`${what} ${here} here, ${there} in the journal`);
  };
  if (mine.axes.length !== journal.axes.length) {
    differ("axes:", names(mine.axes), names(journal.axes));
  } else {
    mine.axes.forEach((axis, i) => {
      const other = journal.axes[i];
      differ(`parameter of axis ${i + 1}:`, axis.parameter, other.parameter);
      for (const part of ["from", "to", "points"] as const) {
        differ(`"${part}" of axis ${axis.parameter}:`, axis[part], other[part]);
      }
    });
  }
  for (const name of Object.keys({ ...mine.fixed, ...journal.fixed })) {
    if (!(name in mine.fixed) || !(name in journal.fixed)) continue;
    differ(`fixed value of ${name}:`, mine.fixed[name], journal.fixed[name]);
  }
  const combined = (key: JournalKey) => key.combinations.map(({ datasets }) => datasets.join("+"));
  differ("combinations of data sets:", combined(mine), combined(journal));
  differ("engine:", mine.engine, journal.engine);
  differ("device:", mine.device, journal.device);
  differ("accuracy:", mine.accuracy, journal.accuracy);
  if (mine.fingerprint !== journal.fingerprint && clauses.length === 0) {
    clauses.push(
      "how χ² is computed: another version of nsiscan or of Node, or another way of it, wrote the journal",
    );
  }
  if (mine.description !== journal.description) {
    clauses.push(
      "the likelihood's description: another analysis, other options of it, or other data files",
    );
  }
  if (mine.observations !== journal.observations) clauses.push("the data");
  differ("points of a tile:", mine.tilePoints, journal.tilePoints);
  return clauses;
}

const names = (axes: readonly GridAxis[]) => axes.map(({ parameter }) => parameter);
