import type { TabulatedLikelihood } from "../../../tables/table.js";
import type { EngineProblem, GridAxis } from "../../engine.js";
import { gridCoordinate } from "../../points.js";
import type { GridProfiles } from "../../profiles.js";
import { Arena } from "./arena.js";
import type { Box } from "./boxes.js";
import { flatStride, KernelPlanes } from "./planes.js";
import { planProgram } from "./program.js";
import { rolesOf } from "./roles.js";
import { recordBytes, StateWriter } from "./states.js";
import { TablesMemory } from "./tables-memory.js";
import { type TablesKernel, tablesKernel } from "./wasm.js";

/** Bytes of a kernel's look-up, see kernels/tables/collapse.ts. */
const LOOK_UP_WORDS = 16;
/** Bytes of eight lanes, and lanes of a block. */
const BLOCK = 32;
const LANES = 8;

const product = (counts: readonly number[]) => counts.reduce((a, b) => a * b, 1);

/** A part of a walk: all walked states of a box at one place of the outer axes, with some lanes. */
export interface Piece {
  readonly box: Box;
  /** Number of the place on the outer axes within the box. */
  readonly outer: number;
  /** Numbers of the lanes within the box. */
  readonly first: number;
  readonly count: number;
}

/** What is in memory of a box at a place of the outer axes: addresses. */
interface Walk {
  readonly box: Box;
  readonly outer: number;
  /** By look-up. */
  readonly records: readonly number[];
  readonly rowPlaces: number;
  readonly rowFlat: number;
  readonly columnStep: number;
  /** Where free memory begins. */
  readonly mark: number;
}

/**
 * A grid as the outer product of states of both flavours, reduced to all its profiles by the kernel.
 * Among equal χ² the lowest flat index wins, whatever the pieces.
 */
export class GridWalk {
  readonly walked: readonly number[];
  readonly laneAxes: readonly number[];
  readonly outer: readonly number[];
  /** Bytes that a walked state takes. */
  readonly stateBytes: number;
  readonly #kernel: TablesKernel;
  readonly #arena: Arena;
  readonly #memory: TablesMemory;
  readonly #planes: KernelPlanes;
  readonly #walkedWriter: StateWriter;
  readonly #laneWriter: StateWriter;
  readonly #header: number;
  readonly #mark: number;
  readonly #width: number;
  /** The records in memory, of a box at a place of the outer axes. */
  #walk: Walk | undefined;
  #points = 0;

