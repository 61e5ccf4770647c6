import type { GridAxis } from "./engine.js";
import type { GpuAdapter } from "./gpu-engines.js";
import type { TablesOptions } from "./tables-for.js";

export interface EngineOptions extends TablesOptions {
  /** Worker threads of the CPU engine; default: every core. */
  readonly threads?: number | undefined;
  /** What a GPU engine is to run on; default: a GPU, else the best software adapter. */
  readonly adapter?: GpuAdapter | undefined;
  /** The grid that is to be profiled: tables are made for it. Absent: points are evaluated exactly. */
  readonly axes?: readonly GridAxis[] | undefined;
  /** How many points there will be, for `auto` to weigh start-up against speed; default: very many. */
  readonly points?: number | undefined;
  /** Told what `auto` and `webgpu` took, and why; and why there are no tables. */
  readonly onChoice?: ((reason: string) => void) | undefined;
}
