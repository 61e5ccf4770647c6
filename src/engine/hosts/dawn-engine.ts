import { InputError, InterruptedError } from "../../errors.js";
import type { TabulatedLikelihood } from "../../tables/table.js";
import type {
  Engine,
  EngineProblem,
  EvaluateOptions,
  FlatRange,
  GridAxis,
  PointSource,
  Route,
} from "../engine.js";
import type { GridProfiles, TileReduction } from "../profiles.js";
import { deviceLoss, type Life, Lives, type Loss } from "../recovery.js";
import { createWebGpuEngine, type WebGpuMode } from "../webgpu/engine.js";
import type { AdapterFacts, GpuHost } from "../webgpu/host.js";
import type { Adapter } from "./adapters.js";
import { openDawn } from "./dawn.js";

/** After a failure, the news of a lost device may still be on its way. */
const LOSS_MS = 200;

export interface DawnOptions {
  readonly adapter?: Adapter;
  readonly mode?: WebGpuMode;
  /** Profile tables of the problem; mode `tables` needs them. */
  readonly tables?: TabulatedLikelihood;
  /** Opens a device, now and whenever one is lost; default: one of the adapter. */
  readonly open?: () => Promise<GpuHost>;
}

export interface DawnEngine extends Engine {
  readonly adapter: AdapterFacts;
  /** How often the device was replaced. */
  readonly restarts: number;
}

interface DawnLife extends Life {
  readonly engine: Engine;
  readonly host: GpuHost;
}

/**
 * The WebGPU engine on devices of Dawn. A device that is lost is replaced by a new one, and the call
 * that it was lost in is run again; where memory does not suffice, with smaller dispatches. One that
 * hangs cannot be replaced: this process holds on to it until it ends, by `process.exit`.
 * @throws EnvironmentError where there is no adapter, or it does not work
 */
export async function createDawnEngine(
  problem: EngineProblem,
  options: DawnOptions = {},
): Promise<DawnEngine> {
  const { adapter = "auto", mode = "auto", tables } = options;
  const open = options.open ?? (() => openDawn({ adapter }));
  const lives = await Lives.begin<DawnLife>({
    what: "device",
    code: "device-lost",
    lossOf,
    async open(halvings) {
      const host = await open();
      try {
        const named = { ...host, name: "webgpu-dawn" };
        const made = { mode, halvings, ...(tables && { tables }) };
        const engine = await createWebGpuEngine(problem, named, made);
        return { engine, host, device: engine.device, close: () => engine.close() };
      } catch (error) {
        if (deviceLoss(error) !== "silent") await host.close();
        throw error;
      }
    },
  });
  return new ReplacedDevices(lives);
}

/** What a lost device gave is worth nothing, be it a number or an error. */
async function lossOf(error: unknown, { host }: DawnLife): Promise<Loss | undefined> {
  const loss = deviceLoss(error);
  if (loss) return loss === "silent" ? undefined : loss;
  if (error instanceof InputError || error instanceof InterruptedError) return undefined;
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), LOSS_MS));
  return Promise.race([host.device.lost.then(() => "lost" as const), late]);
}

class ReplacedDevices implements DawnEngine {
  readonly name: string;
  readonly device: string;
  readonly adapter: AdapterFacts;

  constructor(private readonly lives: Lives<DawnLife>) {
    const { engine, host } = lives.current;
    ({ name: this.name, device: this.device } = engine);
    this.adapter = host.adapter;
  }

  get restarts(): number {
    return this.lives.restarts;
  }

  evaluate(source: PointSource, options?: EvaluateOptions): Promise<Float64Array> {
    return this.#run(options, (engine, own) => engine.evaluate(source, own));
  }

  reduce(
    axes: readonly GridAxis[],
    range: FlatRange,
    options?: EvaluateOptions,
  ): Promise<TileReduction> {
    return this.#run(options, (engine, own) => engine.reduce(axes, range, own));
  }

  profiles(axes: readonly GridAxis[], options?: EvaluateOptions): Promise<GridProfiles> {
    return this.#run(options, (engine, own) => engine.profiles(axes, own));
  }

  route(): Promise<Route> {
    return this.lives.current.engine.route();
  }

  close(): Promise<void> {
    return this.lives.close();
  }

  /** Work on the device that there is; what is done again is not progress. */
  #run<T>(
    { signal, onProgress }: EvaluateOptions = {},
    work: (engine: Engine, options: EvaluateOptions) => Promise<T>,
  ): Promise<T> {
    if (this.lives.isClosed) return Promise.reject(new Error(`the ${this.name} engine is closed`));
    let most = -1;
    const own: EvaluateOptions = {
      ...(signal && { signal }),
      onProgress(done) {
        if (done <= most) return;
        most = done;
        onProgress?.(done);
      },
    };
    return this.lives.run(({ engine }) => work(engine, own));
  }
}
