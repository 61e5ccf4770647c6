import { type PatchBounds, patchBounds } from "./patch.js";
import { edgeOf, type Objective, type PlaneGrid, type Refinement } from "./plane.js";

/** A rectangle in the coordinates of the plane. */
export interface CellBox {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export interface RefineOptions {
  /** Values that may be asked for beyond those of the grid. */
  readonly budget: number;
  /** Whether values at its corners and middles tell what the surface does in a box of this size. */
  readonly isSmall?: (box: CellBox) => boolean;
  /** Whether the surface is above the level everywhere in a box. */
  readonly isAbove?: (box: CellBox) => boolean;
}

/** A plane refined for one level. */
export interface RefinedPlane {
  readonly plane: PlaneGrid;
  /** Cells, of any size, in which the pieces at the level are not certain. */
  readonly unresolved: readonly CellBox[];
  /** Size of cells that would tell nearly everywhere, as a fraction of those of the grid. */
  readonly needed: number;
}

/** Halvings of a cell at most. */
const DEPTH = 10;
const SIZE = 2 ** DEPTH;
/** Of the cells that were cut, those that may need to be smaller still. */
const NEARLY_ALL = 0.05;
/** χ² by which a piece may lie below the level, or a gap above it, unseen. */
const TOLERANCE = 1e-3;

/** Values at places of a lattice SIZE times finer than the grid, each computed once. */
export class FineValues {
  readonly #values = new Map<number, number>();
  readonly #columns: number;
  /** What the grid itself tells of its cells, by their first vertex; none until it is asked. */
  readonly #bounds: (PatchBounds | undefined)[] = [];
  readonly #stencil = new Float64Array(16);
  evaluations = 0;

  constructor(
    readonly plane: PlaneGrid,
    readonly objective: Objective,
  ) {
    this.#columns = (plane.y.length - 1) * SIZE + 1;
  }

  key(X: number, Y: number): number {
    return X * this.#columns + Y;
  }

