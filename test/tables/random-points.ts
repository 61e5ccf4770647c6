import type { Problem } from "../../src/likelihood/description.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { chargeModel } from "../../src/model/charges.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";
import { LikelihoodLookUp } from "../../src/tables/likelihood-look-up.js";
import type { TabulatedLikelihood } from "../../src/tables/table.js";

/** A parameter vector that differs from the Standard Model in what is named. */
export function pointWith(values: Readonly<Record<string, number>>): Float64Array {
  const point = standardModelPoint();
  for (const [name, value] of Object.entries(values)) point[parameterIndex(name)] = value;
  return point;
}

/** Where χ² of the Standard Model is not much above any minimum. */
const likely = [-0.1, -0.05, 0, 0.05, 0.1];

/** Largest errors of χ² of any combination, up to 50 above the lowest known and relative beyond. */
export function largestErrors(
  problem: Problem,
  tables: TabulatedLikelihood,
  points: readonly Float64Array[],
): { near: number; far: number; missing: number } {
  const exact = new LikelihoodEvaluator(problem);
  const lookUp = new LikelihoodLookUp(tables);
  const model = chargeModel(problem.description.charges);
  const x = parameterIndex("exponent_x");
  const width = problem.combinations.length;
  const q = new Float64Array(problem.description.charges.length);
  const rows = points.map((point) => {
    model.fill(point, q);
    const [truth, found] = [new Float64Array(width), new Float64Array(width)];
    exact.chi2(q, point[x], truth);
    lookUp.chi2(q, point[x], found);
    return { truth, found };
  });
  const bests = likely.flatMap((e) =>
    likely.map((mu) => {
      model.fill(pointWith({ eps_ee_u: e, eps_mumu_u: mu }), q);
      const truth = new Float64Array(width);
      exact.chi2(q, 2, truth);
      return truth;
    }),
  );
  const largest = { near: 0, far: 0, missing: 0 };
  for (let k = 0; k < width; k++) {
    const lowest = Math.min(...rows.map(({ truth }) => truth[k]), ...bests.map((b) => b[k]));
    for (const { truth, found } of rows) {
      const error = Math.abs(found[k] - truth[k]);
      if (Number.isNaN(error)) largest.missing++;
      else if (truth[k] - lowest <= 50) largest.near = Math.max(largest.near, error);
      else largest.far = Math.max(largest.far, error / truth[k]);
    }
  }
  return largest;
}

/** A line of couplings to u and d along which the amplitude of a nucleus vanishes for one flavour. */
export function blindLine(
  Z: number,
  N: number,
  pair: "ee" | "mumu",
  d: number,
  off: number,
): Record<string, number> {
  const amplitude = (0.5 - 2 * 0.238) * Z - N / 2;
  const u = -(amplitude + (Z + 2 * N) * d) / (2 * Z + N) + off;
  return { [`eps_${pair}_u`]: u, [`eps_${pair}_d`]: d };
}
