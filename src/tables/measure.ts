import { chargeModel } from "../model/charges.js";
import { parameterIndex } from "../model/parameters.js";
import { ProfileLookUp } from "./likelihood-look-up.js";
import { TableLookUp } from "./look-up.js";
import type { TablePlan } from "./plan.js";
import type { Profiling } from "./profiling.js";
import type { TabulatedLikelihood } from "./table.js";
import { excess, LargestErrors } from "./tolerance.js";

/** Errors at some points. */
export interface Measured {
  readonly errors: LargestErrors;
  /** Largest error as a multiple of what is tolerated, of any combination, and where. */
  readonly worst: number;
  readonly at: Float64Array | undefined;
}

/**
 * Holds what tables give for every combination against exact profiles.
 * @param exact the problem of each profile, as `profiling` numbers them
 * @param points parameter vectors; those beyond the tables' range are left out
 */
export async function measure(
  { problem: { description }, tolerance }: Pick<TablePlan, "problem" | "tolerance">,
  tabulated: Pick<TabulatedLikelihood, "tables" | "profiles" | "members">,
  points: readonly Float64Array[],
  profiling: Profiling,
  exact: readonly number[],
): Promise<Measured> {
  const { tables, profiles, members } = tabulated;
  const model = chargeModel(description.charges);
  const x = parameterIndex("exponent_x");
  const single = tables.map((table) => new TableLookUp(table));
  const lookUps = profiles.map(
    ({ tables: own, scale }) =>
      new ProfileLookUp(
        own.map((t) => single[t]),
        scale,
      ),
  );
  const covered = points.flatMap((point) => {
    const q = new Float64Array(description.charges.length);
    model.fill(point, q);
    const found = lookUps.map((lookUp) => lookUp.chi2(q, point[x]));
    return found.every(Number.isNaN) ? [] : [{ point, q, found }];
  });
  const truth = await exactValues(covered, profiling, exact, x);
  const errors = new LargestErrors();
  let [worst, at] = [0, undefined as Float64Array | undefined];
  for (const own of members) {
    const lowest = lowestOf(tabulated, own);
    covered.forEach(({ found, point }, i) => {
      const [chi2, value] = [own.map((p) => truth[p][i]), own.map((p) => found[p])].map((each) =>
        each.reduce((sum, one) => sum + one, 0),
      );
      if (Number.isNaN(value)) return;
      errors.add(value - chi2, chi2, lowest, tolerance.within);
      const over = excess(value - chi2, chi2, lowest, tolerance);
      if (!(over <= worst)) [worst, at] = [over, point];
    });
  }
  return { errors, worst, at };
}

/** χ² by profile and point. */
async function exactValues(
  points: readonly { readonly point: Float64Array; readonly q: Float64Array }[],
  profiling: Profiling,
  exact: readonly number[],
  x: number,
): Promise<Float64Array[]> {
  const values = exact.map(() => new Float64Array(points.length));
  const exponents = new Map<number, number[]>();
  points.forEach(({ point }, i) => {
    exponents.set(point[x], [...(exponents.get(point[x]) ?? []), i]);
  });
  for (const [exponent, indices] of exponents) {
    const charges = Float64Array.from(indices.flatMap((i) => [...points[i].q]));
    for (const [p, problem] of exact.entries()) {
      const { chi2 } = await profiling.profile(problem, exponent, charges);
      indices.forEach((i, at) => {
        values[p][i] = chi2[at];
      });
    }
  }
  return values;
}

/** A bound from below on the minimum of a combination: what its tables can have at most. */
function lowestOf(
  { tables, profiles }: Pick<TabulatedLikelihood, "tables" | "profiles">,
  own: readonly number[],
): number {
  const all = own.flatMap((p) => profiles[p].tables);
  return all.reduce((sum, t) => sum + tables[t].offset, 0);
}
