import { createGpujsEngine, type GpujsEngine } from "../../../gpujs/engine.js";
import type { Opened, Order } from "../protocol.js";
import { webglFacts } from "./webgl.js";

/** The gpu.js engine on the page's WebGL 2, if there is a problem for it. */
export async function openGpujs(order: Order): Promise<{ engine?: GpujsEngine; opened: Opened }> {
  const { adapter, limits } = webglFacts(order);
  const { problem } = order;
  const engine = problem && createGpujsEngine(problem, "webgl2", adapter.description);
  const device = engine?.device ?? adapter.description;
  const opened = { adapter, limits, features: [], notes: [], device, mode: "counts" };
  return engine ? { engine, opened } : { opened };
}
