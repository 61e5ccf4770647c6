import type { ProfileTable, TabulatedLikelihood } from "../../tables/table.js";
import { range } from "./wgsl.js";

/** Coefficients that all lanes of a group share: their cells may lie three apart. */
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

/** Vectors of four lanes that each group begins with, one number for each table. */
export function headVectors({ tables }: ProductShape): number {
  return Math.ceil(tables.length / 4);
}

/** Numbers of a lane: its state, then of each table its weights and δ's. Where those of a table begin. */
export function lanePlaces({ tables, flavour }: ProductShape): { at: number[]; count: number } {
  let count = 1;
  const at = tables.map(({ table }) => {
    const begin = count;
    count += WINDOW + Math.max(table.axes[flavour].charges.length - 1, 0);
    return begin;
  });
  return { at, count };
}

/** What a workgroup does at once. */
export interface Tiling {
  readonly invocations: number;
  /** Lanes of a group, in fours, that each invocation keeps in registers. */
  readonly quads: number;
}

/** What shaders/product.wgsl is expanded with. */
export function productScope(
  shape: ProductShape,
  { profiles, members }: Pick<TabulatedLikelihood, "profiles" | "members">,
  { invocations, quads }: Tiling,
) {
  const { at, count } = lanePlaces(shape);
  const own = (quad: number, number: number) => quad * count + number;
  return {
    invocations,
    window: WINDOW,
    headVectors: headVectors(shape),
    numbers: range(quads * count),
    groupVectors: headVectors(shape) + quads * count,
    tables: shape.tables.map((_, id) => ({ id, vector: id >> 2, lane: id & 3 })),
    coefficients: shape.tables.flatMap(({ terms, size }, table) =>
      terms.flatMap((_, term) =>
        range(WINDOW).map((n) => ({
          name: `${table}_${term}_${n}`,
          table,
          offset: term * size + n,
        })),
      ),
    ),
    quads: range(quads).map((quad) => ({
      id: quad,
      state: own(quad, 0),
      tables: shape.tables.map(({ terms }, id) => ({
        id,
        weight: own(quad, at[id]),
        terms: terms.map((deltas, index) => ({
          index,
          product: deltas.map((delta) => `own_${own(quad, at[id] + WINDOW + delta)} * `).join(""),
          rest: range(WINDOW)
            .slice(1)
            .map((n) => ({ n, own: own(quad, at[id] + n) })),
        })),
      })),
    })),
    combinations: members.map((profilesOf, index) => ({
      index,
      tables: profilesOf.flatMap((profile) => profiles[profile].tables),
    })),
    combinationCount: members.length,
  };
}
