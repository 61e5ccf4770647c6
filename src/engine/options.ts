import type { GpuAdapter } from "./gpu-engines.js";

export interface EngineOptions {
  /** Worker threads of the CPU engine; default: every core. */
  readonly threads?: number | undefined;
  /** What a GPU engine is to run on; default: a GPU, else the best software adapter. */
  readonly adapter?: GpuAdapter | undefined;
  /** How many points there will be, for `auto` to weigh start-up against speed; default: very many. */
  readonly points?: number | undefined;
  /** Told what `auto` and `webgpu` took, and why. */
  readonly onChoice?: ((reason: string) => void) | undefined;
}
