import type { DeviceClock } from "./clock.js";
import type { Gpu } from "./gpu.js";

/** Two timestamps, 8 bytes each. */
export const STAMP_BYTES = 16;

/** Timestamps around the passes of one flight. */
export class Stopwatch {
  readonly #queries: GPUQuerySet;
  readonly #stamps: GPUBuffer;

  constructor(
    gpu: Gpu,
    private readonly clock: DeviceClock,
  ) {
    this.#queries = gpu.device.createQuerySet({ type: "timestamp", count: 2 });
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    this.#stamps = gpu.buffer("timestamps", STAMP_BYTES, usage);
  }

  /** What makes a pass note when it begins, if it is the first, and when it ends, if the last. */
  around(isFirst: boolean, isLast: boolean): GPUComputePassDescriptor {
    if (!isFirst && !isLast) return {};
    return {
      timestampWrites: {
        querySet: this.#queries,
        ...(isFirst && { beginningOfPassWriteIndex: 0 }),
        ...(isLast && { endOfPassWriteIndex: 1 }),
      },
    };
  }

  /** Puts both times into a buffer that is brought back. */
  copy(encoder: GPUCommandEncoder, target: GPUBuffer, offset: number): void {
    encoder.resolveQuerySet(this.#queries, 0, 2, this.#stamps, 0);
    encoder.copyBufferToBuffer(this.#stamps, 0, target, offset, STAMP_BYTES);
  }

  /** @param stamps both times as they came back */
  read(stamps: ArrayBuffer): void {
    const [begin, end] = new BigUint64Array(stamps);
    this.clock.add(begin, end);
  }

  destroy(): void {
    this.#queries.destroy();
    this.#stamps.destroy();
  }
}
