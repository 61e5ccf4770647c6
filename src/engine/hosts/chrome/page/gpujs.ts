import type { Engine } from "../../../engine.js";
import type { Opened, Order } from "../protocol.js";
import { webglFacts } from "./webgl.js";

/** The gpu.js engine on the page's WebGL 2. */
export async function openGpujs(order: Order): Promise<{ engine?: Engine; opened: Opened }> {
  const { adapter, limits } = webglFacts(order);
  const seen = { adapter, limits, features: [], notes: [] };
  return { opened: { ...seen, device: adapter.description, mode: "counts" } };
}
