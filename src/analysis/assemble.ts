import type {
  Charge,
  ComponentIndex,
  Effect,
  LikelihoodDescription,
  Nuisance,
  Observation,
  Observations,
  Term,
} from "../likelihood/description.js";

/** A term before its charges and nuisances have been numbered within a whole description. */
export interface LooseTerm {
  readonly term: Omit<Term, "charges">;
  /** The charges of its template rows. */
  readonly charges: readonly Charge[];
  readonly observation: Observation;
}

/** What one data set adds to a likelihood; effects number the nuisances of this list. */
export interface Piece {
  readonly nuisances: readonly Nuisance[];
  readonly terms: readonly LooseTerm[];
}

/** Norm effects of nuisances 0, 1, … on these components, in this order. */
export function normEffects(components: readonly ComponentIndex[]): Effect[] {
  return components.map((component, nuisance) => ({ kind: "norm", nuisance, component }));
}

/** The piece with every nuisance that has a prior taken out: statistical uncertainties only. */
export function withoutPriors(piece: Piece): Piece {
  const kept = [...piece.nuisances.keys()].filter((j) => piece.nuisances[j].sigma === null);
  return {
    nuisances: kept.map((j) => piece.nuisances[j]),
    terms: piece.terms.map((loose) => {
      const effects = loose.term.effects
        .filter(({ nuisance }) => kept.includes(nuisance))
        .map((effect) => ({ ...effect, nuisance: kept.indexOf(effect.nuisance) }));
      return { ...loose, term: { ...loose.term, effects } };
    }),
  };
}

/** Adds an item unless an equal one is there; returns its index. */
function indexOrAdd<T>(list: T[], item: T, equal: (a: T, b: T) => boolean): number {
  const found = list.findIndex((other) => equal(other, item));
  return found >= 0 ? found : list.push(item) - 1;
}

/**
 * Puts pieces together: charges common to several terms are one charge, and nuisances of the same name
 * are one nuisance.
 * @param nodes exponents x at which the templates were computed; more than one makes a family
 */
export function assemble(
  analysis: string,
  pieces: readonly Piece[],
  nodes: readonly number[],
): { description: LikelihoodDescription; observations: Observations } {
  const charges: Charge[] = [];
  const nuisances: Nuisance[] = [];
  const terms: Term[] = [];
  const observations: Record<string, Observation> = {};
  for (const piece of pieces) {
    const numbers = piece.nuisances.map((nuisance) =>
      indexOrAdd(nuisances, nuisance, (a, b) => a.name === b.name),
    );
    for (const { term, charges: rows, observation } of piece.terms) {
      const indices = rows.map((row) =>
        indexOrAdd(charges, row, (a, b) => a.nucleus === b.nucleus && a.flavour === b.flavour),
      );
      const effects = term.effects.map((effect) => ({
        ...effect,
        nuisance: numbers[effect.nuisance],
      }));
      terms.push({ ...term, charges: indices, effects });
      observations[term.name] = observation;
    }
  }
  const description = { analysis, charges, nuisances, terms };
  if (nodes.length === 1) return { description, observations };
  const family = { parameter: "exponent_x" as const, nodes: Float64Array.from(nodes) };
  return { description: { ...description, family }, observations };
}

/** [low, high] pairs of consecutive edges. */
export function pairs(edges: readonly number[]): (readonly [number, number])[] {
  return edges.slice(0, -1).map((low, i) => [low, edges[i + 1]] as const);
}
