import { type ChargeModel, chargeModel } from "../../../model/charges.js";
import { parameterIndex } from "../../../model/parameters.js";
import type { EngineProblem, GridAxis } from "../../engine.js";
import { axisValue, pointWriter } from "../../points.js";
import { writeRunSums } from "./components.js";
import { LANES, LanesMachine, type Points } from "./machine.js";
import type { LanesPlan } from "./plan.js";

/** Carries out a plan, run by run, in one thread. */
export class LanesRunner {
  /** χ² of the latest run's points: a row for each combination. */
  readonly output: Points;
  readonly #machine: LanesMachine;
  readonly #charges: ChargeModel;
  readonly #parameters: Float64Array;
  readonly #writePoint: (i: number, parameters: Float64Array) => void;
  readonly #last: GridAxis;
  readonly #lastIndex: number;
  /** Squared charges at both ends and in the middle of a run. */
  readonly #low: Float64Array;
  readonly #middle: Float64Array;
  readonly #high: Float64Array;
  #row = -1;

  constructor(
    problem: EngineProblem,
    axes: readonly GridAxis[],
    readonly plan: LanesPlan,
  ) {
    const size = problem.description.charges.length;
    this.#last = axes[axes.length - 1];
    this.#lastIndex = parameterIndex(this.#last.parameter);
    // A run that begins anywhere reads eight points at a time, past the axis's end.
    const capacity = this.#last.points + LANES;
    const inputs = plan.isQuadratic ? 1 : size;
    const outputs = problem.combinations.length + 1;
    this.#machine = new LanesMachine(plan.program, inputs, plan.first, outputs, capacity);
    this.output = this.#machine.output;
    this.#charges = chargeModel(problem.description.charges);
    this.#parameters = Float64Array.from(problem.base);
    this.#writePoint = pointWriter({ kind: "grid", axes, start: 0, count: 0 });
    this.#low = new Float64Array(size);
    this.#middle = new Float64Array(size);
    this.#high = new Float64Array(size);
    if (plan.isQuadratic) this.#placeInputs();
  }

  /** The places of the last axis's values, −1 at its first and +1 at its last. */
  #placeInputs(): void {
    const { values } = this.#machine.input;
    const { from, to, points } = this.#last;
    for (let j = 0; j < values.length; j++) {
      const value = axisValue(this.#last, Math.min(j, points - 1));
      values[j] = to === from ? 0 : (2 * value - from - to) / (to - from);
    }
  }

  /**
   * Computes the points `first` ≤ j < `first` + `count` of a row (the flat index over all axes but the
   * last). @returns whether all are fine; else {@link isFine} tells which
   */
  run(row: number, first: number, count: number): boolean {
    if (row !== this.#row || !this.plan.isQuadratic) this.#enter(row, first, count);
    this.#row = row;
    this.#machine.run(this.plan.isQuadratic ? first : 0, count);
    const { values, stride } = this.output;
    let sum = 0;
    for (let j = 0, at = this.#check * stride; j < count; j++) sum += values[at + j];
    return Number.isFinite(sum);
  }

  /** Whether point j of the latest run, counted from its first, has a χ² that holds. */
  isFine(j: number): boolean {
    return Number.isFinite(this.output.values[this.#check * this.output.stride + j]);
  }

  get #check(): number {
    return this.#machine.outputs - 1;
  }

  #enter(row: number, first: number, count: number): void {
    const { constants } = this.#machine;
    const { plan } = this;
    const { from, to, points } = this.#last;
    this.#writePoint(row * points, this.#parameters);
    if (!plan.isQuadratic) this.#fillCharges(first, count);
    this.#chargesAt(from, this.#low);
    writeRunSums(plan.runSums, this.#low, constants);
    if (!plan.isQuadratic) return;
    this.#chargesAt((from + to) / 2, this.#middle);
    this.#chargesAt(to, this.#high);
    for (let c = 0; c < this.#low.length; c++) {
      const [low, middle, high] = [this.#low[c], this.#middle[c], this.#high[c]];
      constants[plan.base.at + c] = middle;
      constants[plan.table.at + 2 * c] = (high - low) / 2;
      constants[plan.table.at + 2 * c + 1] = (high + low) / 2 - middle;
    }
  }

  #chargesAt(value: number, out: Float64Array): void {
    this.#parameters[this.#lastIndex] = value;
    this.#charges.fill(this.#parameters, out);
  }

  /** Charges of each point, where they are no polynomials. */
  #fillCharges(first: number, count: number): void {
    const { values, stride } = this.#machine.input;
    for (let j = 0; j < count; j++) {
      this.#chargesAt(axisValue(this.#last, first + j), this.#middle);
      for (let c = 0; c < this.#middle.length; c++) values[c * stride + j] = this.#middle[c];
    }
  }
}
