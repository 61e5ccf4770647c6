import { even, instantiateKernel, KernelHeap, type KernelMemory } from "../numerics/wasm.js";

/** Where the build puts it. */
export const BIN_KERNEL = "likelihood/bins.wasm";

/** What `kernels/bins.ts` exports: places are byte offsets. */
interface Exports extends KernelMemory {
  mix(
    out: number,
    outStride: number,
    rows: number,
    blocks: number,
    blockStride: number,
    n: number,
    stride: number,
    coefficients: number,
    coefficientStride: number,
    bytes: number,
  ): void;
  dots(
    vector: number,
    rows: number,
    blocks: number,
    blockStride: number,
    n: number,
    stride: number,
    out: number,
    bytes: number,
  ): void;
  gram(w: number, rows: number, n: number, scratch: number, out: number, bytes: number): void;
  poisson(
    mu: number,
    counts: number,
    inverse: number,
    floor: number,
    slope: number,
    weight: number,
    bytes: number,
  ): number;
  gaussian(
    mu: number,
    counts: number,
    inverseVariance: number,
    slope: number,
    weight: number,
    bytes: number,
  ): number;
}

/** Consecutive rows in WebAssembly memory. */
export interface Rows {
  readonly buffer: ArrayBuffer;
  /** Byte offset of the first, and from one to the next. */
  readonly at: number;
  readonly bytes: number;
}

/** The loops over the bins of one term, and memory for its rows. */
export class BinKernel {
  readonly loops: Exports;
  /** Of a row: `bins`, made even; what is added stays 0. */
  readonly length: number;
  readonly bytes: number;
  readonly #heap: KernelHeap;

  /**
   * @param rows how many rows will be asked for
   * @param floats how many numbers, each piece of them rounded up to an even number
   */
  constructor(bins: number, rows: number, floats: number) {
    this.loops = instantiateKernel<Exports>(BIN_KERNEL);
    this.length = even(bins);
    this.bytes = 8 * this.length;
    this.#heap = new KernelHeap(this.loops, rows * this.length + floats);
  }

  rows(count: number): Rows {
    const { buffer, byteOffset } = this.floats(count * this.length);
    return { buffer: buffer as ArrayBuffer, at: byteOffset, bytes: this.bytes };
  }

  floats(length: number): Float64Array {
    return this.#heap.floats(length);
  }
}

/** Row i, to be read or written. */
export function rowOf({ buffer, at, bytes }: Rows, i = 0): Float64Array {
  return new Float64Array(buffer, at + i * bytes, bytes / 8);
}
