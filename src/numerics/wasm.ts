import { EnvironmentError } from "../errors.js";

/** What Node has of WebAssembly, as far as it is used here: its types come with browsers only. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

/** What every kernel exports besides its functions. */
export interface KernelMemory {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

const PAGE = 65536;
const compiled = new Map<string, object>();

/** Gives a kernel to a browser's page, which cannot read it. */
export function provideKernel(path: string, bytes: Uint8Array): void {
  if (!compiled.has(path)) compiled.set(path, new WebAssembly.Module(bytes));
}

/**
 * A kernel as it was built. Also when run from the sources.
 * @throws EnvironmentError where it was not built
 */
export function readKernel(path: string): Uint8Array {
  // Not imported, as pages load this module too.
  const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
  const places = [`../${path}`, `../../dist/${path}`].map((one) => new URL(one, import.meta.url));
  const file = places.find((one) => existsSync(one));
  if (file) return new Uint8Array(readFileSync(file));
  const message = `A kernel is missing: ${places[1].pathname}. Build it with "npm run build" in a checkout, or install nsiscan again.`;
  throw new EnvironmentError("kernel-missing", message, { file: places[1].href });
}

/**
 * A new instance of a kernel, with memory of its own.
 * @param path of the module in `dist/`, where `npm run build` puts it
 * @throws EnvironmentError where it was not built
 */
export function instantiateKernel<K extends KernelMemory>(path: string): K {
  let module = compiled.get(path);
  if (!module) {
    module = new WebAssembly.Module(readKernel(path));
    compiled.set(path, module);
  }
  const abort = () => {
    throw new Error(`the kernel ${path} stopped`);
  };
  return new WebAssembly.Instance(module, { env: { abort } }).exports as K;
}

/** Gives out memory of a kernel, of a size that is known in advance. */
export class KernelHeap {
  readonly #memory: KernelMemory["memory"];
  #end = PAGE; // what the module keeps for itself is below its first page's end

  /** @param floats how many float64 will be asked for, each piece rounded up to an even number */
  constructor({ memory }: KernelMemory, floats: number) {
    this.#memory = memory;
    memory.grow(Math.ceil((8 * floats) / PAGE));
  }

  /** A piece that begins at a multiple of 16 bytes. */
  floats(length: number): Float64Array {
    const piece = new Float64Array(this.#memory.buffer, this.#end, length);
    this.#end += 8 * even(length);
    return piece;
  }
}

/** The least even number that is not smaller. */
export function even(length: number): number {
  return length + (length % 2);
}
