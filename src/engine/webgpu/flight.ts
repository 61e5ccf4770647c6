import type { Bindings, BufferRole, Gpu } from "./gpu.js";
import {
  packRun,
  RUN_BYTES,
  type Run,
  STATUS_WORDS,
  type StatusHead,
  unpackStatus,
} from "./run.js";

/** Work of one dispatch: kernels in order, each with its number of invocations. */
export interface Pass {
  readonly pipeline: GPUComputePipeline;
  readonly invocations: number;
}

/** Invocations per workgroup of every kernel. */
const WORKGROUP = 64;

/** What a flight brings back: the results' or minima's words, the counters, the points listed. */
export interface Landed {
  readonly words: ArrayBuffer;
  readonly status: StatusHead;
  /** Places of points left to float64, ascending. */
  readonly listed: Uint32Array;
}

/**
 * One dispatch in flight with buffers of its own, so that the next can be prepared and the one before
 * read while it runs. Buffers are made once and grow where needed.
 */
export class Flight {
  readonly #buffers = new Map<string, GPUBuffer>();

  constructor(
    private readonly gpu: Gpu,
    private readonly layout: GPUBindGroupLayout,
    private readonly shared: Required<Pick<Bindings, "tables" | "bins">>,
  ) {}

  /**
   * Runs passes over points.
   * @param read which buffer to bring back, and how many bytes of it
   * @param sizes bytes that results, list of the status, and minima need
   */
  async fly(
    run: Run,
    points: GPUBuffer | Float32Array,
    passes: readonly Pass[],
    read: { readonly role: "results" | "minima"; readonly bytes: number },
    sizes: { readonly results: number; readonly listed: number; readonly minima?: number },
  ): Promise<Landed> {
    const { gpu } = this;
    const { queue } = gpu.device;
    const statusBytes = 4 * STATUS_WORDS + 4 * sizes.listed;
    const staging = await gpu.guarded("Starting a dispatch", () => {
      const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
      const buffers: Record<BufferRole, GPUBuffer> = {
        ...this.shared,
        run: this.#buffer("run", RUN_BYTES, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST),
        points: points instanceof Float32Array ? this.#columns(points) : points,
        results: this.#buffer("results", sizes.results, storage),
        status: this.#buffer("status", statusBytes, storage | GPUBufferUsage.COPY_DST),
        minima: this.#buffer("minima", sizes.minima ?? 0, storage),
      };
      const landing = this.#buffer(
        "landing",
        4 * STATUS_WORDS + read.bytes,
        GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      );
      queue.writeBuffer(buffers.run, 0, packRun(run).buffer as ArrayBuffer);
      const encoder = gpu.device.createCommandEncoder();
      encoder.clearBuffer(buffers.status, 0, 4 * STATUS_WORDS);
      const group = gpu.bindGroup(this.layout, buffers);
      for (const { pipeline, invocations } of passes) {
        const pass = encoder.beginComputePass();
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(Math.ceil(invocations / WORKGROUP));
        pass.end();
      }
      encoder.copyBufferToBuffer(buffers.status, 0, landing, 0, 4 * STATUS_WORDS);
      encoder.copyBufferToBuffer(buffers[read.role], 0, landing, 4 * STATUS_WORDS, read.bytes);
      queue.submit([encoder.finish()]);
      return landing;
    });
    const bytes = await this.#bring(staging, 4 * STATUS_WORDS + read.bytes);
    const status = unpackStatus(new Uint32Array(bytes, 0, STATUS_WORDS));
    const listed = status.listed > 0 ? await this.#list(status.listed) : new Uint32Array(0);
    return { words: bytes.slice(4 * STATUS_WORDS), status, listed };
  }

  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
  }

  #columns(values: Float32Array): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const buffer = this.#buffer("points", values.byteLength, usage);
    this.gpu.device.queue.writeBuffer(
      buffer,
      0,
      values.buffer as ArrayBuffer,
      values.byteOffset,
      values.byteLength,
    );
    return buffer;
  }

  #buffer(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const present = this.#buffers.get(label);
    if (present && present.size >= bytes) return present;
    present?.destroy();
    const made = this.gpu.buffer(label, bytes, usage);
    this.#buffers.set(label, made);
    return made;
  }

  async #bring(landing: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    await this.gpu.wait(landing.mapAsync(GPUMapMode.READ, 0, bytes));
    const copy = landing.getMappedRange(0, bytes).slice(0);
    landing.unmap();
    return copy;
  }

  /** The list, put in order: invocations append to it as they come. */
  async #list(count: number): Promise<Uint32Array> {
    const bytes = 4 * count;
    const staging = await this.gpu.guarded("Reading a list of points", () => {
      const landing = this.#buffer(
        "list",
        bytes,
        GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      );
      const encoder = this.gpu.device.createCommandEncoder();
      const status = this.#buffers.get("status") as GPUBuffer;
      encoder.copyBufferToBuffer(status, 4 * STATUS_WORDS, landing, 0, bytes);
      this.gpu.device.queue.submit([encoder.finish()]);
      return landing;
    });
    return new Uint32Array(await this.#bring(staging, bytes)).sort();
  }
}
