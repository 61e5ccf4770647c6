/** Strengths m of a flavour, in units of the Standard Model's, enter tables as asinh √m: dense near 0, and far. */
export const coordinate = (m: number) => (m > 0 ? Math.log(Math.sqrt(m) + Math.sqrt(m + 1)) : 0);
/** Beyond this (m = 740) a table ends; χ² is continued with a slope, so that searches turn round. */
const LARGEST = 4;

/** A function of two coordinates from 0 to {@link LARGEST} between equally spaced nodes, by cubics. */
export class Table {
  readonly values: Float64Array;
  readonly #step: number;

  constructor(
    readonly nodes: number,
    fill: (me: number, mmu: number) => number,
  ) {
    this.#step = LARGEST / (nodes - 1);
    const strengths = Array.from({ length: nodes }, (_, i) => Math.sinh(i * this.#step) ** 2);
    this.values = new Float64Array(nodes * nodes);
    strengths.forEach((me, i) => {
      strengths.forEach((mmu, j) => {
        const value = fill(me, mmu);
        this.values[i * nodes + j] = Number.isFinite(value) ? value : 1e6;
      });
    });
  }

  at(we: number, wmu: number): number {
    const { nodes, values } = this;
    const beyond = Math.max(we - LARGEST, 0) + Math.max(wmu - LARGEST, 0);
    const te = Math.min(we, LARGEST) / this.#step;
    const tmu = Math.min(wmu, LARGEST) / this.#step;
    const i = Math.min(Math.max(Math.floor(te) - 1, 0), nodes - 4);
    const j = Math.min(Math.max(Math.floor(tmu) - 1, 0), nodes - 4);
    const a = te - i;
    const b = tmu - j;
    const b0 = -((b - 1) * (b - 2) * (b - 3)) / 6;
    const b1 = (b * (b - 2) * (b - 3)) / 2;
    const b2 = -(b * (b - 1) * (b - 3)) / 2;
    const b3 = (b * (b - 1) * (b - 2)) / 6;
    const row = (k: number) => {
      const at = (i + k) * nodes + j;
      return b0 * values[at] + b1 * values[at + 1] + b2 * values[at + 2] + b3 * values[at + 3];
    };
    const a0 = -((a - 1) * (a - 2) * (a - 3)) / 6;
    const a1 = (a * (a - 2) * (a - 3)) / 2;
    const a2 = -(a * (a - 1) * (a - 3)) / 2;
    const a3 = (a * (a - 1) * (a - 2)) / 6;
    return a0 * row(0) + a1 * row(1) + a2 * row(2) + a3 * row(3) + 10 * beyond;
  }
}
