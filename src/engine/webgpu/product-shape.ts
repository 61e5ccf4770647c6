import type { ProfileTable, TabulatedLikelihood } from "../../tables/table.js";
import { range } from "./wgsl.js";

/** Coefficients that all lanes of a group read: their cells may lie three apart. */
export const WINDOW = 6;

/** A table with the states of one flavour as lanes, the other flavour's collapsed. */
export interface ProductTable {
  readonly table: ProfileTable;
  /** By term: δ's of the lanes' flavour, numbered from 0; the first is none. */
  readonly terms: readonly (readonly number[])[];
  /** By monomial of the table: its term, and the δ's of the loop's flavour, numbered from 0. */
  readonly monomials: readonly { readonly term: number; readonly factors: readonly number[] }[];
  /** Coefficients of a term, at least {@link WINDOW}. */
  readonly size: number;
  /** Where its coefficients begin among a state's. */
  readonly at: number;
}

/** How χ² is computed with the states of one flavour as lanes. */
export interface ProductShape {
  /** Flavour of the lanes: 0 ν_e, 1 ν_μ. */
  readonly flavour: 0 | 1;
  readonly tables: readonly ProductTable[];
  /** Coefficients of a state of the loop. */
  readonly stride: number;
}

/** @param tables at one exponent */
export function productShape(tables: readonly ProfileTable[], flavour: 0 | 1): ProductShape {
  let stride = 0;
  const all = tables.map((table): ProductTable => {
    const ofElectrons = Math.max(table.axes[0].charges.length - 1, 0);
    const isLanes = (delta: number) => delta < ofElectrons === (flavour === 0);
    const own = (delta: number) => (delta < ofElectrons ? delta : delta - ofElectrons);
    const split = table.monomials.map((monomial) => ({
      lanes: monomial.filter(isLanes).map(own),
      factors: monomial.filter((delta) => !isLanes(delta)).map(own),
    }));
    const names = [...new Set(split.map(({ lanes }) => lanes.join()))].sort(
      (a, b) => a.length - b.length,
    );
    const terms = names.map((name) => (name === "" ? [] : name.split(",").map(Number)));
    const size = Math.max(WINDOW, table.axes[flavour].knots.length + 2);
    const at = stride;
    stride += terms.length * size;
    const monomials = split.map(({ lanes, factors }) => {
      return { term: names.indexOf(lanes.join()), factors };
    });
    return { table, terms, monomials, size, at };
  });
  return { flavour, tables: all, stride };
}

/** Numbers of a lane: its state, then of each table its weights and δ's. */
export function laneItems({ tables, flavour }: ProductShape): string[] {
  return tables.flatMap(({ table }, id) => [
    ...range(WINDOW).map((n) => `w_${id}_${n}`),
    ...table.axes[flavour].charges.slice(1).map((_, i) => `d_${id}_${i}`),
  ]);
}

/** What shaders/product.wgsl is expanded with. @param invocations of a workgroup, four lanes each */
export function productScope(
  shape: ProductShape,
  { profiles, members }: Pick<TabulatedLikelihood, "profiles" | "members">,
  invocations: number,
) {
  const lanes = 4 * invocations;
  const items = laneItems(shape);
  return {
    invocations,
    window: WINDOW,
    rest: range(WINDOW).slice(1),
    tableCount: shape.tables.length,
    groupFloats: shape.tables.length + lanes * (1 + items.length),
    items: items.map((name, i) => ({ name, at: lanes * (i + 1) })),
    tables: shape.tables.map(({ terms, size }, id) => ({
      id,
      products: terms.slice(1).map((deltas, i) => ({
        index: i + 1,
        offset: (i + 1) * size,
        product: deltas.map((delta) => `d_${id}_${delta}`).join(" * "),
      })),
    })),
    combinations: members.map((own, index) => ({
      index,
      tables: own.flatMap((profile) => profiles[profile].tables),
    })),
    combinationCount: members.length,
  };
}
