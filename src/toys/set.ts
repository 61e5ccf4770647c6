import { z } from "zod";
import { InputError } from "../errors.js";
import { descriptionHash } from "../likelihood/hash.js";
import { PARAMETERS } from "../model/parameters.js";
import { NUISANCE_CHOICES, type Toy, type ToyPlan } from "./experiment.js";

const SCHEMA = "nsiscan-toys/1";
const count = z.number().int().nonnegative();

/** Pseudo-experiments from ≤ index < to, one file: JSON of this. */
const schema = z
  .strictObject({
    schema: z.literal(SCHEMA),
    analysis: z.string(),
    datasets: z.array(z.string()),
    /** Of the likelihood that they were drawn from and fitted with. */
    descriptionHash: z.string(),
    /** The true point, every parameter. */
    at: z.record(z.string(), z.number()),
    free: z.array(z.strictObject({ name: z.string(), lower: z.number(), upper: z.number() })),
    nuisances: z.enum(NUISANCE_CHOICES),
    seed: count,
    from: count,
    to: count,
    /** χ² at the true point above the minimum, and at the minimum, [to − from]. */
    deltaChi2: z.array(z.number()),
    chi2: z.array(z.number()),
    /** Free parameters at the minimum, [to − from][free]. */
    best: z.array(z.array(z.number())),
  })
  .refine(({ from, to, deltaChi2, chi2, best }) =>
    [deltaChi2, chi2, best].every((list) => list.length === to - from),
  );

export type ToySet = z.infer<typeof schema>;

/** The file's content for pseudo-experiments of a plan, the first of index `from`. */
export function toySetOf(plan: ToyPlan, from: number, toys: readonly Toy[]): ToySet {
  return {
    schema: SCHEMA,
    analysis: plan.analysis.name,
    datasets: [...plan.datasets],
    descriptionHash: descriptionHash(plan.analysis.description),
    at: Object.fromEntries(PARAMETERS.map(({ name }, i) => [name, plan.at[i]])),
    free: plan.free.map((parameter) => ({ ...parameter })),
    nuisances: plan.nuisances,
    seed: plan.seed,
    from,
    to: from + toys.length,
    deltaChi2: toys.map(({ deltaChi2 }) => deltaChi2),
    chi2: toys.map(({ chi2 }) => chi2),
    best: toys.map(({ best }) => [...best]),
  };
}

/** @throws InputError for a text that is not a file of pseudo-experiments */
export function parseToySet(text: string, path: string): ToySet {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0].path.join(".");
  throw new InputError(
    "not-toys",
    `${path} is no complete file of pseudo-experiments${place ? ` (see ${place})` : ""}. Give files that nsiscan toys --out wrote.`,
    { path, place },
  );
}

/**
 * Puts pseudo-experiments together, in the order of their index: the same as if one run had made them.
 * @throws InputError for sets of different origin, and for an index that is missing or there twice
 */
export function joinToySets(sets: readonly ToySet[]): ToySet {
  const [first, ...rest] = sets.toSorted((a, b) => a.from - b.from);
  if (first === undefined) throw new InputError("no-toys", "There are no files to join.");
  const joined = { ...first };
  for (const set of rest) {
    const different = (Object.keys(first) as (keyof ToySet)[]).find(
      (key) => !OWN.includes(key) && JSON.stringify(set[key]) !== JSON.stringify(first[key]),
    );
    if (different !== undefined) {
      throw new InputError(
        "different-toys",
        `Pseudo-experiments ${first.from} to ${first.to} and ${set.from} to ${set.to} differ in "${different}", so they are not of one ensemble. Join files made with the same options and seed.`,
        { field: different },
      );
    }
    if (set.from !== joined.to) {
      const what = set.from > joined.to ? "are missing" : "are there twice";
      const [from, to] = [Math.min(set.from, joined.to), Math.max(set.from, joined.to)];
      throw new InputError(
        "broken-range",
        `Pseudo-experiments ${from} to ${to - 1} ${what}. Join files whose ranges follow each other.`,
        { from, to },
      );
    }
    joined.to = set.to;
    joined.deltaChi2 = joined.deltaChi2.concat(set.deltaChi2);
    joined.chi2 = joined.chi2.concat(set.chi2);
    joined.best = joined.best.concat(set.best);
  }
  return joined;
}

/** What differs from one part of an ensemble to the next. */
const OWN: readonly (keyof ToySet)[] = ["from", "to", "deltaChi2", "chi2", "best"];
