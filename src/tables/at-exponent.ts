import { barycentricWeights, cardinalValues } from "../numerics/interpolation.js";
import type { ProfileTable, TableAxis } from "./table.js";

/** A table at one value of the exponent x; one that has a single node already is for every point. */
export function atExponent(table: ProfileTable, x: number): ProfileTable {
  const { axes, exponents, coefficients } = table;
  if (exponents.length === 1) return table;
  const cardinals = cardinalValues(exponents, barycentricWeights(exponents), x);
  const along = (axis: TableAxis): TableAxis => ({
    ...axis,
    events: combined(axis.events.map(Math.log), cardinals).map(Math.exp),
  });
  return {
    ...table,
    axes: [along(axes[0]), along(axes[1])],
    exponents: Float64Array.of(x),
    coefficients: combined(coefficients, cardinals),
  };
}

/** Σ_i cardinals_i values[i, …]. */
function combined(values: Float64Array, cardinals: Float64Array): Float64Array {
  const size = values.length / cardinals.length;
  const result = new Float64Array(size);
  cardinals.forEach((cardinal, i) => {
    for (let k = 0; k < size; k++) result[k] += cardinal * values[i * size + k];
  });
  return result;
}
