import { PARAMETERS, parameterIndex } from "../model/parameters.js";
import type { Box } from "../numerics/finite-differences.js";
import type { FreeParameter } from "./free-parameter.js";

/** Steps of natural size from end to end of the range that a parameter is searched in. */
const STEPS = 30;

/** Free parameters as variables of unit scale in a box, and the parameter vectors that they stand for. */
export class FreeSpace {
  /** Of the free parameters, in parameter vectors. */
  readonly indices: readonly number[];
  readonly box: Box;
  readonly #scale: readonly number[];

  /** @param at the parameters that are not free, [PARAMETERS] */
  constructor(
    readonly at: Float64Array,
    readonly free: readonly FreeParameter[],
  ) {
    this.indices = free.map(({ name }) => parameterIndex(name));
    this.#scale = this.indices.map((index) => {
      const [from, to] = PARAMETERS[index].searched;
      return (to - from) / STEPS;
    });
    const bound = (side: "lower" | "upper") =>
      Float64Array.from(free, (parameter, i) => parameter[side] / this.#scale[i]);
    this.box = { lower: bound("lower"), upper: bound("upper") };
  }

  get size(): number {
    return this.free.length;
  }

  /** Step of natural size of a free parameter. */
  step(name: string): number {
    return this.#scale[this.free.findIndex((parameter) => parameter.name === name)];
  }

  /** The parameter vector of a point, exactly on a bound where the point is. */
  parameters(point: Float64Array): Float64Array {
    const { free, box } = this;
    const parameters = this.at.slice();
    this.indices.forEach((index, i) => {
      const inside = Math.min(Math.max(point[i] * this.#scale[i], free[i].lower), free[i].upper);
      const onLower = point[i] <= box.lower[i];
      parameters[index] = onLower
        ? free[i].lower
        : point[i] >= box.upper[i]
          ? free[i].upper
          : inside;
    });
    return parameters;
  }

  /** The point nearest to a parameter vector. */
  point(parameters: Float64Array): Float64Array {
    const { lower, upper } = this.box;
    return Float64Array.from(this.indices, (index, i) =>
      Math.min(Math.max(parameters[index] / this.#scale[i], lower[i]), upper[i]),
    );
  }

  /** Derivatives by the variables, from those by the parameters, [PARAMETERS]. */
  slopes(gradient: Float64Array): Float64Array {
    return Float64Array.from(this.indices, (index, i) => gradient[index] * this.#scale[i]);
  }

  /** The same parameters but one, which is held. */
  without(name: string, value: number): FreeSpace {
    const at = this.at.slice();
    at[parameterIndex(name)] = value;
    return new FreeSpace(
      at,
      this.free.filter((parameter) => parameter.name !== name),
    );
  }
}
