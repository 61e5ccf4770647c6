import { addScaled } from "../numerics/linear-algebra.js";
import type { SignalTemplates } from "./signal.js";

/** Where the signal of a term is approximated as linear in its nuisances. */
export interface Expansion {
  /** Position of the signal along its templates, held there. */
  readonly position: number;
  /** By nuisance of the term, 0 where absent: θ² is replaced by its tangent there. */
  readonly around?: readonly number[];
}

/** The signal with θ² replaced by 2 t θ − t², its tangent at t. */
export function tangentSignal(signal: SignalTemplates, { around }: Expansion): SignalTemplates {
  if (!around) return signal;
  const counts = signal.counts.map((row) => row.slice());
  const linear = signal.linear.map((rows, j) => {
    const [at, quadratic] = [around[j], signal.quadratic[j]];
    if (!rows || !quadratic || at === 0) return rows;
    return rows.map((row, c) => {
      addScaled(counts[c], -at * at, quadratic[c]);
      return row.map((value, b) => value + 2 * at * quadratic[c][b]);
    });
  });
  return { ...signal, counts, linear };
}
