import type { Bindings, BufferRole, Gpu } from "./gpu.js";
import { packRun, RUN_BYTES, type Run, STATUS_BYTES, type Status, unpackStatus } from "./run.js";
import { STAMP_BYTES, Stopwatch } from "./stopwatch.js";

/** Work of one dispatch: kernels in order, each with its number of invocations. */
export interface Pass {
  readonly pipeline: GPUComputePipeline;
  readonly invocations: number;
  /** Workgroups along x and y, for kernels that count in them. */
  readonly workgroups?: readonly [number, number];
}

/** Invocations per workgroup of every kernel. */
const WORKGROUP = 64;

/** What a flight brings back. */
export interface Landed {
  readonly status: Status;
  /** The bytes asked for. */
  readonly words: ArrayBuffer;
  /** All results where some are left to float64: there they are. */
  readonly doubtful: ArrayBuffer | undefined;
}

/**
 * One dispatch in flight with buffers of its own, so that the next can be prepared and the one before
 * read while it runs. Buffers are made once and grow where needed.
 */
export class Flight {
  readonly #buffers = new Map<string, GPUBuffer>();
  readonly #watch: Stopwatch | undefined;

  constructor(
    private readonly gpu: Gpu,
    private readonly layout: GPUBindGroupLayout,
    private readonly shared: Pick<Bindings, "bins">,
  ) {
    this.#watch = gpu.clock && new Stopwatch(gpu, gpu.clock);
  }

  /**
   * Runs passes over points.
   * @param run what kernels are told of the dispatch, also as it lies in memory
   * @param read which buffer to bring back, and how many bytes of it
   * @param sizes bytes that results and minima need
   */
  async fly(
    run: Run | Uint32Array,
    points: GPUBuffer | Float32Array,
    passes: readonly Pass[],
    read: { readonly role: "results" | "minima"; readonly bytes: number },
    sizes: { readonly results: number; readonly minima?: number },
    bins?: Float32Array,
  ): Promise<Landed> {
    const { gpu } = this;
    const { queue } = gpu.device;
    // Timestamps come first: they lie at multiples of eight bytes.
    const stamps = this.#watch ? STAMP_BYTES : 0;
    const from = stamps + STATUS_BYTES;
    const total = from + read.bytes;
    const landing = await gpu.guarded("Starting a dispatch", () => {
      const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
      const buffers: Record<BufferRole, GPUBuffer> = {
        bins: bins ? this.#numbers("bins", bins) : (this.shared.bins as GPUBuffer),
        run: this.#buffer("run", RUN_BYTES, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST),
        points: points instanceof Float32Array ? this.#numbers("points", points) : points,
        results: this.#buffer("results", sizes.results, storage),
        status: this.#buffer("status", STATUS_BYTES, storage | GPUBufferUsage.COPY_DST),
        minima: this.#buffer("minima", sizes.minima ?? 0, storage),
      };
      const target = this.#landing("landing", total);
      const words = run instanceof Uint32Array ? run : packRun(run);
      queue.writeBuffer(buffers.run, 0, words.buffer as ArrayBuffer);
      const encoder = gpu.device.createCommandEncoder();
      encoder.clearBuffer(buffers.status);
      const group = gpu.bindGroup(this.layout, buffers);
      passes.forEach(({ pipeline, invocations, workgroups }, at) => {
        const pass = encoder.beginComputePass(
          this.#watch?.around(at === 0, at === passes.length - 1),
        );
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        const [x, y] = workgroups ?? [Math.ceil(invocations / WORKGROUP), 1];
        pass.dispatchWorkgroups(x, y);
        pass.end();
      });
      this.#watch?.copy(encoder, target, 0);
      encoder.copyBufferToBuffer(buffers.status, 0, target, stamps, STATUS_BYTES);
      encoder.copyBufferToBuffer(buffers[read.role], 0, target, from, read.bytes);
      queue.submit([encoder.finish()]);
      return target;
    });
    const bytes = await this.#bring(landing, total);
    this.#watch?.read(bytes.slice(0, stamps));
    const status = unpackStatus(new Uint32Array(bytes, stamps, STATUS_BYTES / 4));
    const words = bytes.slice(from);
    const isThere = status.doubtful === 0 || read.role === "results";
    const doubtful = isThere ? undefined : await this.#results(sizes.results);
    return { status, words, doubtful: status.doubtful > 0 ? (doubtful ?? words) : undefined };
  }

  destroy(): void {
    this.#watch?.destroy();
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
  }

  #numbers(label: string, values: Float32Array): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const buffer = this.#buffer(label, values.byteLength, usage);
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
    // Copied at once: the loss of the device may unmap it at any moment.
    const copied = landing.mapAsync(GPUMapMode.READ, 0, bytes).then(() => {
      const copy = landing.getMappedRange(0, bytes).slice(0);
      landing.unmap();
      return copy;
    });
    return this.gpu.wait(copied);
  }

  #landing(label: string, bytes: number): GPUBuffer {
    return this.#buffer(label, bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  /** All results of the latest flight. */
  async #results(bytes: number): Promise<ArrayBuffer> {
    const landing = await this.gpu.guarded("Reading results", () => {
      const target = this.#landing("all results", bytes);
      const encoder = this.gpu.device.createCommandEncoder();
      const results = this.#buffers.get("results") as GPUBuffer;
      encoder.copyBufferToBuffer(results, 0, target, 0, bytes);
      this.gpu.device.queue.submit([encoder.finish()]);
      return target;
    });
    return this.#bring(landing, bytes);
  }
}
