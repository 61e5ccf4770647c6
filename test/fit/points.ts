import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";

/** The Standard Model but for these parameters, [PARAMETERS]. */
export function pointAt(values: Readonly<Record<string, number>> = {}): Float64Array {
  const point = standardModelPoint();
  for (const [name, value] of Object.entries(values)) point[parameterIndex(name)] = value;
  return point;
}