  constructor(
    problem: EngineProblem,
    likelihood: TabulatedLikelihood,
    readonly axes: readonly GridAxis[],
  ) {
    const { walked, lanes, outer, laneFlavour } = rolesOf(problem.description.charges, axes);
    this.walked = walked;
    this.outer = outer;
    // A single axis is given another of one point.
    this.laneAxes = axes.length === 1 ? [1] : lanes;
    this.#kernel = tablesKernel();
    this.#arena = new Arena(this.#kernel.memory);
    const program = planProgram(likelihood);
    this.#width = program.outputs.length;
    this.#header = this.#arena.reserve(128);
    this.#memory = new TablesMemory(this.#arena, likelihood, program, laneFlavour);
    const shown = [...this.laneAxes, ...outer];
    this.#planes = new KernelPlanes(this.#arena, axes, this.#width, walked, shown);
    this.#walkedWriter = new StateWriter(problem, axes, this.#memory, laneFlavour === 0 ? 1 : 0);
    this.#laneWriter = new StateWriter(problem, axes, this.#memory, laneFlavour);
    this.#mark = this.#arena.mark;
    this.stateBytes =
      program.lookUps.reduce((sum, { table }) => {
        return sum + recordBytes(this.#memory.collapsings[table].terms.length);
      }, 0) +
      12 * this.#width;
  }

  /** Lanes of a box at one place of the outer axes, and such places. */
  lanesOf({ counts }: Box): number {
    return product(this.laneAxes.map((axis) => counts[axis] ?? 1));
  }

  placesOf({ counts }: Box): number {
    return product(this.outer.map((axis) => counts[axis]));
  }

  /** Counts all points of a piece; returns how many they are. */
  add(piece: Piece): number {
    this.#prepare(piece);
    this.#kernel.run(piece.count);
    const points = piece.count * product(this.walked.map((axis) => piece.box.counts[axis]));
    this.#points += points;
    return points;
  }

  /** χ² of one point of the grid by the same operations. @param out receives [combinations] */
  sample(index: number, out: Float64Array): void {
    const starts = this.axes.map((_, axis) => gridCoordinate(this.axes, index, axis));
    const box = { starts, counts: this.axes.map(() => 1) };
    this.#prepare({ box, outer: 0, first: 0, count: 1 });
    this.#kernel.sample(0, 0);
    const { buffers, program } = this.#memory;
    program.outputs.forEach(({ buffer, offset }, k) => {
      out[k] = this.#arena.floats(buffers[buffer].at, 1)[0] + offset;
    });
  }

  /** What the pieces so far reduce to. */
  profiles(): GridProfiles {
    const offsets = this.#memory.program.outputs.map(({ offset }) => offset);
    return this.#planes.profiles(this.#points, offsets);
  }

  /** Forgets all pieces. */
  clear(): void {
    this.#points = 0;
    this.#planes.clear();
  }

  #prepare({ box, outer, first, count }: Piece): void {
    const walk =
      this.#walk?.box === box && this.#walk.outer === outer
        ? this.#walk
        : this.#writeRecords(box, outer);
    this.#walk = walk;
    const arena = this.#arena;
    arena.release(walk.mark);
    const blocks = Math.ceil(count / LANES);
    const lanes = blocks * LANES;
    const { program, collapsings } = this.#memory;
    const cells = program.lookUps.map(() => arena.reserve(4 * lanes));
    const weights = program.lookUps.map(({ table }) =>
      arena.reserve(32 * collapsings[table].laneDeltas.length * lanes),
    );
    const shown = [...this.laneAxes, ...this.outer];
    const lanePlaces = arena.reserve(4 * lanes * shown.length);
    const laneFlat = arena.reserve(8 * lanes);
    const places = new Float64Array(shown.length);
    this.#outerPlaces(box, outer, places.subarray(this.laneAxes.length));
    const outerFlat = this.#flatOf(this.outer, places.subarray(this.laneAxes.length));
    for (let lane = 0; lane < lanes; lane++) {
      this.#placesIn(box, this.laneAxes, Math.min(first + lane, first + count - 1), places);
      this.#laneWriter.move(shown, places);
      const { views } = arena;
      this.#laneWriter.writeLane(views, cells, weights, lane);
      views.ints.set(places, lanePlaces / 4 + lane * shown.length);
      views.doubles[laneFlat / 8 + lane] = outerFlat + this.#flatOf(this.laneAxes, places);
    }
    this.#writeHeader(walk, { cells, weights, lanePlaces, laneFlat, blocks });
  }

  /** Writes the records of all walked states of a box. */
  #writeRecords(box: Box, outer: number): Walk {
    const arena = this.#arena;
    arena.release(this.#mark);
    const { program, collapsings } = this.#memory;
    const states = product(this.walked.map((axis) => box.counts[axis]));
    const records = program.lookUps.map(({ table }) =>
      arena.reserve(recordBytes(collapsings[table].terms.length) * states),
    );
    const own = new Float64Array(this.outer.length);
    this.#outerPlaces(box, outer, own);
    const places = new Float64Array(this.walked.length);
    for (const writer of [this.#walkedWriter, this.#laneWriter]) writer.move(this.outer, own);
    this.#memory.setExponent(this.#walkedWriter.exponent);
    for (let state = 0; state < states; state++) {
      this.#placesIn(box, this.walked, state, places);
      this.#walkedWriter.move(this.walked, places);
      this.#walkedWriter.writeRecord(arena.views, records, state);
    }
    return { box, outer, records, ...this.#writeRows(box), mark: arena.mark };
  }

  /** Writes where rows lie. */
  #writeRows(box: Box) {
    const arena = this.#arena;
    const outerWalked = this.walked.slice(0, -1);
    const rows = product(outerWalked.map((axis) => box.counts[axis]));
    const rowPlaces = arena.reserve(4 * rows * outerWalked.length);
    const rowFlat = arena.reserve(8 * rows);
    const last = this.walked[this.walked.length - 1];
    const step = flatStride(this.axes, last);
    const places = new Float64Array(outerWalked.length);
    for (let row = 0; row < rows; row++) {
      this.#placesIn(box, outerWalked, row, places);
      const { ints, doubles } = arena.views;
      outerWalked.forEach((axis, i) => {
        ints[rowPlaces / 4 + row * outerWalked.length + i] = places[i] - box.starts[axis];
      });
      doubles[rowFlat / 8 + row] = this.#flatOf(outerWalked, places) + box.starts[last] * step;
    }
    return { rowPlaces, rowFlat, columnStep: arena.keepDoubles([step]) };
  }

  /** Places of the number-th combination of some axes within a box, the last axis fastest. */
  #placesIn(box: Box, axes: readonly number[], number: number, out: Float64Array): void {
    let rest = number;
    for (let i = axes.length - 1; i >= 0; i--) {
      const count = box.counts[axes[i]] ?? 1;
      out[i] = (box.starts[axes[i]] ?? 0) + (rest % count);
      rest = Math.floor(rest / count);
    }
  }

  #outerPlaces(box: Box, outer: number, out: Float64Array): void {
    this.#placesIn(box, this.outer, outer, out);
  }

