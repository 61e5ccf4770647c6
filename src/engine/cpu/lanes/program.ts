/** Operations of the machine in `kernels/lanes.ts`, whose head says what each of them does. */
const OPERATION = { combine: 0, fuse: 1, divide: 2, guard: 3, logs: 4, solve: 5 } as const;

/** A program with all that it needs but its inputs: plain data, which travels between threads. */
export interface Program {
  readonly code: Int32Array;
  readonly constants: Float64Array;
  readonly rows: number;
}

/** Numbers among the constants, which may be written anew between runs. */
export interface ConstantSlot {
  readonly at: number;
  readonly length: number;
}

/** A product of rows and its weight: weight · ln Π x. */
export interface LogSegment {
  readonly weight: number;
  readonly rows: readonly number[];
}

/** Writes programs. Rows are numbered as they are asked for; inputs come first. */
export class ProgramBuilder {
  readonly #code: number[] = [];
  readonly #constants: number[] = [];
  #rows = 0;
  #zero: number | undefined;
  #one: number | undefined;

  /** Consecutive rows; returns the first. */
  rows(count: number): number {
    const first = this.#rows;
    this.#rows += count;
    return first;
  }

  constants(values: ArrayLike<number>): ConstantSlot {
    const slot = { at: this.#constants.length, length: values.length };
    for (let i = 0; i < values.length; i++) this.#constants.push(values[i]);
    return slot;
  }

  get zero(): number {
    this.#zero ??= this.#constantRow(0);
    return this.#zero;
  }

  get one(): number {
    this.#one ??= this.#constantRow(1);
    return this.#one;
  }

  #constantRow(value: number): number {
    const out = this.rows(1);
    this.combine(out, 0, 0, this.constants([value]), this.constants([]));
    return out;
  }

  /**
   * out_r = base_r + Σ_k table_rk x_k.
   * @param base one number per row, `table` row-major
   */
  combine(out: number, x: number, terms: number, base: ConstantSlot, table: ConstantSlot): void {
    const count = base.length;
    if (table.length !== count * terms) throw new RangeError("a table of another size");
    this.#code.push(OPERATION.combine, count, terms, out, base.at, table.at, x);
  }

  /** Linear combinations of consecutive rows, in new rows; returns the first. */
  combined(x: number, table: readonly ArrayLike<number>[], base?: ArrayLike<number>): number {
    const out = this.rows(table.length);
    const flat = table.flatMap((row) => Array.from(row));
    const terms = flat.length / table.length;
    const bases = this.constants(base ?? table.map(() => 0));
    this.combine(out, x, terms, bases, this.constants(flat));
    return out;
  }

  /** out = a b − c for each [out, a, b, c]. */
  fuse(list: readonly (readonly [number, number, number, number])[]): void {
    if (list.length > 0) this.#code.push(OPERATION.fuse, list.length, ...list.flat());
  }

  /** Products of two rows each, in new consecutive rows; returns the first. */
  products(pairs: readonly (readonly [number, number])[]): number {
    const { zero } = this;
    const out = this.rows(pairs.length);
    this.fuse(pairs.map(([a, b], i) => [out + i, a, b, zero]));
    return out;
  }

  divide(out: number, a: number, b: number): void {
    this.#code.push(OPERATION.divide, out, a, b);
  }

  /** Makes the row not a number where `positive` is not above 0. */
  guard(row: number, positive: number): void {
    this.#code.push(OPERATION.guard, row, row, positive);
  }

  logs(out: number, segments: readonly LogSegment[]): void {
    this.#code.push(OPERATION.logs, out, segments.length);
    for (const { weight, rows } of segments) {
      this.#code.push(this.constants([weight]).at, rows.length, ...rows);
    }
  }

  /** Minimises c − 2 b·η + ηᵀAη, from consecutive rows c, b, A. */
  solve(n: number, form: number, chi2: number, eta: number): void {
    this.#code.push(OPERATION.solve, n, form, chi2, eta);
  }

  build(): Program {
    return {
      code: Int32Array.from(this.#code),
      constants: Float64Array.from(this.#constants),
      rows: this.#rows,
    };
  }
}
