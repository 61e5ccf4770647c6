import { chargeModel } from "../../model/charges.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import type { EngineProblem } from "../engine.js";

/** The exponent x of points that do not vary it. */
export function exponentOf({ base }: EngineProblem): number {
  return base[parameterIndex("exponent_x")];
}

/** Squared charges of the Standard Model at the problem's exponent. */
export function chargeUnits(problem: EngineProblem): Float64Array {
  const { description } = problem;
  const point = standardModelPoint();
  point[parameterIndex("exponent_x")] = exponentOf(problem);
  const unit = new Float64Array(description.charges.length);
  chargeModel(description.charges).fill(point, unit);
  return unit;
}