  placeOf(key: number): readonly [number, number] {
    return [Math.floor(key / this.#columns), key % this.#columns];
  }

  along(axis: ArrayLike<number>, X: number): number {
    const i = Math.floor(X / SIZE);
    const t = (X % SIZE) / SIZE;
    return t === 0 ? axis[i] : axis[i] * (1 - t) + axis[i + 1] * t;
  }

  gridBounds(i: number, j: number): PatchBounds {
    const at = i * this.plane.y.length + j;
    this.#bounds[at] ??= patchBounds(stencil(this.plane, i, j, this.#stencil), 4);
    return this.#bounds[at];
  }

  known(X: number, Y: number): number | undefined {
    return this.#values.get(this.key(X, Y));
  }

  at(X: number, Y: number): number {
    const key = this.key(X, Y);
    let value = this.#values.get(key);
    if (value === undefined) {
      const { x, y } = this.plane;
      value = this.objective([this.along(x, X), this.along(y, Y)]);
      if (Number.isNaN(value)) value = Number.POSITIVE_INFINITY;
      this.#values.set(key, value);
      this.evaluations++;
    }
    return value;
  }
}

/** A square of the lattice. */
interface Cell {
  readonly X: number;
  readonly Y: number;
  readonly size: number;
}

/** What the cells of the grid are cut into. */
interface Leaf extends Cell {
  /** Whether its middles are vertices too. */
  readonly isHalved: boolean;
}

/** The values of the grid around a cell, [4 × 4], straight on beyond the frame, so that no kink is seen. */
function stencil(
  { x, y, values }: PlaneGrid,
  i: number,
  j: number,
  out: Float64Array,
): Float64Array {
  const columns = y.length;
  if (i > 0 && i + 2 < x.length && j > 0 && j + 2 < columns) {
    for (let p = 0; p < 4; p++) {
      const from = (i - 1 + p) * columns + j - 1;
      for (let q = 0; q < 4; q++) out[4 * p + q] = values[from + q];
    }
    return out;
  }
  const row = (p: number, q: number): number => {
    const at = p * columns + q;
    if (q < 0) return 2 * values[at + 1] - values[Math.min(at + 2, p * columns + columns - 1)];
    if (q >= columns) return 2 * values[at - 1] - values[Math.max(at - 2, p * columns)];
    return values[at];
  };
  for (let p = i - 1, k = 0; p <= i + 2; p++) {
    for (let q = j - 1; q <= j + 2; q++, k++) {
      if (p < 0) out[k] = 2 * row(0, q) - row(Math.min(1, x.length - 1), q);
      else if (p >= x.length) out[k] = 2 * row(p - 1, q) - row(Math.max(p - 2, 0), q);
      else out[k] = row(p, q);
    }
  }
  return out;
}

/**
 * The plane with those cells cut where its grid does not tell how the pieces of {value ≤ level} hang
 * together: where the contour turns within a cell, where a region or a gap is thinner than one, or where
 * cells are larger than what the surface does. Cells are halved until the surface rises along one
 * direction in each that the contour may cross (the condition of Plantinga and Vegter, Symposium on
 * Geometry Processing 2004, p. 245, with differences in place of interval arithmetic).
 */
export function refinePlane(
  fine: FineValues,
  level: number,
  { budget, isSmall = () => true, isAbove = () => false }: RefineOptions,
): RefinedPlane {
  const { plane } = fine;
  const { x, y } = plane;
  const box = ({ X, Y, size }: Cell): CellBox => ({
    x: [fine.along(x, X), fine.along(x, X + size)],
    y: [fine.along(y, Y), fine.along(y, Y + size)],
  });
  const isDecided = ({ low, high, isMonotonic }: PatchBounds) =>
    isMonotonic || low > level - TOLERANCE || high < level + TOLERANCE;
  const leaves = new Map<number, Leaf[]>();
  const unresolved: CellBox[] = [];
  const sizes: number[] = [];
  const keep = (cell: Cell, isHalved: boolean): void => {
    const at = Math.floor(cell.X / SIZE) * y.length + Math.floor(cell.Y / SIZE);
    const own = leaves.get(at) ?? [];
    leaves.set(at, own);
    own.push({ ...cell, isHalved });
  };
  let queue: Cell[] = [];
  const span = (i0: number, i1: number, j0: number, j1: number): void => {
    // Blocks of cells, so that what is far above the level is passed over quickly.
    const far: CellBox = { x: [x[i0], x[i1]], y: [y[j0], y[j1]] };
    if (isAbove(far)) return;
    if (i1 - i0 === 1 && j1 - j0 === 1) {
      const cell = { X: i0 * SIZE, Y: j0 * SIZE, size: SIZE };
      if (isSmall(far) && isDecided(fine.gridBounds(i0, j0))) return;
      queue.push(cell);
      return;
    }
    const middle = (a: number, b: number) => (b - a > 1 ? (a + b) >> 1 : b);
    const [im, jm] = [middle(i0, i1), middle(j0, j1)];
    for (const [a, b] of [
      [i0, im],
      [im, i1],
    ]) {
      for (const [c, d] of [
        [j0, jm],
        [jm, j1],
      ]) {
        if (b > a && d > c) span(a, b, c, d);
      }
    }
  };
  span(0, x.length - 1, 0, y.length - 1);
  while (queue.length > 0) {
    const next: Cell[] = [];
    for (const cell of queue) {
      const { X, Y, size } = cell;
      const half = size / 2;
      const own = box(cell);
      if (size < SIZE && isAbove(own)) {
        keep(cell, false);
        continue;
      }
      if (fine.evaluations >= budget) {
        unresolved.push(own);
        sizes.push(size / 4);
        keep(cell, false);
        continue;
      }
      if (isSmall(own)) {
        const values = [0, 1, 2].flatMap((i) =>
          [0, 1, 2].map((j) => fine.at(X + i * half, Y + j * half)),
        );
        const decided = isDecided(patchBounds(values, 3));
        if (decided || half === 1) {
          if (!decided) unresolved.push(own);
          sizes.push(half);
          keep(cell, true);
          continue;
        }
      }
      for (const [i, j] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ]) {
        next.push({ X: X + i * half, Y: Y + j * half, size: half });
      }
    }
    queue = next;
  }
  sizes.sort((a, b) => a - b);
  const needed = (sizes[Math.floor(NEARLY_ALL * sizes.length)] ?? SIZE) / SIZE;
  return { plane: cut(fine, leaves), unresolved, needed };
}

/** The plane with its cells cut into leaves. */
function cut(fine: FineValues, leaves: ReadonlyMap<number, readonly Leaf[]>): PlaneGrid {
  const { plane } = fine;
  if (leaves.size === 0) return plane;
  const columns = plane.y.length;
  const corners = new Set<number>();
  const polygons = (leaf: Leaf): Cell[] => {
    const { X, Y, size, isHalved } = leaf;
    if (!isHalved) return [leaf];
    const half = size / 2;
    return [0, 1].flatMap((i) =>
      [0, 1].map((j) => ({ X: X + i * half, Y: Y + j * half, size: half })),
    );
  };
  for (const own of leaves.values()) {
    for (const { X, Y, size } of own.flatMap(polygons)) {
      for (const [i, j] of [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ]) {
        corners.add(fine.key(X + i * size, Y + j * size));
      }
    }
  }
  const refinement = {
    x: [] as number[],
    y: [] as number[],
    values: [] as number[],
    cells: new Map<number, number[][]>(),
    touched: new Uint8Array(plane.values.length),
    splits: new Map<number, number[]>(),
  };
  const values = Float64Array.from(plane.values);
  const ids = new Map<number, number>();
  for (const key of [...corners].sort((a, b) => a - b)) {
    const [X, Y] = fine.placeOf(key);
    // What no cell near the contour has as a corner was never computed, and is above the level.
    const value = fine.known(X, Y);
    if (X % SIZE === 0 && Y % SIZE === 0) {
      const at = (X / SIZE) * columns + Y / SIZE;
      ids.set(key, at);
      if (value !== undefined) values[at] = value;
      continue;
    }
    ids.set(key, plane.values.length + refinement.x.length);
    refinement.x.push(fine.along(plane.x, X));
    refinement.y.push(fine.along(plane.y, Y));
    refinement.values.push(value ?? Number.POSITIVE_INFINITY);
  }
  /** Vertices strictly between two places on a line of the lattice, in order. */
  const between = (X: number, Y: number, dX: number, dY: number, size: number): number[] => {
    if (size === 1) return [];
    const half = size / 2;
    const middle = ids.get(fine.key(X + dX * half, Y + dY * half));
    if (middle === undefined) return [];
    return [
      ...between(X, Y, dX, dY, half),
      middle,
      ...between(X + dX * half, Y + dY * half, dX, dY, half),
    ];
  };
  const id = (X: number, Y: number) => ids.get(fine.key(X, Y)) as number;
  for (const [at, own] of leaves) {
    refinement.cells.set(
      at,
      own
        .flatMap(polygons)
        .map(({ X, Y, size }) => [
          id(X, Y),
          ...between(X, Y, 1, 0, size),
          id(X + size, Y),
          ...between(X + size, Y, 0, 1, size),
          id(X + size, Y + size),
          ...between(X, Y + size, 1, 0, size).reverse(),
          id(X, Y + size),
          ...between(X, Y, 0, 1, size).reverse(),
        ]),
    );
    const [X, Y] = [Math.floor(at / columns) * SIZE, (at % columns) * SIZE];
    for (const [from, axis, pX, pY] of [
      [at, 0, X, Y],
      [at, 1, X, Y],
      [at + 1, 0, X, Y + SIZE],
      [at + columns, 1, X + SIZE, Y],
    ] as const) {
      const inner = between(pX, pY, axis === 0 ? 1 : 0, axis, SIZE);
      if (inner.length > 0) refinement.splits.set(edgeOf(from, axis), inner);
    }
    refinement.touched[at] = 1;
    // Cells beside it have vertices on an edge that they share.
    for (const beside of [at - columns, at + columns]) {
      if (beside >= 0 && beside < refinement.touched.length) refinement.touched[beside] = 1;
    }
    if (at % columns > 0) refinement.touched[at - 1] = 1;
    if (at % columns < columns - 2) refinement.touched[at + 1] = 1;
  }
  return { x: plane.x, y: plane.y, values, refinement: refinement as Refinement };
}
