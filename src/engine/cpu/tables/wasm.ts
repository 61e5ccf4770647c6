import { instantiateKernel, type KernelMemory } from "../../../numerics/wasm.js";

/** What `kernels/tables/` exports. */
export interface TablesKernel extends KernelMemory {
  /** Reads where everything lies, a list of i32. */
  prepare(at: number): void;
  /** Reduces all states walked with the first lanes. */
  run(lanes: number): void;
  /** χ² of one state with the lanes of a block of eight. */
  sample(block: number, state: number): void;
  /** χ² of so many times eight points in no order. */
  scatter(count: number): void;
}

/** A kernel with a memory of its own. @throws EnvironmentError where it has not been built */
export function tablesKernel(): TablesKernel {
  return instantiateKernel("engine/cpu/tables/tables.wasm");
}
