import type { Effect, LikelihoodDescription, Problem, Term } from "../likelihood/description.js";

/** Terms that are tabulated together, with a nuisance that other tables share held at 0. */
export interface TableParts {
  /** Terms of the description, ascending. */
  readonly terms: readonly number[];
  /** The nuisance of the description whose effects are left out. */
  readonly held?: number;
}

/** A joint profile: the sum of tables, minimised over the nuisance that scales them all. */
export interface ProfileParts {
  readonly tables: readonly number[];
  readonly scale?: number;
}

/** How χ² of every combination is put together from functions of few squared charges. */
export interface Factors {
  readonly tables: readonly TableParts[];
  readonly profiles: readonly ProfileParts[];
  /** By combination: the profiles whose sum it is. */
  readonly members: readonly (readonly number[])[];
}

/** Why a likelihood has no tables; the exact profile is what remains. */
export class CannotTabulate extends Error {
  override name = "CannotTabulate";

  /** @param isLasting whether another try would end alike */
  constructor(
    reason: string,
    readonly isLasting = true,
  ) {
    super(reason);
  }
}

/**
 * Takes a likelihood apart into tables: terms that share nuisances make one, and where only a scale of
 * every signal ties data sets together, each makes one of its own at that scale.
 * @throws CannotTabulate where data sets share another nuisance
 */
export function factorise({ description, combinations }: Problem): Factors {
  const tables = new Numbered<TableParts>();
  const profiles = new Numbered<ProfileParts>();
  const members = combinations.map(({ datasets }) => {
    const chosen = [...description.terms.keys()].filter((t) =>
      datasets.includes(description.terms[t].dataset),
    );
    return linked(description, chosen).map((group) => {
      if (datasetsOf(description, group).size === 1) {
        return profiles.add({ tables: [tables.add({ terms: group })] });
      }
      const held = commonScale(description, group);
      const parts = linked(description, group, held).map((terms) => tables.add({ terms, held }));
      return profiles.add({ tables: parts, scale: held });
    });
  });
  return { tables: tables.items, profiles: profiles.items, members };
}

/** The nuisance that alone ties the data sets of a group together, as a scale of all that is signal. */
function commonScale(description: LikelihoodDescription, group: readonly number[]): number {
  const terms = group.map((t) => description.terms[t]);
  const isScale = (j: number) =>
    terms.every((term) => {
      const own = term.effects.filter(({ nuisance }) => nuisance === j);
      return term.charges.length > 0 ? own.length === 1 && own.every(scalesSignal) : !own.length;
    });
  const shared = description.nuisances.map((_, j) => j).filter((j) => isShared(terms, j));
  const [held] = shared;
  const names = shared.map((j) => description.nuisances[j].name).join(", ");
  const datasets = [...datasetsOf(description, group)].join(", ");
  if (shared.length === 1 && isScale(held)) return held;
  throw new CannotTabulate(
    `${datasets} share ${names}, and only one nuisance that scales every signal can be shared`,
  );
}

function scalesSignal({ kind, component }: Effect): boolean {
  return kind === "scale" && component === "signal";
}

function isShared(terms: readonly Term[], nuisance: number): boolean {
  const having = terms.filter(({ effects }) => effects.some((e) => e.nuisance === nuisance));
  return new Set(having.map(({ dataset }) => dataset)).size > 1;
}

function datasetsOf({ terms }: LikelihoodDescription, group: readonly number[]): Set<string> {
  return new Set(group.map((t) => terms[t].dataset));
}

/** Sets of terms linked by nuisances, but for one that is left out; each ascending. */
function linked(
  { terms }: LikelihoodDescription,
  chosen: readonly number[],
  without?: number,
): number[][] {
  let groups: { terms: number[]; nuisances: Set<number> }[] = [];
  for (const t of chosen) {
    const own = terms[t].effects.map(({ nuisance }) => nuisance).filter((j) => j !== without);
    const joined = groups.filter(({ nuisances }) => own.some((j) => nuisances.has(j)));
    groups = groups.filter((group) => !joined.includes(group));
    groups.push({
      terms: [...joined.flatMap((group) => group.terms), t].sort((a, b) => a - b),
      nuisances: new Set([...joined.flatMap(({ nuisances }) => [...nuisances]), ...own]),
    });
  }
  return groups.map((group) => group.terms);
}

/** A list without repetitions. */
class Numbered<Item> {
  readonly items: Item[] = [];
  readonly #numbers = new Map<string, number>();

  add(item: Item): number {
    const key = JSON.stringify(item);
    const number = this.#numbers.get(key) ?? this.items.push(item) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/** The likelihood of some terms alone, without the effects of a nuisance held at 0. */
export function restricted(
  { description, observations, auxiliary }: Problem,
  { terms: chosen, held }: TableParts,
): Problem {
  const terms = chosen.map((t) => {
    const term = description.terms[t];
    return { ...term, effects: term.effects.filter(({ nuisance }) => nuisance !== held) };
  });
  const datasets = [...new Set(terms.map(({ dataset }) => dataset))];
  return {
    description: { ...description, terms },
    observations: Object.fromEntries(terms.map(({ name }) => [name, observations[name]])),
    combinations: [{ name: "table", datasets }],
    ...(auxiliary && { auxiliary }),
  };
}
