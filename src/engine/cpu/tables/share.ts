import type { ProfileTable, TableAxis, TabulatedLikelihood } from "../../../tables/table.js";

/** The same tables in memory that worker threads share. */
export function shareTables(likelihood: TabulatedLikelihood): TabulatedLikelihood {
  return { ...likelihood, tables: likelihood.tables.map(shareTable) };
}

function shareTable(table: ProfileTable): ProfileTable {
  const [e, mu] = table.axes;
  const exponents = shared(table.exponents);
  const coefficients = shared(table.coefficients);
  return { ...table, axes: [shareAxis(e), shareAxis(mu)], exponents, coefficients };
}

function shareAxis(axis: TableAxis): TableAxis {
  const { events, shares, knots } = axis;
  return { ...axis, events: shared(events), shares: shared(shares), knots: shared(knots) };
}

function shared(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
