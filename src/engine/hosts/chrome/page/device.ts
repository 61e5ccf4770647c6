import { EnvironmentError } from "../../../../errors.js";
import { adapterFacts, type GpuHost, requestDevice } from "../../../webgpu/host.js";
import type { Order } from "../protocol.js";

declare const navigator: { readonly gpu?: GPU };

/** Right after the start, Chrome may say that there is no adapter where there is one. */
const ATTEMPTS = 20;
const PAUSE_MS = 25;

/**
 * The page's adapter. Where a machine has lavapipe too, Chrome's WebGPU still takes SwiftShader.
 * @throws EnvironmentError `no-adapter`
 */
export async function pageAdapter({ adapter: wanted }: Order): Promise<GPUAdapter> {
  const { gpu } = navigator;
  for (let attempt = 0; gpu && attempt < ATTEMPTS; attempt++) {
    const adapter = await gpu.requestAdapter({
      powerPreference: "high-performance",
      forceFallbackAdapter: wanted === "swiftshader",
    });
    if (adapter) {
      const facts = adapterFacts(adapter.info, "Chrome");
      const isWanted = wanted === "hardware" ? !facts.software : wanted !== "lavapipe";
      if (!isWanted) throw noAdapter(wanted, facts.description);
      return adapter;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw noAdapter(wanted, gpu ? "none" : "none, nor any WebGPU");
}

/** The page as a host of the WebGPU engine. */
export async function pageHost(order: Order): Promise<GpuHost> {
  const adapter = await pageAdapter(order);
  const device = await requestDevice(adapter);
  return {
    name: "chrome",
    device,
    adapter: adapterFacts(adapter.info, order.browser),
    shaders: order.shaders,
    wait: (promise) => promise,
    close: async () => device.destroy(),
  };
}

function noAdapter(wanted: string, found: string): EnvironmentError {
  const message = `Chrome gives no WebGPU adapter (asked for: ${wanted}; found: ${found}). Update the GPU's driver and the browser, or allow Chrome's own software adapter with --adapter swiftshader; the engine "cpu" needs none.`;
  return new EnvironmentError("no-adapter", message, { wanted, found });
}
