import type { CompiledAnalysis } from "../../src/analysis/analysis.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { standardModelPoint } from "../../src/model/parameters.js";
import { NUCLEI, type NucleusName } from "../../src/physics/nuclei.js";
import { rawCharge } from "./squared-charges.js";
import { Table } from "./table.js";

/** Nodes of tables, and of those for the difference of two nuclei, by what one χ² costs. */
export const FINE = { nodes: 109, difference: 28, layers: 17 };
export const COARSE = { nodes: 49, difference: 13, layers: 9 };
/** Relative differences ρ = (m_Cs − m_I)/(m_Cs + m_I) at which χ² is tabulated besides 0. */
const RHO = 0.7;

/** What two flavours and the difference of two nuclei give in one data set, at one exponent. */
export interface Layer {
  readonly same: Table;
  /** Slope and curvature in ρ_e, then in ρ_μ; none for a data set of one nucleus. */
  readonly differences: readonly Table[];
}

export interface DataSet {
  readonly nuclei: readonly NucleusName[];
  readonly layers: readonly Layer[];
}

const standardModel = standardModelPoint();
/** Squared charges of the Standard Model: strengths are in units of them. */
export const units = Object.fromEntries(
  (["e", "mu"] as const).map((flavour) => [
    flavour,
    Object.fromEntries(
      Object.keys(NUCLEI).map((nucleus) => [
        nucleus,
        rawCharge(nucleus as NucleusName, flavour, standardModel),
      ]),
    ),
  ]),
);

/** Computes the tables of one data set, a layer per exponent. */
export function tabulate(
  analysis: CompiledAnalysis,
  dataset: string,
  exponents: readonly number[],
): DataSet {
  const { description, observations } = analysis;
  const evaluator = new LikelihoodEvaluator({
    description,
    observations,
    combinations: [{ name: dataset, datasets: [dataset] }],
  });
  const own = new Set(
    description.terms.filter((t) => t.dataset === dataset).flatMap((t) => t.charges),
  );
  const charges = description.charges.map((charge, index) => ({ ...charge, own: own.has(index) }));
  const nuclei = [
    ...new Set(charges.filter((c) => c.own).map(({ nucleus }) => nucleus as NucleusName)),
  ];
  const { nodes, difference } = description.analysis === "liao-2024" ? FINE : COARSE;
  const q = new Float64Array(charges.length);
  const out = new Float64Array(1);
  const layers = exponents.map((x): Layer => {
    const chi2 = (me: number, mmu: number, rhoE: number, rhoMu: number) => {
      charges.forEach(({ nucleus, flavour }, index) => {
        const unit = units[flavour][nucleus];
        const sign = nucleus === nuclei[0] ? 1 : -1;
        q[index] = unit * (flavour === "e" ? me * (1 + sign * rhoE) : mmu * (1 + sign * rhoMu));
      });
      evaluator.chi2(q, x, out);
      return out[0];
    };
    const along = (e: number, mu: number) =>
      [
        (me: number, mmu: number) => (chi2(me, mmu, e, mu) - chi2(me, mmu, -e, -mu)) / (2 * RHO),
        (me: number, mmu: number) =>
          (chi2(me, mmu, e, mu) + chi2(me, mmu, -e, -mu) - 2 * chi2(me, mmu, 0, 0)) /
          (2 * RHO * RHO),
      ].map((fill) => new Table(difference, fill));
    return {
      same: new Table(nodes, (me, mmu) => chi2(me, mmu, 0, 0)),
      differences: nuclei.length > 1 ? [...along(RHO, 0), ...along(0, RHO)] : [],
    };
  });
  return { nuclei, layers };
}
