import type { CountsProfiler } from "../counted.js";
import type { EngineProblem } from "../engine.js";

/** What an adapter says of itself. */
export interface AdapterFacts {
  /** For people, e.g. `llvmpipe (software), Mesa 25.0.7, through Dawn`. */
  readonly description: string;
  readonly vendor: string;
  readonly architecture: string;
  /** A CPU that plays a GPU (lavapipe, SwiftShader, WARP). */
  readonly software: boolean;
}

/**
 * What obtains a device and keeps it alive. The engine takes any device from any host; nothing in
 * this folder knows Node or a browser.
 */
export interface GpuHost {
  readonly name: string;
  readonly device: GPUDevice;
  readonly adapter: AdapterFacts;
  /** WGSL text by path below `shaders/`, e.g. `charges.wgsl`. */
  readonly shaders: Readonly<Record<string, string>>;
  /** How long to wait for the device's work before it counts as hung, ms; default: a minute or more. */
  readonly patience?: number;
  /** What profiles event counts on all cores; absent where one thread is all there is. */
  profiler?(problem: EngineProblem): CountsProfiler;
  /** Waits for the device's work in the way that suits the host. */
  wait<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Reads what an adapter says of itself. @param through names the implementation, e.g. `Dawn` */
export function adapterFacts(info: GPUAdapterInfo, through: string): AdapterFacts {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  const words = [description, device, architecture].join(" ");
  const software =
    isFallbackAdapter || /llvmpipe|lavapipe|swiftshader|software|basic render/i.test(words);
  const name = description || [vendor, architecture, device].filter(Boolean).join(" ");
  const kind = software ? "software adapter" : "GPU";
  return {
    description: `${name || "unnamed adapter"} (${kind}), through ${through}`,
    vendor,
    architecture,
    software,
  };
}

/** Limits an engine asks for beyond the default ones, as far as the adapter has them. */
const WANTED = [
  "maxStorageBufferBindingSize",
  "maxBufferSize",
  "maxUniformBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
] as const;

/** The device of an adapter with its largest buffers, and timestamps where it has them. */
export function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const requiredLimits: Record<string, number> = {};
  for (const limit of WANTED) requiredLimits[limit] = adapter.limits[limit];
  const timestamps = adapter.features.has("timestamp-query");
  return adapter.requestDevice({
    requiredLimits,
    requiredFeatures: timestamps ? ["timestamp-query"] : [],
  });
}
