import { EnvironmentError } from "../../errors.js";
import { DeviceClock } from "./clock.js";
import type { GpuHost } from "./host.js";
import { afterAwake } from "./patience.js";
import { type Expanded, expand, type Scope } from "./template.js";

/** How each binding of group 0 is used by every kernel; what a kernel does not read may be anything. */
const BINDINGS = {
  run: 0,
  bins: 1,
  points: 2,
  results: 3,
  status: 4,
  minima: 5,
} as const;

export type BufferRole = keyof typeof BINDINGS;
export type Bindings = Partial<Record<BufferRole, GPUBuffer>>;

/** How much later than its consequences the loss of a device may be announced. */
const GRACE_MS = 2000;

/** Dispatches are made to last 100 ms: a device that takes so long for one will not come back. */
const PATIENCE_MS = 60_000;
/** An adapter in software shares the cores with all else, and compiles before its first dispatch. */
const SOFTWARE_PATIENCE_MS = 300_000;
/** A driver may compile so many times as long. */
const COMPILING = 5;

/** A device with its failures made errors of ours: whatever fails on it ends here, loudly. */
export class Gpu {
  readonly device: GPUDevice;
  /** Adds up the time of every flight; absent where that was not asked for, or the device cannot. */
  readonly clock: DeviceClock | undefined;
  /** Why nothing works any more. */
  #lost: EnvironmentError | undefined;
  /** Whether the device has not come back from its work: what waits for that, as its end does, hangs. */
  isSilent = false;
  readonly #whenLost: Promise<never>;
  #lose: (error: EnvironmentError) => void = () => {};
  readonly #patience: number;

