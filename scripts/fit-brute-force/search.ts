import { lineValues } from "./line.js";
import type { Objective } from "./objective.js";
import { type Found, simplex } from "./simplex.js";
import { gridStarts, randomStart } from "./starts.js";

/** Searches over some of the free parameters, the others held, by sampling, lines and simplices: no derivative. */
export class Search {
  /** Evaluations of the screen and exact ones. */
  screened = 0;
  exact = 0;

  constructor(
    readonly objective: Objective,
    readonly random: () => number,
  ) {}

  screen = (point: Float64Array): number => {
    this.screened++;
    return this.objective.screen(point);
  };

  truth = (point: Float64Array): number => {
    this.exact++;
    return this.objective.exact(point);
  };

  /**
   * The lowest point found from these starts, from a grid and from random ones.
   * @param moving the free parameters that are minimised over
   * @param held values of all, of which those not moving stay
   * @param effort random starts
   */
  lowest(
    moving: readonly number[],
    held: Float64Array,
    starts: readonly Float64Array[],
    effort: number,
  ): Found {
    return this.candidates(moving, held, starts, effort)[0];
  }

  /** The same with every other valley that was met, lowest first. */
  candidates(
    moving: readonly number[],
    held: Float64Array,
    starts: readonly Float64Array[],
    effort: number,
  ): Found[] {
    const put = (point: Float64Array) => {
      const placed = held.slice();
      for (const k of moving) placed[k] = point[k];
      return { point: placed, value: this.screen(placed) };
    };
    if (moving.length === 0) return [put(held)];
    const rough = [
      ...(effort > 0 ? gridStarts(this, moving, held) : []),
      ...Array.from({ length: effort }, () =>
        this.#lines(moving, put(randomStart(this, moving, held)), 2),
      ),
    ].sort((a, b) => a.value - b.value);
    const distinct: Found[] = [];
    for (const found of rough) {
      if (distinct.length >= 4 + effort / 4) break;
      if (!distinct.some((other) => this.#near(other, found, moving, 0.02))) distinct.push(found);
    }
    const all = [...starts.map(put), ...distinct].map((start) => this.descend(moving, start));
    return all.sort((a, b) => a.value - b.value);
  }

  /** Simplex, then whole lines along every coordinate, until nothing is gained. */
  descend(moving: readonly number[], start: Found): Found {
    let best = start;
    for (let round = 0; round < 4; round++) {
      const before = best.value;
      best = this.#simplex(moving, best, this.screen, 1, 1e-7, 250 * moving.length);
      best = this.#lines(moving, best, 1);
      if (before - best.value < 1e-5) break;
    }
    return best;
  }

  /** The exact minimum beside a point: a small simplex. */
  polish(moving: readonly number[], point: Float64Array): Found {
    const start = { point, value: this.truth(point) };
    const limit = this.objective.patience * moving.length;
    return this.#simplex(moving, start, this.truth, 0.05, 2e-6, limit);
  }

  #simplex(
    moving: readonly number[],
    start: Found,
    f: (point: Float64Array) => number,
    rise: number,
    tolerance: number,
    limit: number,
  ): Found {
    const steps = new Float64Array(start.point.length);
    for (const k of moving) steps[k] = this.#step(start.point, k, rise);
    return simplex(f, start, moving, steps, this.objective.box, tolerance, limit);
  }

  /** A step along a coordinate that changes the screen's χ² by about `rise`. */
  #step(point: Float64Array, k: number, rise: number): number {
    const [lower, upper] = this.objective.box[k];
    const value = this.screen(point);
    const moved = point.slice();
    let step = (upper - lower) / 4;
    for (let i = 0; i < 40; i++) {
      const sign = point[k] + step > upper ? -1 : 1;
      moved[k] = Math.max(point[k] + sign * step, lower);
      if (Math.abs(this.screen(moved) - value) < rise) break;
      step *= 0.6;
    }
    return step;
  }

  /** The best of whole lines, one coordinate after the other. */
  #lines(moving: readonly number[], start: Found, cycles: number): Found {
    let best = start;
    for (let cycle = 0; cycle < cycles; cycle++) {
      const before = best.value;
      for (const k of moving) best = this.line(k, best);
      if (before - best.value < 1e-3) break;
    }
    return best;
  }

  /** The lowest point of a whole line along one coordinate; the start where nothing is lower. */
  line(k: number, start: Found): Found {
    const { box, indices, nuclei, whole } = this.objective;
    const values = lineValues(whole(start.point).slice(), indices[k], box[k], nuclei, true);
    const point = start.point.slice();
    const at = (value: number) => {
      point[k] = value;
      return this.screen(point);
    };
    const chi2 = values.map(at);
    const lowest = chi2.indexOf(Math.min(...chi2));
    let [from, to] = [
      values[Math.max(lowest - 1, 0)],
      values[Math.min(lowest + 1, values.length - 1)],
    ];
    let best = { at: values[lowest], value: chi2[lowest] };
    for (let i = 0; i < 10; i++) {
      const side = best.at - from > to - best.at ? from : to;
      const middle = best.at + 0.382 * (side - best.at);
      const value = at(middle);
      if (value < best.value) {
        if (middle < best.at) to = best.at;
        else from = best.at;
        best = { at: middle, value };
      } else if (middle < best.at) from = middle;
      else to = middle;
    }
    if (best.value >= start.value) return start;
    point[k] = best.at;
    return { point, value: best.value };
  }

  #near(a: Found, b: Found, moving: readonly number[], share: number): boolean {
    return moving.every((k) => {
      const [lower, upper] = this.objective.box[k];
      return Math.abs(a.point[k] - b.point[k]) < share * Math.min(upper - lower, 3);
    });
  }
}
