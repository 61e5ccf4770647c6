import type { TablesKernel } from "./wasm.js";

const PAGE = 65536;
/** Where a register of eight lanes may begin without crossing a line of the cache. */
const ALIGNMENT = 64;

export interface Views {
  readonly ints: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
}

/**
 * A kernel's memory, handed out from its first free byte on. Views end when memory grows: they are
 * made when they are needed, from addresses that stay.
 */
export class Arena {
  /** What the module keeps for itself is below its first page's end. */
  #end = PAGE;
  #views: Views | undefined;

  constructor(readonly memory: TablesKernel["memory"]) {}

  /** Address of so many bytes. */
  reserve(bytes: number): number {
    const at = this.#end;
    this.#end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const missing = this.#end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  /** Where the next bytes will be, for {@link release}. */
  get mark(): number {
    return this.#end;
  }

  /** Forgets what was reserved since a mark. */
  release(mark: number): void {
    this.#end = mark;
  }

  /** All of memory, until it grows. */
  get views(): Views {
    const { buffer } = this.memory;
    if (this.#views?.ints.buffer !== buffer) {
      this.#views = {
        ints: new Int32Array(buffer),
        floats: new Float32Array(buffer),
        doubles: new Float64Array(buffer),
      };
    }
    return this.#views;
  }

  ints(at: number, length: number): Int32Array {
    return this.views.ints.subarray(at / 4, at / 4 + length);
  }

  floats(at: number, length: number): Float32Array {
    return this.views.floats.subarray(at / 4, at / 4 + length);
  }

  doubles(at: number, length: number): Float64Array {
    return this.views.doubles.subarray(at / 8, at / 8 + length);
  }

  keepInts(values: ArrayLike<number>): number {
    const at = this.reserve(4 * values.length);
    this.ints(at, values.length).set(values);
    return at;
  }

  keepFloats(values: ArrayLike<number>): number {
    const at = this.reserve(4 * values.length);
    this.floats(at, values.length).set(values);
    return at;
  }

  keepDoubles(values: ArrayLike<number>): number {
    const at = this.reserve(8 * values.length);
    this.doubles(at, values.length).set(values);
    return at;
  }
}
