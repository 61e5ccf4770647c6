import { dot } from "../numerics/linear-algebra.js";
import { type Expansion, tangentSignal } from "./expansion.js";
import { type Priors, whitened } from "./marginalise.js";
import { remember } from "./remember.js";
import type { TermTemplates } from "./templates.js";

/** A whitened vector and its components along the separable nuisances. */
interface Projected {
  readonly row: Float64Array;
  readonly along: Float64Array;
}

/** The vectors of a compressed term and their scalar products, at one value of the family parameter. */
interface Products {
  /** Of the residual, then of every nuisance kept: what 1 and every charge count for. */
  readonly rows: readonly (readonly Projected[])[];
  /** [pairs of rows × monomials], pairs and monomials as lower triangles. */
  readonly table: Float64Array;
}

/** What a compressed term is made of, whatever its counts. */
export class CompressedRows {
  readonly #templates: TermTemplates;
  readonly #productsAt: (familyValue: number) => Products;
  readonly #project: (row: Float64Array) => Projected;

  /**
   * @param inverseVariance weights of the bins, [bins]
   * @param index of the term's nuisances in the joint profile, undefined for separable ones
   */
  constructor(
    templates: TermTemplates,
    inverseVariance: Float64Array,
    priors: Priors,
    index: readonly (number | undefined)[],
    expansion: Expansion = { position: 0 },
  ) {
    this.#templates = templates;
    const { kept, whiten, directions } = whitened(templates, inverseVariance, priors, index);
    const project = (row: Float64Array): Projected => {
      const white = whiten(row);
      return { row: white, along: Float64Array.from(directions, (one) => dot(one, white)) };
    };
    this.#project = project;
    const none = project(new Float64Array(templates.bins));
    const constants = kept.map((j) => {
      const { [j]: constant } = templates.constant;
      return constant ? project(constant) : none;
    });
    const build = (familyValue: number): Products => {
      const signal = tangentSignal(templates.signalAt(familyValue, expansion.position), expansion);
      const rows = [
        [none, ...signal.counts.map((row) => project(row.map((value) => -value)))],
        ...kept.map((j, k) => {
          const shape = templates.factor[j];
          const perCharge = signal.counts.map((row, c) => {
            const morph = signal.linear[j]?.[c];
            return row.map((value, b) => (morph?.[b] ?? 0) + (shape ? shape[b] * value : 0));
          });
          return [constants[k], ...perCharge.map(project)];
        }),
      ];
      return { rows, table: scalarProducts(rows) };
    };
    const remembered = remember(build);
    this.#productsAt = templates.hasFamily ? remembered : () => remembered(0);
  }

  /**
   * Scalar products of the vectors, [pairs of rows × monomials], by value of the family parameter.
   * @param excess N − B, [bins]
   */
  tables(excess: Float64Array): (familyValue: number) => Float64Array {
    const residual = this.#project(excess);
    const complete = remember((familyValue) => {
      const { rows, table } = this.#productsAt(familyValue);
      const result = table.slice();
      const size = rows[0].length;
      const monomials = (size * (size + 1)) / 2;
      result[0] += product(residual, residual);
      for (let i = 0; i < rows.length; i++) {
        const pair = ((i * (i + 1)) / 2) * monomials;
        for (let a = 0; a < size; a++) {
          const twice = i === 0 ? 2 : 1;
          result[pair + (a * (a + 1)) / 2] += twice * product(rows[i][a], residual);
        }
      }
      return result;
    });
    return this.#templates.hasFamily ? complete : () => complete(0);
  }
}

function product(x: Projected, y: Projected): number {
  return dot(x.row, y.row) - dot(x.along, y.along);
}

function scalarProducts(rows: readonly (readonly Projected[])[]): Float64Array {
  const values: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k <= i; k++) {
      for (let a = 0; a < rows[0].length; a++) {
        for (let b = 0; b <= a; b++) {
          const cross = a === b ? 0 : product(rows[i][b], rows[k][a]);
          values.push(product(rows[i][a], rows[k][b]) + cross);
        }
      }
    }
  }
  return Float64Array.from(values);
}
