import { provideKernel } from "../../../../numerics/wasm.js";
import type { Engine, FlatRange, GridAxis, PointSource } from "../../../engine.js";
import type { TileReduction } from "../../../profiles.js";
import { createWebGpuEngine } from "../../../webgpu/engine.js";
import type { Gauge } from "../../../webgpu/gauge.js";
import { adapterFacts } from "../../../webgpu/host.js";
import type { WebGpuMode } from "../../../webgpu/modes.js";
import type { Opened, Order } from "../protocol.js";
import { pageAdapter, pageHost } from "./device.js";

type PageEngine = Engine & { counts(points: PointSource): Promise<Float32Array> };

/** What Node may call in the page. */
export class PageService {
  /** For the browser's console, and for tests that pull it away: the device at work. */
  device: GPUDevice | undefined;
  #engine: PageEngine | undefined;
  #gauge: Gauge | undefined;

  /** @param lose told when the device is lost, with the reason */
  constructor(private readonly lose: (reason: string) => void) {}

  /** Looks for the adapter, and makes the engine if there is a problem for it. */
  async open(order: Order): Promise<Opened> {
    for (const [path, bytes] of Object.entries(order.kernels)) provideKernel(path, bytes);
    return order.engine === "webgpu" ? this.#openWebGpu(order) : this.#openGpujs(order);
  }

  async evaluate(points: PointSource): Promise<Float64Array> {
    return this.#ready().evaluate(points);
  }

  async counts(points: PointSource): Promise<Float32Array> {
    return this.#ready().counts(points);
  }

  async reduce(axes: readonly GridAxis[], range: FlatRange): Promise<TileReduction> {
    return this.#ready().reduce(axes, range);
  }

  async gauge<What extends keyof Gauge>(what: What, ...args: Parameters<Gauge[What]>) {
    const gauge = this.#gauge as Record<What, (...args: unknown[]) => Promise<number | undefined>>;
    return gauge[what](...args);
  }

  #ready(): PageEngine {
    if (!this.#engine) throw new Error("the page has no engine yet");
    return this.#engine;
  }

  async #openWebGpu(order: Order): Promise<Opened> {
    if (!order.problem) {
      const adapter = await pageAdapter(order);
      const facts = adapterFacts(adapter.info, order.browser);
      const limits = limitsOf(adapter.limits);
      const features = [...adapter.features].sort();
      return { adapter: facts, limits, features, device: facts.description, mode: "", notes: [] };
    }
    const host = await pageHost(order);
    const { device } = host;
    void device.lost.then(({ reason, message }) => this.lose(message || reason));
    this.device = device;
    const mode = order.mode as WebGpuMode | undefined;
    const engine = await createWebGpuEngine(order.problem, host, {
      ...(mode !== undefined && { mode }),
      ...(order.tables && { tables: order.tables }),
      ...(order.timed && { timed: true }),
      ...(order.halvings !== undefined && { halvings: order.halvings }),
    });
    this.#engine = engine;
    this.#gauge = engine.gauge;
    return {
      adapter: host.adapter,
      limits: limitsOf(device.limits),
      features: [...device.features].sort(),
      device: engine.device,
      mode: engine.mode,
      notes: engine.notes,
    };
  }

  async #openGpujs(order: Order): Promise<Opened> {
    // A library of its own, needed by this engine only.
    const { openGpujs } = await import("./gpujs.js");
    const { engine, opened } = await openGpujs(order);
    this.#engine = engine;
    return opened;
  }
}

/** Limits are getters of a prototype, which neither spreads nor serialises. */
function limitsOf(limits: GPUSupportedLimits): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name in limits) {
    const value = limits[name as keyof GPUSupportedLimits];
    if (typeof value === "number") found[name] = value;
  }
  return found;
}
