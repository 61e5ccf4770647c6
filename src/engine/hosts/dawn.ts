import { setImmediate as nextTurn } from "node:timers/promises";
import { EnvironmentError } from "../../errors.js";
import { createCpuEngine } from "../cpu/engine.js";
import { adapterFacts, type GpuHost, requestDevice } from "../webgpu/host.js";
import type { Adapter } from "./adapters.js";
import { userPatience } from "./environment.js";
import { readShaders } from "./shaders.js";
import { useDriver, type VulkanDriver, vulkanDrivers } from "./vulkan.js";

/** How long the thread sleeps between looks at a software adapter, which needs the cores itself. */
const NAP_MS = 2;

/**
 * A device of Dawn, the WebGPU of Chrome, inside this process: a GPU where its driver works, else a
 * software adapter.
 * @throws EnvironmentError `no-adapter` or `no-dawn`, with what was tried and how to get one
 */
export async function openDawn(options: { adapter?: Adapter } = {}): Promise<GpuHost> {
  const wanted = options.adapter ?? "auto";
  const patience = userPatience();
  const { create, globals } = await loadDawn();
  Object.assign(globalThis, globals);
  const tried: string[] = [];
  for (const driver of candidates(wanted)) {
    if (driver) useDriver(driver);
    // Dawn rounds timestamps off to 2¹⁶ ns, lest pages spy with them. There are none here.
    const gpu = create(["disable-dawn-features=timestamp_quantization"]);
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    const name = driver ? driver.name : process.platform;
    if (!adapter) {
      tried.push(`${name}: no adapter`);
      continue;
    }
    const facts = adapterFacts(adapter.info, "Dawn");
    if (facts.software && (name === "hardware" || wanted === "hardware")) {
      tried.push(`${name}: ${facts.description}`);
      continue;
    }
    const opened = host(gpu, await requestDevice(adapter), facts);
    return patience === undefined ? opened : { ...opened, patience };
  }
  throw noAdapter(wanted, tried);
}

/** Drivers to try, in order; `undefined` lets Dawn choose (Metal, Direct3D). */
function candidates(wanted: Adapter): (VulkanDriver | undefined)[] {
  if (process.platform !== "linux")
    return wanted === "auto" || wanted === "hardware" ? [undefined] : [];
  return vulkanDrivers().filter(({ name }) => wanted === "auto" || name === wanted);
}

/**
 * Adapters and devices do not hold on to their instance, and crash the process where they outlive it,
 * lost or closed as they may be.
 */
const instances = new WeakMap<GPUDevice, GPU>();

function host(gpu: GPU, device: GPUDevice, adapter: GpuHost["adapter"]): GpuHost {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  instances.set(device, gpu);
  return {
    name: "dawn",
    device,
    adapter,
    shaders: readShaders(),
    profiler: (problem) => createCpuEngine(problem),
    async wait(promise) {
      if (!adapter.software) return promise;
      let settled = false;
      const settle = () => {
        settled = true;
      };
      promise.then(settle, settle);
      // Dawn polls as fast as it is let; sleeping leaves the core to the adapter's own threads.
      for (await nextTurn(); !settled; await nextTurn()) Atomics.wait(cell, 0, 0, NAP_MS);
      return promise;
    },
    async close() {
      device.destroy();
      await device.lost;
    },
  };
}

async function loadDawn(): Promise<typeof import("webgpu")> {
  try {
    return await import("webgpu");
  } catch (error) {
    const message = `The WebGPU of Node (package "webgpu") does not load on this machine: ${(error as Error).message}. Use the engine "cpu", or a Linux with glibc and libstdc++ of Debian 12 or later.`;
    throw new EnvironmentError("no-dawn", message, { platform: process.platform });
  }
}

function noAdapter(wanted: Adapter, tried: readonly string[]): EnvironmentError {
  const found = tried.length > 0 ? `Tried ${tried.join("; ")}.` : "No Vulkan driver was found.";
  const remedy =
    wanted === "hardware"
      ? "Install the GPU's Vulkan driver (for NVIDIA: the driver package with its Vulkan manifest), or allow a software adapter"
      : "Install the GPU's Vulkan driver, or a software adapter with scripts/install-lavapipe.sh (Debian) or your distribution's Mesa 25 or later";
  const message = `Dawn gives no WebGPU adapter (asked for: ${wanted}). ${found} ${remedy}; the engine "cpu" needs none.`;
  return new EnvironmentError("no-adapter", message, { wanted, tried });
}
