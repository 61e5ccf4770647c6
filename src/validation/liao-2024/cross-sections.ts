import { averageCrossSection, mixedTerm } from "./charges.js";

/** ⟨σ⟩ and the mixed terms of the weak charges, by id. ⟨σ⟩ of CsI is the plain mean of Cs and I. */
export function crossSections(): [string, number][] {
  const [cs, i] = [averageCrossSection("Cs"), averageCrossSection("I")];
  return [
    ["l24.sigma-sm.lar", averageCrossSection("Ar")],
    ["l24.sigma-sm.ge", averageCrossSection("Ge")],
    ["l24.sigma-sm.csi", (cs + i) / 2],
    ["l24.sigma-sm.na", averageCrossSection("Na")],
    ["l24.sigma-sm.i", i],
    ["l24.sigma-sm.cs", cs],
    ["l24.mixed-term.lar", mixedTerm("Ar")],
    ["l24.mixed-term.ge", mixedTerm("Ge")],
    ["l24.mixed-term.i", mixedTerm("I")],
    ["l24.mixed-term.cs", mixedTerm("Cs")],
  ];
}
