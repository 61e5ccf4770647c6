/** A pass over all points of a product of states, with the states of one flavour as lanes. */
export interface ProductPass {
  /** Flavour of the lanes. */
  readonly lanes: 0 | 1;
  /** Which of the other flavour's axes keeps its values apart; undefined: none. */
  readonly kept: number | undefined;
  /** Whether the minimum of each of the lanes' states is wanted. */
  readonly hasStates: boolean;
}

/**
 * Fewest passes from which every plane of two axes follows. @param counts axes of each flavour, of which
 * one may have none
 */
export function productPasses(counts: readonly [number, number]): ProductPass[] {
  const many = counts[0] >= counts[1] ? 0 : 1;
  const few = many === 0 ? 1 : 0;
  if (counts[few] === 0) return [{ lanes: many, kept: undefined, hasStates: true }];
  const keeping = (lanes: 0 | 1, hasStates: boolean): ProductPass[] =>
    Array.from({ length: counts[1 - lanes] }, (_, kept) => {
      return { lanes, kept, hasStates: hasStates && kept === 0 };
    });
  if (counts[few] === 1 && counts[many] > 1) {
    return [...keeping(few, false), { lanes: many, kept: undefined, hasStates: true }];
  }
  const own: ProductPass = { lanes: few, kept: undefined, hasStates: true };
  return [...keeping(many, counts[many] > 1), ...(counts[few] > 1 ? [own] : [])];
}
