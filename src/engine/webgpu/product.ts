import { atExponent } from "../../tables/at-exponent.js";
import type { ProfileTable, TabulatedLikelihood } from "../../tables/table.js";
import { type Box, boxesOf, cutBox } from "../cpu/tables/boxes.js";
import { beyondTables } from "../cpu/tables/domain.js";
import { rolesOf } from "../cpu/tables/roles.js";
import type { EngineProblem, EvaluateOptions, FlatRange, GridAxis } from "../engine.js";
import type { GridProfiles } from "../profiles.js";
import { exponentOf } from "./charge-units.js";
import { Flight } from "./flight.js";
import type { Gpu } from "./gpu.js";
import { inFlight } from "./in-flight.js";
import { blocksOf, Merge } from "./merge.js";
import { productOperations } from "./operations.js";
import { lostPoints } from "./pieces.js";
import { type ProductPass, productPasses } from "./product-passes.js";
import { type ProductShape, productScope, productShape, type Tiling } from "./product-shape.js";
import { FlavourStates, movedTo } from "./product-states.js";
import { NOTHING, RUN_BYTES } from "./run.js";

/** As many invocations as a software adapter, or a GPU, does at once, and lanes as its registers hold. */
const SOFTWARE: Tiling = { invocations: 8, quads: 2 };
const HARDWARE: Tiling = { invocations: 32, quads: 1 };
/** Workgroups that keep a device busy. */
const SOFTWARE_GROUPS = 64;
const HARDWARE_GROUPS = 8192;
/** States of a flavour in a piece, and points of a piece: what devices hold, and do in some 100 ms. */
const MOST_STATES = 8192;
const SOFTWARE_POINTS = 2 ** 23;
const HARDWARE_POINTS = 2 ** 26;
const product = (counts: readonly number[]) => counts.reduce((a, b) => a * b, 1);

/** A part of a grid: both flavours' states at one place of the axes that change both. */
interface ProductPiece {
  readonly states: readonly [FlavourStates, FlavourStates];
  /** Part of the flat index. */
  readonly outer: number;
}

interface Job {
  readonly piece: ProductPiece;
  readonly pass: ProductPass;
  readonly isLast: boolean;
}

/** Grids reduced as outer products of ν_e- and ν_μ-states (shaders/product.wgsl). */
export class ProductGrids {
  readonly #layout: GPUBindGroupLayout;
  readonly #flights: readonly Flight[];
  readonly #shapes: readonly [ProductShape, ProductShape];
  readonly #scopes: readonly ReturnType<typeof productScope>[];
  readonly #pipelines: (Promise<GPUComputePipeline[]> | undefined)[] = [];
  readonly #tables: readonly ProfileTable[];
  readonly #tiling: Tiling;

  constructor(
    readonly gpu: Gpu,
    readonly problem: EngineProblem,
    readonly tabulated: TabulatedLikelihood,
    readonly offsets: Float64Array,
    readonly halvings: number,
  ) {
    const x = exponentOf(problem);
    this.#tables = tabulated.tables.map((table) => atExponent(table, x));
    this.#shapes = [productShape(this.#tables, 0), productShape(this.#tables, 1)];
    this.#tiling = gpu.host.adapter.software ? SOFTWARE : HARDWARE;
    this.#scopes = this.#shapes.map((shape) => productScope(shape, tabulated, this.#tiling));
    this.#layout = gpu.layout();
    this.#flights = [0, 1].map(() => new Flight(gpu, this.#layout, {}));
  }

  /** Why a grid of these axes is not for this; undefined: it is. */
  refusal(axes: readonly GridAxis[]): string | undefined {
    const { problem, tabulated } = this;
    if (tabulated.profiles.some(({ scale }) => scale)) return "tables share a scale";
    const { walked, lanes } = rolesOf(problem.description.charges, axes);
    if (walked.length + lanes.length === 0) return "every axis changes both flavours";
    return beyondTables(problem, tabulated, axes);
  }

