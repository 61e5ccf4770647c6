import { GPU, type IKernelRunShortcut, Input } from "gpu.js";
import type { CountRows } from "../../likelihood/count-rows.js";

/** How gpu.js is to work: on WebGL 2, or, where there is none, in plain JavaScript. */
export const GPUJS_MODES = ["webgl2", "cpu"] as const;
export type GpujsMode = (typeof GPUJS_MODES)[number];

/**
 * One row of event counts per invocation: Σ_c matrix[row, c] q[point, c], float32. As text, because
 * gpu.js translates it to GLSL, and what a bundler makes of a function may be beyond it.
 */
const KERNEL = `function (charges, matrix) {
  let sum = 0;
  for (let c = 0; c < this.constants.columns; c++) {
    sum += matrix[this.thread.x][c] * charges[this.thread.y][c];
  }
  return sum;
}`;

/** Event counts of batches of points by gpu.js. */
export class GpujsCounter {
  readonly #gpu: GPU;
  readonly #kernel: IKernelRunShortcut;
  readonly #matrix: Input;

  /** @param points of every batch: the size of the output, which is compiled in */
  constructor(
    readonly counts: CountRows,
    readonly points: number,
    mode: GpujsMode,
  ) {
    const { rows, columns, matrix } = counts;
    this.#gpu = new GPU({ mode });
    this.#kernel = this.#gpu.createKernel(KERNEL, {
      output: [rows, points],
      constants: { columns },
      precision: "single",
    });
    this.#matrix = table(Float32Array.from(matrix), [columns, rows]);
  }

  /** @param charges [points × columns] @returns by point, [rows] */
  count(charges: Float32Array): readonly Float32Array[] {
    const { columns } = this.counts;
    const batch = table(charges, [columns, this.points]);
    return this.#kernel(batch, this.#matrix) as Float32Array[];
  }

  close(): void {
    void this.#gpu.destroy();
  }
}

/** A table in row order; the library takes typed arrays too, though its types do not say so. */
function table(values: Float32Array, size: [number, number]): Input {
  return new Input(values as unknown as number[], size);
}
