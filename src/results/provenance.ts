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
  /** How the points were evaluated: `tables`, `exact`, `counts`. */
  readonly route?: string;
  /** The tables that they were looked up in: largest errors found, and exact profiles that went in. */
  readonly tables?: {
    readonly sha256: string;
    readonly largest_error: number;
    readonly largest_relative_error: number;
    readonly checked_at: number;
    readonly exact_profiles: number;
  };
  /** What a sample recomputed in float64 found; absent where the run was float64 itself. */
  readonly audit?: {
    readonly points: number;
    /** Largest |Δχ²| within 50 of the minimum, and |Δχ²|/χ² beyond; the bounds are 1e-3 and 1e-5. */
    readonly largest_deviation: number;
    readonly largest_relative_deviation: number;
  };
}

/** How an engine computed points: its name, and of tables their hash and certificate. */
interface FollowedRoute {
  readonly name: string;
  readonly content?: string;
  readonly certificate?: {
    readonly near: number;
    readonly far: number;
    readonly points: number;
    readonly nodes: number;
  };
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
  readonly route?: FollowedRoute | undefined;
  readonly audit?:
    | { readonly points: number; readonly absolute: number; readonly relative: number }
    | undefined;
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
    ...(run.route && { route: run.route.name, ...tablesOf(run.route) }),
    ...(run.audit && {
      audit: {
        points: run.audit.points,
        largest_deviation: Number(run.audit.absolute.toPrecision(3)),
        largest_relative_deviation: Number(run.audit.relative.toPrecision(3)),
      },
    }),
  };
}

function tablesOf({ content, certificate }: FollowedRoute): Pick<Provenance, "tables"> {
  if (content === undefined || !certificate) return {};
  const { near, far, points, nodes } = certificate;
  return {
    tables: {
      sha256: content,
      largest_error: Number(near.toPrecision(3)),
      largest_relative_error: Number(far.toPrecision(3)),
      checked_at: points,
      exact_profiles: nodes,
    },
  };
}
