import { chargeModel } from "../../../src/model/charges.js";
import { parameterIndex } from "../../../src/model/parameters.js";
import { barycentricWeights, cardinalValues } from "../../../src/numerics/interpolation.js";
import type { ProfileTable, SharedScale, TabulatedLikelihood } from "../../../src/tables/table.js";
import { tablesProblem } from "./synthetic.js";

/** A cubic B-spline of degree d at u by the recursion of its definition. */
function basis(knots: readonly number[], i: number, degree: number, u: number): number {
  if (degree === 0) return u >= knots[i] && u < knots[i + 1] ? 1 : 0;
  const left = (u - knots[i]) / (knots[i + degree] - knots[i]);
  const right = (knots[i + degree + 1] - u) / (knots[i + degree + 1] - knots[i + 1]);
  return left * basis(knots, i, degree - 1, u) + right * basis(knots, i + 1, degree - 1, u);
}

/** Weights of all coefficients at u. */
function weightsAt(knots: Float64Array, u: number): number[] {
  const last = knots.length - 1;
  const low = knots[1] - knots[0];
  const high = knots[last] - knots[last - 1];
  const all = [
    ...[3, 2, 1].map((i) => knots[0] - i * low),
    ...knots,
    ...[1, 2, 3].map((i) => knots[last] + i * high),
  ];
  return Array.from({ length: knots.length + 2 }, (_, i) => basis(all, i, 3, u));
}

/** χ² of one table at squared charges, by the formula at the head of its type. */
function tableAt(table: ProfileTable, squared: readonly number[], x: number): number {
  const at =
    table.exponents.length === 1
      ? [1]
      : [...cardinalValues(table.exponents, barycentricWeights(table.exponents), x)];
  const deltas: number[] = [];
  const weights = table.axes.map(({ charges, events, shares, scale, knots }) => {
    const own = charges.map(
      (c, i) =>
        Math.exp(
          at.reduce((sum, w, node) => sum + w * Math.log(events[node * charges.length + i]), 0),
        ) * squared[c],
    );
    const total = own.reduce((a, b) => a + b, 0);
    deltas.push(...own.map((events, i) => events - shares[i] * total).slice(1));
    return weightsAt(knots, Math.log(1 + total / scale));
  });
  let chi2 = table.offset;
  let place = 0;
  for (const weight of at) {
    for (const monomial of table.monomials) {
      const factor = monomial.reduce((product, i) => product * deltas[i], weight);
      for (const e of weights[0]) {
        for (const mu of weights[1]) chi2 += factor * e * mu * table.coefficients[place++];
      }
    }
  }
  return chi2;
}

/** χ² of one profile: of tables that share a scale the minimum, by golden section in the polynomial. */
function profileAt(
  likelihood: TabulatedLikelihood,
  tables: readonly number[],
  scale: SharedScale | undefined,
  squared: readonly number[],
  x: number,
): number {
  const sumAt = (factor: number) => {
    const scaled = squared.map((q) => factor * q);
    return tables.reduce((sum, t) => sum + tableAt(likelihood.tables[t], scaled, x), 0);
  };
  if (!scale) return sumAt(1);
  const { sigma, measured, step, first, last, reach } = scale;
  const count = last - first + 1 + 2 * reach;
  const factors = Array.from({ length: count }, (_, i) => Math.exp(step * (first - reach + i)));
  const sums = factors.map(sumAt);
  const prior = (factor: number) => ((factor - 1 - measured) / sigma) ** 2;
  const values = factors.map((factor, i) => sums[i] + prior(factor));
  const inside = values.slice(reach, count - reach);
  const least = values.indexOf(Math.min(...inside), reach);
  const nodes = Array.from({ length: 2 * reach + 1 }, (_, j) => least - reach + j);
  const polynomial = (z: number) =>
    nodes.reduce((sum, i) => {
      const others = nodes.filter((j) => j !== i);
      const span = others.reduce((p, j) => (p * (z - factors[j])) / (factors[i] - factors[j]), 1);
      return sum + sums[i] * span;
    }, prior(z));
  let low = factors[least - 1];
  let high = factors[least + 1];
  const golden = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-9 * high) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (polynomial(a) < polynomial(b)) high = b;
    else low = a;
  }
  return Math.min(polynomial((low + high) / 2), values[least]);
}

/** χ² of every combination at a point given by name, in float64. */
export function plainLookUp(
  likelihood: TabulatedLikelihood,
  point: Readonly<Record<string, number>>,
): number[] {
  const parameters = Float64Array.from(tablesProblem.base);
  for (const [name, value] of Object.entries(point)) parameters[parameterIndex(name)] = value;
  const { charges } = tablesProblem.description;
  const squared = new Float64Array(charges.length);
  chargeModel(charges).fill(parameters, squared);
  const x = parameters[parameterIndex("exponent_x")];
  const profiles = likelihood.profiles.map(({ tables, scale }) =>
    profileAt(likelihood, tables, scale, [...squared], x),
  );
  return likelihood.members.map((own) => own.reduce((sum, i) => sum + profiles[i], 0));
}
