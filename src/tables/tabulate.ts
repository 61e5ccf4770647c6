import type { Problem } from "../likelihood/description.js";
import { contentHash } from "../likelihood/hash.js";
import { type BuildOptions, buildTables } from "./build.js";
import { TableCache } from "./cache.js";
import { CannotTabulate } from "./factorise.js";
import { planTables, type TablePlan } from "./plan.js";
import type { ParameterBox } from "./range.js";
import type { TabulatedLikelihood } from "./table.js";
import type { Tolerance } from "./tolerance.js";

export interface TabulateOptions extends BuildOptions {
  readonly tolerance?: Tolerance;
  /** null: nothing is kept. Default: the user's. */
  readonly cache?: TableCache | null;
}

/** Tables that may be used, or why there are none: the exact profile is what remains. */
export interface Tabulated {
  readonly tables?: TabulatedLikelihood;
  readonly reason?: string;
  /** Whether it was found in the cache: a refusal takes as long to find as tables. */
  readonly isCached: boolean;
}

/**
 * Certified tables of a likelihood over a box of parameters, from the cache or built.
 * @param box with every parameter that is not an axis in its base
 */
export async function tabulate(
  problem: Problem,
  box: ParameterBox,
  { tolerance, cache = new TableCache(), ...options }: TabulateOptions,
): Promise<Tabulated> {
  try {
    const plan = planTables(problem, box, tolerance);
    return await kept(plan, options, cache);
  } catch (error) {
    if (error instanceof CannotTabulate) return { reason: error.message, isCached: false };
    throw error;
  }
}

async function kept(
  plan: TablePlan,
  options: BuildOptions,
  cache: TableCache | null,
): Promise<Tabulated> {
  const { budget = null, points = null } = options;
  const key = contentHash({ plan: plan.key, budget, points });
  const known = (await cache?.read(key)) as Omit<Tabulated, "isCached"> | undefined;
  if (known) return { ...known, isCached: true };
  try {
    const tables = await buildTables(plan, options);
    await cache?.write(key, { tables });
    return { tables, isCached: false };
  } catch (error) {
    if (error instanceof CannotTabulate && error.isLasting) {
      await cache?.write(key, { reason: error.message });
    }
    throw error;
  }
}
