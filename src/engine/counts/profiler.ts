import { connectedTerms } from "../../likelihood/component.js";
import type { Nuisance } from "../../likelihood/description.js";
import { LikelihoodEvaluator } from "../../likelihood/evaluator.js";
import { Newton, type Objective } from "../../likelihood/newton.js";
import { parameterIndex } from "../../model/parameters.js";
import type { EngineProblem } from "../engine.js";
import { type CountsLayout, countsLayout } from "./layout.js";
import { CountedPart } from "./part.js";

/** How far above its minimum a χ² may stay: far less than what float32 counts are worth. */
const TOLERANCE = 1e-9;

/** Terms that share nuisances. */
interface Group {
  readonly parts: readonly CountedPart[];
  readonly theta: Float64Array;
  readonly newton: Newton;
  readonly objective: Objective;
}

/** χ² of every combination, nuisances profiled in float64, from counts that a device computed. */
export class CountsProfiler {
  readonly layout: CountsLayout;
  private readonly groups: readonly Group[];
  /** By combination: indices of its groups. */
  private readonly members: readonly (readonly number[])[];
  private readonly values: Float64Array;
  private readonly reference: LikelihoodEvaluator;
  private readonly exponent: number;

  constructor(problem: EngineProblem) {
    const { description, observations, combinations } = problem;
    this.layout = countsLayout(problem);
    this.reference = new LikelihoodEvaluator(problem);
    this.exponent = problem.base[parameterIndex("exponent_x")];
    const terms = this.layout.terms.map(({ templates }) => templates);
    const groups = combinations.map(({ datasets }) => {
      const chosen = [...terms.keys()].filter((t) => datasets.includes(terms[t].term.dataset));
      return connectedTerms(terms, chosen).map((group) => group.join());
    });
    const keys = [...new Set(groups.flat())];
    this.members = groups.map((group) => group.map((key) => keys.indexOf(key)));
    this.values = new Float64Array(keys.length);
    this.groups = keys.map((key) => {
      const own = key.split(",").map((t) => this.layout.terms[Number(t)]);
      const nuisances = [...new Set(own.flatMap(({ templates }) => templates.nuisances))];
      const parts = own.map((rows) => {
        const { term, nuisances: of } = rows.templates;
        const index = of.map((j) => nuisances.indexOf(j));
        return new CountedPart(rows, observations[term.name], index);
      });
      const list = nuisances.map((j) => description.nuisances[j]);
      return {
        parts,
        theta: new Float64Array(list.length),
        newton: new Newton(
          Float64Array.from(list, ({ lower }) => lower),
          Float64Array.from(list, ({ upper }) => upper),
        ),
        objective: objective(parts, list),
      };
    });
  }

  /**
   * @param counts row r of the layout at counts[first + r × stride]
   * @param charges squared charges in float64, for profiles that end where a count would vanish
   * @param out receives χ², [combinations]
   */
  chi2(
    counts: ArrayLike<number>,
    first: number,
    stride: number,
    charges: Float64Array,
    out: Float64Array,
  ): void {
    const { groups, members, values } = this;
    for (let g = 0; g < groups.length; g++) {
      const { parts, theta, newton, objective: sum } = groups[g];
      for (const part of parts) part.setCounts(counts, first, stride);
      theta.fill(0);
      values[g] = newton.minimise(sum, theta, TOLERANCE);
      if (newton.converged && parts.every((part) => part.isInDomain())) continue;
      this.reference.chi2(charges, this.exponent, out);
      return;
    }
    members.forEach((own, k) => {
      out[k] = own.reduce((sum, g) => sum + values[g], 0);
    });
  }
}

/** Sum of the terms and of the priors of their nuisances. */
function objective(parts: readonly CountedPart[], nuisances: readonly Nuisance[]): Objective {
  const n = nuisances.length;
  const precision = nuisances.map(({ sigma }) => (sigma === null ? 0 : sigma ** -2));
  return {
    isQuadratic: parts.every((part) => part.isQuadratic),
    evaluate(theta, derivatives) {
      const { gradient, hessian, bend } = derivatives;
      hessian.fill(0);
      bend.fill(0);
      let chi2 = 0;
      for (let i = 0; i < n; i++) {
        chi2 += precision[i] * theta[i] * theta[i];
        gradient[i] = 2 * precision[i] * theta[i];
        hessian[i * n + i] = 2 * precision[i];
      }
      for (const part of parts) chi2 += part.addTo(theta, derivatives);
      return chi2;
    },
  };
}
