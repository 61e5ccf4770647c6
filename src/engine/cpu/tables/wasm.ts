import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EnvironmentError } from "../../../errors.js";

/** What Node has of WebAssembly, as far as it is used here: its types come with browsers only. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

/** What `kernels/tables/` exports. */
export interface TablesKernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** Reads where everything lies, a list of i32. */
  prepare(at: number): void;
  /** Reduces all states walked with the first lanes. */
  run(lanes: number): void;
  /** χ² of one state with the lanes of a block of eight. */
  sample(block: number, state: number): void;
  /** χ² of so many times eight points in no order. */
  scatter(count: number): void;
}

let compiled: object | undefined;

/** A kernel with a memory of its own. @throws EnvironmentError where it has not been built */
export function tablesKernel(): TablesKernel {
  compiled ??= new WebAssembly.Module(readFileSync(kernelFile()));
  const abort = () => {
    throw new Error("the kernel of profile tables stopped");
  };
  return new WebAssembly.Instance(compiled, { env: { abort } }).exports as TablesKernel;
}

/** Built from `kernels/tables/`; also when run from the sources, as the worker is. */
function kernelFile(): URL {
  const beside = new URL("./tables.wasm", import.meta.url);
  if (existsSync(beside)) return beside;
  const file = new URL("../../../../dist/engine/cpu/tables/tables.wasm", import.meta.url);
  if (existsSync(file)) return file;
  const message = `The kernel of profile tables is missing: ${fileURLToPath(file)}. Build it with "npm run build" in a checkout, or install nsiscan again.`;
  throw new EnvironmentError("kernel-missing", message, { file: file.href });
}
