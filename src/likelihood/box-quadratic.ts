import { choleskyFactor, choleskySolve } from "../numerics/linear-algebra.js";

/** Minimises g·p + ½ pᵀHp within lower ≤ p ≤ upper (which contain 0) by a primal active set. */
export class BoxQuadratic {
  private readonly factor: Float64Array;
  private readonly step: Float64Array;
  private readonly free: Int32Array;
  private readonly isFree: Uint8Array;

  constructor(private readonly n: number) {
    this.factor = new Float64Array(n * n);
    this.step = new Float64Array(n);
    this.free = new Int32Array(n);
    this.isFree = new Uint8Array(n);
  }

  /**
   * @param h positive semidefinite, [n × n]
   * @param p receives the minimum, [n]
   * @returns false if `h` is indefinite
   */
  solve(
    h: Float64Array,
    g: Float64Array,
    lower: Float64Array,
    upper: Float64Array,
    p: Float64Array,
  ): boolean {
    const { n, factor } = this;
    factor.set(h);
    for (let i = 0; i < n; i++) p[i] = -g[i];
    if (!choleskyFactor(factor, n)) return false;
    choleskySolve(factor, n, p);
    for (let i = 0; i < n; i++) {
      if (!(p[i] >= lower[i] && p[i] <= upper[i])) return this.activeSet(h, g, lower, upper, p);
    }
    return true;
  }

  private activeSet(
    h: Float64Array,
    g: Float64Array,
    lower: Float64Array,
    upper: Float64Array,
    p: Float64Array,
  ): boolean {
    const { n, factor, step, free, isFree } = this;
    p.fill(0);
    isFree.fill(1);
    for (let round = 0; round < 20 + 10 * n; round++) {
      let size = 0;
      for (let i = 0; i < n; i++) if (isFree[i]) free[size++] = i;
      for (let a = 0; a < size; a++) {
        step[a] = -slopeAt(h, g, p, free[a]);
        for (let b = 0; b <= a; b++) factor[a * size + b] = h[free[a] * n + free[b]];
      }
      if (!choleskyFactor(factor, size)) return false;
      choleskySolve(factor, size, step);

      let reach = 1;
      let blocking = -1;
      for (let a = 0; a < size; a++) {
        const i = free[a];
        const room = step[a] < 0 ? lower[i] - p[i] : upper[i] - p[i];
        if (Math.abs(step[a]) * reach > Math.abs(room)) {
          reach = room / step[a];
          blocking = a;
        }
      }
      for (let a = 0; a < size; a++) p[free[a]] += reach * step[a];
      if (blocking >= 0) {
        const i = free[blocking];
        p[i] = step[blocking] < 0 ? lower[i] : upper[i];
        isFree[i] = 0;
        continue;
      }

      // On the minimum of this face: let go of the bound that pulls inwards the most, if any.
      let strongest = 0;
      let release = -1;
      for (let i = 0; i < n; i++) {
        if (isFree[i]) continue;
        const slope = slopeAt(h, g, p, i);
        const inwards = p[i] === lower[i] ? -slope : slope;
        if (lower[i] < upper[i] && inwards > strongest + 1e-12 * Math.abs(g[i])) {
          strongest = inwards;
          release = i;
        }
      }
      if (release < 0) return true;
      isFree[release] = 1;
    }
    return true;
  }
}

/** Component i of g + H p. */
function slopeAt(h: Float64Array, g: Float64Array, p: Float64Array, i: number): number {
  const n = p.length;
  let slope = g[i];
  for (let k = 0; k < n; k++) slope += h[i * n + k] * p[k];
  return slope;
}
