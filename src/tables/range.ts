import type { LikelihoodDescription } from "../likelihood/description.js";
import { chargeModel } from "../model/charges.js";
import { parameterIndex } from "../model/parameters.js";

/** A box of parameters: where χ² is asked for. */
export interface ParameterBox {
  /** Value of every parameter that does not change, [PARAMETERS]. */
  readonly base: Float64Array;
  readonly axes: readonly {
    readonly parameter: string;
    readonly from: number;
    readonly to: number;
  }[];
}

/** The range of the exponent x in a box, [low, high]. */
export function exponentRange({ base, axes }: ParameterBox): readonly [number, number] {
  const axis = axes.find(({ parameter }) => parameter === "exponent_x");
  const held = base[parameterIndex("exponent_x")];
  const ends = axis ? [axis.from, axis.to] : [held, held];
  return [Math.min(...ends), Math.max(...ends)];
}

/**
 * Calls `see` with the squared charges at every corner of a box. Events of a flavour are largest at one
 * of them: squared charges are convex in couplings and sin²θ_W, proportional to scales, and events are
 * sums of exponentials of x.
 */
export function eachCorner(
  { charges }: LikelihoodDescription,
  { base, axes }: ParameterBox,
  see: (q: Float64Array, exponent: number) => void,
): void {
  const model = chargeModel(charges);
  const [point, q] = [base.slice(), new Float64Array(charges.length)];
  const x = parameterIndex("exponent_x");
  for (let corner = 0; corner < 2 ** axes.length; corner++) {
    axes.forEach(({ parameter, from, to }, i) => {
      point[parameterIndex(parameter)] = (corner >> i) & 1 ? to : from;
    });
    model.fill(point, q);
    see(q, point[x]);
  }
}

/** Rounded up to a power of 2^(1/2), so that scans of about the same range share a table. */
export function roundedUp(events: number): number {
  return 2 ** (Math.ceil(2 * Math.log2(Math.max(events, 1)) - 1e-9) / 2);
}
