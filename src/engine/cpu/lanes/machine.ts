import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EnvironmentError } from "../../../errors.js";
import type { Program } from "./program.js";

/** Points that one instruction works on. */
export const LANES = 8;

/** What Node has of WebAssembly, as far as it is used here: its types come with browsers only. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  prepare(code: number, length: number, constants: number, rows: number, scratch: number): void;
  run(
    blocks: number,
    input: number,
    inputs: number,
    output: number,
    first: number,
    outputs: number,
    stride: number,
  ): void;
}

const PAGE = 65536;
const ROW = LANES * Float64Array.BYTES_PER_ELEMENT;
/** Rows of the largest factor that SOLVE needs, for a dozen nuisances. */
const SCRATCH_ROWS = 80;

/** Rows of all points of a run: `row` r starts at r · stride. */
export interface Points {
  readonly values: Float64Array;
  readonly stride: number;
}

/** A program in memory, ready to run on up to `capacity` points at a time. */
export class LanesMachine {
  /** The program's constants, which may be changed between runs. */
  readonly constants: Float64Array;
  readonly input: Points;
  readonly output: Points;
  readonly #kernel: Kernel;

  /** @param first of the rows that are given out, `outputs` of them */
  constructor(
    program: Program,
    readonly inputs: number,
    readonly first: number,
    readonly outputs: number,
    capacity: number,
  ) {
    this.#kernel = instantiate();
    const { memory } = this.#kernel;
    const stride = Math.ceil(capacity / LANES) * LANES;
    // What the module keeps for itself is below its first page's end.
    let end = PAGE;
    const reserve = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / ROW) * ROW;
      return at;
    };
    const code = reserve(program.code.byteLength);
    const constants = reserve(program.constants.byteLength);
    const rows = reserve(program.rows * ROW);
    const scratch = reserve(SCRATCH_ROWS * ROW);
    const input = reserve(inputs * stride * 8);
    const output = reserve(outputs * stride * 8);
    memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
    new Int32Array(memory.buffer, code).set(program.code);
    const floats = (at: number, length: number) => new Float64Array(memory.buffer, at, length);
    this.constants = floats(constants, program.constants.length);
    this.constants.set(program.constants);
    this.input = { values: floats(input, inputs * stride), stride };
    this.output = { values: floats(output, outputs * stride), stride };
    this.#kernel.prepare(code, program.code.length, constants, rows, scratch);
  }

  /**
   * Runs the program for `count` points, the first of them at place `from` of the input rows; their
   * results begin at place 0 of the output rows.
   */
  run(from: number, count: number): void {
    const { input, output, inputs, first, outputs } = this;
    this.#kernel.run(
      Math.ceil(count / LANES),
      input.values.byteOffset + 8 * from,
      inputs,
      output.values.byteOffset,
      first,
      outputs,
      8 * input.stride,
    );
  }
}

let compiled: object | undefined;

function instantiate(): Kernel {
  compiled ??= new WebAssembly.Module(readFileSync(kernelFile()));
  const instance = new WebAssembly.Instance(compiled, {
    env: {
      abort: () => {
        throw new Error("the kernel of the CPU engine stopped");
      },
    },
  });
  return instance.exports as Kernel;
}

/** Built from `kernels/lanes.ts`; also when run from the sources, as the worker is. */
function kernelFile(): URL {
  const beside = new URL("./lanes.wasm", import.meta.url);
  if (existsSync(beside)) return beside;
  const file = new URL("../../../../dist/engine/cpu/lanes/lanes.wasm", import.meta.url);
  if (existsSync(file)) return file;
  const message = `The kernel of the CPU engine is missing: ${fileURLToPath(file)}. Build it with "npm run build" in a checkout, or install nsiscan again.`;
  throw new EnvironmentError("kernel-missing", message, { file: file.href });
}