  #flatOf(axes: readonly number[], places: ArrayLike<number>): number {
    return axes.reduce((sum, axis, i) => {
      return axis < this.axes.length ? sum + places[i] * flatStride(this.axes, axis) : sum;
    }, 0);
  }

  #writeHeader(
    walk: Walk,
    lanes: {
      readonly cells: readonly number[];
      readonly weights: readonly number[];
      readonly lanePlaces: number;
      readonly laneFlat: number;
      readonly blocks: number;
    },
  ): void {
    const { box, records } = walk;
    const arena = this.#arena;
    const memory = this.#memory;
    const { lookUps, instructions } = memory.program;
    const width = this.#width;
    const lookUpsAt = arena.reserve(4 * LOOK_UP_WORDS * lookUps.length);
    for (const { lookUpsAt: to, first } of memory.scales) {
      arena.views.ints[to / 4] = lookUpsAt + 4 * LOOK_UP_WORDS * first;
    }
    lookUps.forEach(({ table, buffer: own }, v) => {
      const { terms, laneDeltas, coefficients, knots, laneKnots, goesToAt } =
        memory.collapsings[table];
      const buffer = memory.buffers[own];
      arena
        .ints(lookUpsAt + 4 * LOOK_UP_WORDS * v, LOOK_UP_WORDS)
        .set([
          terms.length,
          records[v],
          recordBytes(terms.length),
          memory.collapsed[v],
          buffer.at,
          buffer.row,
          laneDeltas.length,
          coefficients,
          knots,
          laneKnots,
          goesToAt,
          lanes.cells[v],
          lanes.weights[v],
        ]);
    });
    const counts = this.walked.map((axis) => box.counts[axis]);
    const columns = counts[counts.length - 1];
    const rows = product(counts.slice(0, -1));
    let line = 0;
    const axesAt = arena.keepInts(
      counts.flatMap((count, i) => {
        const own = [count, box.starts[this.walked[i]], line];
        line += count;
        return own;
      }),
    );
    const padded = rows * Math.ceil(columns / 4) * 4;
    const isPlane = this.walked.length > 1;
    const header = [
      memory.program.plain,
      lookUpsAt,
      memory.instructions,
      memory.instructions + 32 * instructions.length,
      width,
      memory.outputs,
      rows,
      columns,
      memory.tileColumns,
      counts.length,
      axesAt,
      walk.rowPlaces,
      walk.rowFlat,
      walk.columnStep,
      this.laneAxes.length + this.outer.length,
      lanes.lanePlaces,
      lanes.laneFlat,
      arena.reserve(BLOCK * width * line),
      arena.reserve(BLOCK * width * line),
      line,
      arena.reserve(isPlane ? 4 * width * padded : 0),
      arena.reserve(isPlane ? 4 * width * padded : 0),
      padded,
      arena.reserve(4 * lanes.blocks),
      arena.reserve(isPlane ? 4 * width * rows * columns : 0),
      this.#planes.mixed,
      this.#planes.walked,
      this.#planes.lanes,
      arena.reserve(128 * width),
      arena.reserve(128 * width),
    ];
    arena.ints(this.#header, header.length).set(header);
    this.#kernel.prepare(this.#header);
  }
}
