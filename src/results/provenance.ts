import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform } from "node:os";

/** Where a result comes from: enough to tell whether another one should be equal to it. */
export interface Provenance {
  readonly nsiscan: string;
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  readonly engine: string;
  readonly device: string;
  /** SHA-256 of the likelihood description. */
  readonly description_sha256: string;
  /** SHA-256 of each data file, by its name. */
  readonly data_sha256: Readonly<Record<string, string>>;
  /** Begin of the run, ISO 8601, UTC. */
  readonly started: string;
  readonly wall_seconds: number;
  readonly points: number;
  readonly points_per_second: number;
}

/** What only the run itself knows. */
export interface RunFacts {
  readonly engine: { readonly name: string; readonly device: string };
  readonly descriptionHash: string;
  /** SHA-256 by name of data file. */
  readonly dataFiles: Readonly<Record<string, string>>;
  readonly started: Date;
  /** Time taken by the evaluation of `points`, s. */
  readonly wallSeconds: number;
  readonly points: number;
}

/** The version in package.json. */
export function packageVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
}

/** The facts of a run together with those of the program and the machine. */
export function provenance(run: RunFacts): Provenance {
  return {
    nsiscan: packageVersion(),
    node: process.version,
    platform: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    engine: run.engine.name,
    device: run.engine.device,
    description_sha256: run.descriptionHash,
    data_sha256: run.dataFiles,
    started: run.started.toISOString(),
    wall_seconds: Number(run.wallSeconds.toPrecision(4)),
    points: run.points,
    points_per_second: Number((run.points / run.wallSeconds).toPrecision(4)),
  };
}