  /** @param isTimed whether the device's own clock is to run along */
  constructor(
    readonly host: GpuHost,
    isTimed = false,
  ) {
    this.device = host.device;
    const hasClock = isTimed && this.device.features.has("timestamp-query");
    this.clock = hasClock ? new DeviceClock() : undefined;
    const { software } = host.adapter;
    this.#patience = host.patience ?? (software ? SOFTWARE_PATIENCE_MS : PATIENCE_MS);
    this.#whenLost = new Promise((_, reject) => {
      this.#lose = (error) => {
        this.#lost ??= error;
        reject(this.#lost);
      };
    });
    this.#whenLost.catch(() => {}); // told to whoever waits
    void this.device.lost.then((info) => this.#lose(lostError(info, host)));
  }

  /**
   * Waits for device work.
   * @param times how many times the usual patience to have
   * @throws EnvironmentError `device-lost` at once when it is, `device-silent` if nothing happens
   */
  async wait<T>(promise: Promise<T>, times = 1): Promise<T> {
    if (this.#lost) throw this.#lost;
    const patience = times * this.#patience;
    const callOff = afterAwake(patience, () => {
      this.isSilent = true;
      this.#lose(silentError(patience, this.host));
    });
    try {
      return await this.host.wait(Promise.race([promise, this.#whenLost]));
    } catch (error) {
      if (error instanceof EnvironmentError) throw error;
      if (isHostMemory(error)) throw error;
      // What a lost device was doing may fail before the loss is announced.
      await Promise.race([this.#whenLost, new Promise((resolve) => setTimeout(resolve, GRACE_MS))]);
      throw refusedError("Waiting for the device", String(error), this.host);
    } finally {
      callOff();
    }
  }

  /**
   * Does GPU work under error scopes.
   * @throws EnvironmentError `gpu-memory` or `gpu-refused`
   */
  async guarded<T>(what: string, work: () => T | Promise<T>): Promise<T> {
    if (this.#lost) throw this.#lost;
    const { device } = this;
    for (const filter of ["internal", "validation", "out-of-memory"] as const) {
      device.pushErrorScope(filter);
    }
    let result: T | undefined;
    let failure: unknown;
    try {
      const made = work();
      // Not awaited unless it must be: scopes of other work would come in between.
      result = made instanceof Promise ? await made : made;
    } catch (error) {
      failure = error;
    }
    const scopes = [device.popErrorScope(), device.popErrorScope(), device.popErrorScope()];
    const [memory, validation, internal] = await this.wait(Promise.all(scopes));
    if (failure instanceof EnvironmentError) throw failure;
    if (memory) throw memoryError(what, memory, this.host);
    const refused = validation ?? internal;
    if (refused) throw refusedError(what, refused.message, this.host);
    if (failure) throw refusedError(what, String((failure as Error).message ?? failure), this.host);
    return result as T;
  }

  /** What an error is to the user: of memory, or what it is anyway. */
  named(error: unknown): unknown {
    return isHostMemory(error) ? memoryError("Reading results", error, this.host) : error;
  }

  buffer(label: string, size: number, usage: GPUBufferUsageFlags): GPUBuffer {
    return this.device.createBuffer({ label, size: Math.max(16, Math.ceil(size / 4) * 4), usage });
  }

  /** A buffer that holds these numbers. */
  upload(label: string, data: Float32Array | Uint32Array, usage: GPUBufferUsageFlags): GPUBuffer {
    const buffer = this.buffer(label, data.byteLength, usage | GPUBufferUsage.COPY_DST);
    this.device.queue.writeBuffer(
      buffer,
      0,
      data.buffer as ArrayBuffer,
      data.byteOffset,
      data.byteLength,
    );
    return buffer;
  }

  /** A layout that every kernel with bins of this kind can use. */
  layout(): GPUBindGroupLayout {
    const types: Record<BufferRole, GPUBufferBindingType> = {
      run: "uniform",
      bins: "read-only-storage",
      points: "read-only-storage",
      results: "storage",
      status: "storage",
      minima: "storage",
    };
    return this.device.createBindGroupLayout({
      entries: Object.entries(BINDINGS).map(([role, binding]) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: types[role as BufferRole] },
      })),
    });
  }

  bindGroup(layout: GPUBindGroupLayout, buffers: Record<BufferRole, GPUBuffer>): GPUBindGroup {
    return this.device.createBindGroup({
      layout,
      entries: Object.entries(BINDINGS).map(([role, binding]) => ({
        binding,
        resource: { buffer: buffers[role as BufferRole] },
      })),
    });
  }

  /**
   * Expands and compiles a shader.
   * @throws EnvironmentError `shader-failed` with file and line of each message
   */
  async pipelines(
    file: string,
    scope: Scope,
    layout: GPUBindGroupLayout,
    entryPoints: readonly string[],
  ): Promise<GPUComputePipeline[]> {
    const expanded = expand(this.host.shaders, file, scope);
    return this.guarded(`Compiling shaders/${file}`, async () => {
      const module = this.device.createShaderModule({ label: file, code: expanded.code });
      const { messages } = await this.wait(module.getCompilationInfo(), COMPILING);
      const errors = messages.filter(({ type }) => type === "error");
      if (errors.length > 0) throw shaderError(file, errors, expanded, this.host);
      const pipelineLayout = this.device.createPipelineLayout({ bindGroupLayouts: [layout] });
      const made = entryPoints.map((entryPoint) =>
        this.device.createComputePipelineAsync({
          label: `${file} ${entryPoint}`,
          layout: pipelineLayout,
          compute: { module, entryPoint },
        }),
      );
      return this.wait(Promise.all(made), COMPILING);
    });
  }
}

const remedy = 'Use another adapter, or the engine "cpu"';

function shaderError(
  file: string,
  errors: readonly GPUCompilationMessage[],
  { origin, code }: Expanded,
  { adapter }: GpuHost,
): EnvironmentError {
  const lines = code.split("\n");
  const places = errors.slice(0, 3).map(({ lineNum, message }) => {
    const from = origin[lineNum - 1] ?? { file, line: lineNum };
    return `shaders/${from.file}:${from.line}: ${message} in "${(lines[lineNum - 1] ?? "").trim()}"`;
  });
  const text = `A shader does not compile on ${adapter.description}: ${places.join("; ")}. ${remedy}, and report this.`;
  return new EnvironmentError("shader-failed", text, { file, messages: places });
}

function lostError({ reason, message }: GPUDeviceLostInfo, { adapter }: GpuHost): EnvironmentError {
  const why = reason === "destroyed" ? "was closed" : `was lost (${message || "no reason given"})`;
  const text = `The device ${adapter.description} ${why} while it was needed. Run again; if it happens again, another program may be using up the GPU, or its driver has reset it: ${remedy.toLowerCase()}.`;
  return new EnvironmentError("device-lost", text, { reason, message });
}

function silentError(patience: number, { adapter }: GpuHost): EnvironmentError {
  const seconds = Math.round(patience / 1000);
  const text = `The device ${adapter.description} has not come back from a dispatch for ${seconds} s, where 0.1 s are usual: its driver hangs, or something else occupies it. See what else runs on it and run again; if that does not help, restart its driver or the machine. Where it is merely slow, NSISCAN_PATIENCE=${10 * seconds} waits ten times as long. ${remedy}.`;
  return new EnvironmentError("device-silent", text, { seconds });
}

/** Whether there was no room for an array. */
function isHostMemory(error: unknown): error is RangeError {
  return error instanceof RangeError && /allocation failed/i.test(error.message);
}

function memoryError(
  what: string,
  error: { message: string },
  { adapter }: GpuHost,
): EnvironmentError {
  const text = `${what} ran out of memory on ${adapter.description}: ${firstLine(error.message)}. Close what else uses the GPU, or scan fewer combinations of data sets. ${remedy}.`;
  return new EnvironmentError("gpu-memory", text, { message: error.message });
}

function refusedError(what: string, message: string, { adapter }: GpuHost): EnvironmentError {
  const text = `${what} failed on ${adapter.description}: ${firstLine(message)}. ${remedy}, and report this.`;
  return new EnvironmentError("gpu-refused", text, { message });
}

/** Without where in the API it came up, and its own full stop. */
const firstLine = (message: string) => message.split("\n")[0].replace(/[.\s]*$/, "");
