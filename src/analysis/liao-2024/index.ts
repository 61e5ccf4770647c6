import { loadCsiData, loadGeData, loadLarData } from "../../experiments/data/load.js";
import { formFactor } from "../../physics/form-factor.js";
import type { Analysis } from "../analysis.js";
import { assemble } from "../assemble.js";
import { exponentNodes } from "../exponents.js";
import { csiPiece } from "./csi.js";
import { gePiece } from "./ge.js";
import { readGeEnergyPoints } from "./ge-points.js";
import { larPiece } from "./lar.js";

/** The combined CsI + LAr + Ge analysis of Liao, Marfatia and Zhang (L24 eqs. 4, 5 and 7). */
export const liao2024: Analysis = {
  name: "liao-2024",
  title: "Combined CsI, LAr and Ge analysis with independent normalisations",
  reference: "J. Liao, D. Marfatia, J. Zhang, arXiv:2408.06255",
  datasets: ["csi", "lar", "ge"],
  compile: (options = {}, exponent = 2) => {
    const exponents = exponentNodes(exponent);
    const signal = {
      formFactor: formFactor(options.formFactor ?? { name: "klein-nystrand" }),
      exponents,
    };
    const bound = options.boundNorms ?? false;
    const points = options.geEnergyPoints ? readGeEnergyPoints(options.geEnergyPoints) : undefined;
    const pieces = [
      csiPiece(loadCsiData(), signal),
      larPiece(loadLarData(), signal, bound),
      gePiece(loadGeData(), signal, bound, points),
    ];
    return {
      name: liao2024.name,
      datasets: liao2024.datasets,
      ...assemble(liao2024.name, pieces, exponents),
    };
  },
};