  /** float32 operations per point of grids of these parameters; undefined: not for this. */
  operations(names: readonly string[]): number | undefined {
    const axes = names.map((parameter) => ({ parameter, from: 0, to: 0, points: 2 }));
    if (this.refusal(axes) !== undefined) return undefined;
    const { walked, lanes } = rolesOf(this.problem.description.charges, axes);
    const passes = productPasses([walked.length, lanes.length]);
    return passes.length * productOperations(this.#scopes[0]);
  }

  async reduce(
    axes: readonly GridAxis[],
    range: FlatRange,
    options: EvaluateOptions,
  ): Promise<GridProfiles> {
    const merge = new Merge(axes, blocksOf(axes, 1), this.offsets);
    const jobs = this.#jobs(axes, range);
    let done = 0;
    await inFlight(
      this.#flights,
      (flight) => {
        options.signal?.throwIfAborted();
        const { value: job } = jobs.next();
        return job ? this.#fly(flight, job) : undefined;
      },
      (landed) => {
        this.#merge(merge, landed);
        const { states } = landed.job.piece;
        if (!landed.job.isLast) return;
        done += states[0].count * states[1].count;
        options.onProgress?.(done);
      },
    );
    options.signal?.throwIfAborted();
    if (done !== range.count) throw lostPoints(done, range.count);
    return merge.finish(done);
  }

  destroy(): void {
    for (const flight of this.#flights) flight.destroy();
  }

  *#jobs(axes: readonly GridAxis[], range: FlatRange): Generator<Job, undefined> {
    for (const { piece, counts } of this.#pieces(axes, range)) {
      const passes = productPasses(counts);
      for (const pass of passes) yield { piece, pass, isLast: pass === passes[passes.length - 1] };
    }
    return undefined;
  }

  *#pieces(axes: readonly GridAxis[], range: FlatRange) {
    const { problem } = this;
    const roles = rolesOf(problem.description.charges, axes);
    const { outer, walked, lanes } = roles;
    const own = roles.laneFlavour === 0 ? [lanes, walked] : [walked, lanes];
    const isSoftware = this.gpu.host.adapter.software;
    const points = (isSoftware ? SOFTWARE_POINTS : HARDWARE_POINTS) / 2 ** this.halvings;
    const sizes = axes.map(({ points: count }) => count);
    // Minima of a value of the kept axis and a state take eight bytes for each combination.
    const { maxStorageBufferBindingSize, maxBufferSize } = this.gpu.device.limits;
    const bytes = Math.min(maxStorageBufferBindingSize, maxBufferSize);
    const fitting = Math.floor(bytes / (8 * this.offsets.length * Math.max(...sizes)));
    const most = Math.max(1, Math.min(MOST_STATES, fitting) / 2 ** this.halvings);
    const slow = Math.min(...own[0], Infinity) < Math.min(...own[1], Infinity) ? 0 : 1;
    const pieces = boxesOf(sizes, range)
      .flatMap((box) => cutBox(box, outer, 1))
      .flatMap((box) => cutBox(box, own[1 - slow], most))
      .flatMap((box) => {
        const others = product(own[1 - slow].map((axis) => box.counts[axis]));
        return cutBox(box, own[slow], Math.max(1, Math.min(most, Math.floor(points / others))));
      });
    const counts = [own[0].length, own[1].length] as const;
    const known: (FlavourStates | undefined)[] = [];
    let before = "";
    for (const box of pieces) {
      const at = outer.map((axis) => box.starts[axis]);
      if (at.join() !== before) known.length = 0;
      before = at.join();
      const parameters = movedTo(problem.base, axes, outer, at);
      const statesOf = (flavour: 0 | 1): FlavourStates => {
        const wanted = ownAxes(own[flavour], box);
        const present = known[flavour];
        if (present && isSame(present.own, wanted)) return present;
        const made = new FlavourStates(problem, this.#tables, flavour, parameters, axes, wanted);
        known[flavour] = made;
        return made;
      };
      const strides = sizes.map((_, axis) => product(sizes.slice(axis + 1)));
      const flat = outer.reduce((sum, axis, i) => sum + at[i] * strides[axis], 0);
      const piece: ProductPiece = { states: [statesOf(0), statesOf(1)], outer: flat };
      yield { piece, counts };
    }
  }

  async #fly(flight: Flight, job: Job) {
    const { piece, pass } = job;
    const { lanes: flavour, kept, hasStates } = pass;
    const shape = this.#shapes[flavour];
    const [main, fold] = await this.#pipeline(flavour);
    const [own, other] = [piece.states[flavour], piece.states[1 - flavour]];
    const lanes = own.lanes(shape, this.#tiling.quads);
    const { groupVectors } = this.#scopes[flavour];
    const groups = lanes.length / (4 * groupVectors);
    const { counts } = other.own;
    // Some axis is kept in any case: its values are done in parallel.
    const apart = kept ?? counts.indexOf(Math.max(...counts));
    const values = counts[apart] ?? 1;
    const keptStride = product(counts.slice(apart + 1));
    const wanted = this.gpu.host.adapter.software ? SOFTWARE_GROUPS : HARDWARE_GROUPS;
    const { invocations } = this.#tiling;
    const once = Math.ceil(values / invocations);
    const perGroup =
      invocations * Math.min(once, Math.max(1, Math.floor((once * groups) / wanted)));
    const planes = kept === undefined ? [] : own.own.counts;
    const words = new Uint32Array(RUN_BYTES / 4);
    let cells = 0;
    planes.forEach((points, k) => {
      words.set([points, product(planes.slice(k + 1)), cells], 12 + 4 * k);
      cells += values * points;
    });
    if (hasStates) cells += own.count;
    words.set([own.count, other.count, values, keptStride, perGroup, shape.stride]);
    words.set([planes.length, hasStates ? 1 : 0, cells], 6);
    const width = this.offsets.length;
    const landed = await flight.fly(
      words,
      other.collapsed(shape),
      [
        {
          pipeline: main,
          invocations: 0,
          workgroups: [groups, Math.ceil(values / perGroup)],
        },
        { pipeline: fold, invocations: 0, workgroups: workgroupsOf(width * cells) },
      ],
      { role: "minima", bytes: 8 * width * cells },
      { results: 8 * width * values * own.count, minima: 8 * width * cells },
      lanes,
    );
    const { written, reduced } = landed.status;
    const points = (own.count * other.count) >>> 0;
    if (written !== points) throw lostPoints(written, points);
    const folds = width * values * own.count * (planes.length + (hasStates ? 1 : 0));
    if (reduced !== folds) throw lostPoints(reduced, folds);
    return { job, cells, words: landed.words };
  }

  #merge(
    merge: Merge,
    { job, cells, words }: { job: Job; cells: number; words: ArrayBuffer },
  ): void {
    const { states, outer } = job.piece;
    const { lanes } = job.pass;
    const [own, other] = [states[lanes], states[1 - lanes]];
    const values = new Float32Array(words);
    const places = new Uint32Array(words);
    for (let k = 0; k < this.offsets.length; k++) {
      for (let cell = 0, at = 2 * k * cells; cell < cells; cell++, at += 2) {
        if (!(values[at] < NOTHING)) throw lostPoints(cell, cells);
        const pair = places[at + 1];
        const flat = outer + other.flat[Math.floor(pair / own.count)] + own.flat[pair % own.count];
        merge.addMinimum(k, values[at], flat);
      }
    }
  }

  #pipeline(flavour: 0 | 1): Promise<GPUComputePipeline[]> {
    this.#pipelines[flavour] ??= this.gpu.pipelines(
      "product.wgsl",
      this.#scopes[flavour],
      this.#layout,
      ["main", "fold"],
    );
    return this.#pipelines[flavour];
  }
}

/** Workgroups of 64 along x and y: no more than WebGPU has along one of them. */
function workgroupsOf(invocations: number): readonly [number, number] {
  const count = Math.ceil(invocations / 64);
  return [Math.min(count, 65535), Math.ceil(count / 65535)];
}

const ownAxes = (numbers: readonly number[], { starts, counts }: Box) => ({
  numbers,
  starts: numbers.map((axis) => starts[axis]),
  counts: numbers.map((axis) => counts[axis]),
});

function isSame(one: FlavourStates["own"], other: FlavourStates["own"]): boolean {
  return `${one.starts} ${one.counts}` === `${other.starts} ${other.counts}`;
}
