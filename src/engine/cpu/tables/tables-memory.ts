import { barycentricWeights } from "../../../numerics/interpolation.js";
import type { TabulatedLikelihood } from "../../../tables/table.js";
import type { Arena } from "./arena.js";
import { cardinalAt } from "./axis-states.js";
import type { TablesProgram } from "./program.js";
import { writeScale } from "./scaled.js";

/** Rows of a tile, as in kernels/tables/reduce.ts. */
const ROWS = 4;
/** Bytes of eight lanes. */
const BLOCK = 32;
/** Bytes that the buffers of a tile should take, to stay in the nearest cache. */
const TILE_BYTES = 16384;

const product = (values: readonly number[]) => values.reduce((a, b) => a * b, 1);

/** How a table is collapsed along the lanes' flavour. */
export interface Collapsing {
  /** By monomial, in the order of the coefficients here: the δ's of the lanes in it. */
  readonly laneDeltas: readonly (readonly number[])[];
  /** By term that remains: the δ's of the walked flavour in it. */
  readonly terms: readonly (readonly number[])[];
  /** By monomial: the term that it goes to, ascending. */
  readonly goesTo: readonly number[];
  /** Addresses of these, and of the coefficients. */
  readonly goesToAt: number;
  readonly coefficients: number;
  readonly knots: number;
  readonly laneKnots: number;
  /** The monomials of the table in the order here. */
  readonly order: readonly number[];
}

/** Sorts a table's monomials by what remains of them when the lanes' δ's are known. */
function planCollapsing(
  { tables }: TabulatedLikelihood,
  table: number,
  laneFlavour: 0 | 1,
): Omit<Collapsing, "coefficients" | "goesToAt"> {
  const { axes, monomials } = tables[table];
  const eDeltas = Math.max(0, axes[0].charges.length - 1);
  const isLane = (delta: number) => (delta < eDeltas ? 0 : 1) === laneFlavour;
  const local = (delta: number) => (delta < eDeltas ? delta : delta - eDeltas);
  const walked = (own: readonly number[]) => own.filter((d) => !isLane(d)).map(local);
  const keys = [...new Set(monomials.map((own) => walked(own).join(" ")))];
  const order = [...monomials.keys()].sort((a, b) => {
    const [x, y] = [a, b].map((m) => keys.indexOf(walked(monomials[m]).join(" ")));
    return x - y || a - b;
  });
  return {
    order,
    laneDeltas: order.map((m) => monomials[m].filter(isLane).map(local)),
    terms: keys.map((key) => (key === "" ? [] : key.split(" ").map(Number))),
    goesTo: order.map((m) => keys.indexOf(walked(monomials[m]).join(" "))),
    knots: axes[1 - laneFlavour].knots.length + 2,
    laneKnots: axes[laneFlavour].knots.length + 2,
  };
}

/** A likelihood's tables in a kernel's memory. */
export class TablesMemory {
  readonly collapsings: readonly Collapsing[];
  /** Addresses of buffers, and bytes from row to row in them. */
  readonly buffers: readonly { readonly at: number; readonly row: number }[];
  readonly tileColumns: number;
  readonly instructions: number;
  readonly outputs: number;
  /** By look-up: its table collapsed. */
  readonly collapsed: readonly number[];
  /** Where the address of a scale's look-ups goes, and the first of them. */
  readonly scales: { readonly lookUpsAt: number; readonly first: number }[] = [];
  readonly #barycentric: readonly Float64Array[];
  #exponent = Number.NaN;

  constructor(
    readonly arena: Arena,
    readonly likelihood: TabulatedLikelihood,
    readonly program: TablesProgram,
    readonly laneFlavour: 0 | 1,
  ) {
    const { tables } = likelihood;
    const { lookUps, outputs } = program;
    this.#barycentric = tables.map(({ exponents }) => barycentricWeights(exponents));
    this.collapsings = tables.map(({ monomials, axes }, table) => {
      const plan = planCollapsing(likelihood, table, laneFlavour);
      const size = monomials.length * product(axes.map(({ knots }) => knots.length + 2));
      const goesToAt = arena.keepInts(plan.goesTo);
      return { ...plan, goesToAt, coefficients: arena.reserve(8 * size) };
    });
    const isOutput = new Set(outputs.map(({ buffer }) => buffer));
    const rows = isOutput.size * ROWS + program.buffers - isOutput.size;
    const fitting = Math.floor(TILE_BYTES / (rows * BLOCK * 4)) * 4;
    this.tileColumns = Math.min(32, Math.max(4, fitting));
    const row = this.tileColumns * BLOCK;
    this.buffers = Array.from({ length: program.buffers }, (_, buffer) =>
      isOutput.has(buffer)
        ? { at: arena.reserve(ROWS * row), row }
        : { at: arena.reserve(row), row: 0 },
    );
    this.collapsed = lookUps.map(({ table }) => {
      const { knots, terms } = this.collapsings[table];
      return arena.reserve(knots * terms.length * BLOCK);
    });
    this.instructions = arena.keepInts(program.instructions.flatMap((one) => this.#encoded(one)));
    this.outputs = arena.keepInts(
      outputs.flatMap(({ buffer }) => [this.buffers[buffer].at, this.buffers[buffer].row]),
    );
  }

  #encoded(instruction: TablesProgram["instructions"][number]): number[] {
    const place = (buffer: number): readonly [number, number] => {
      const { at, row } = this.buffers[buffer];
      return [at, row];
    };
    if (instruction.kind === "sum") {
      const { out, a, b } = instruction;
      return [0, ...place(out), ...place(a), ...place(b), 0];
    }
    const { at, lookUpsAt } = writeScale(this.arena, instruction, this.tileColumns * BLOCK, place);
    this.scales.push({ lookUpsAt, first: instruction.lookUps });
    return [1, at, 0, 0, 0, 0, 0, 0];
  }

  /** Interpolates every table's coefficients to an exponent x. */
  setExponent(x: number): void {
    if (x === this.#exponent) return;
    this.#exponent = x;
    this.likelihood.tables.forEach(({ exponents, coefficients, monomials, axes }, table) => {
      const at = cardinalAt(exponents, this.#barycentric[table], x);
      const { order, coefficients: to } = this.collapsings[table];
      const [rows, columns] = axes.map(({ knots: own }) => own.length + 2);
      const size = rows * columns;
      const out = this.arena.doubles(to, order.length * size);
      // The lanes' knots are next to each other.
      const isTurned = this.laneFlavour === 0;
      order.forEach((m, place) => {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            let sum = 0;
            for (let node = 0; node < at.length; node++) {
              const from = ((node * monomials.length + m) * rows + i) * columns + j;
              sum += at[node] * coefficients[from];
            }
            out[place * size + (isTurned ? j * rows + i : i * columns + j)] = sum;
          }
        }
      });
    });
  }
}
