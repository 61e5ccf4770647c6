import { z } from "zod";
import { loadCsiData, loadGeData, loadLarData } from "../../experiments/data/load.js";
import { formFactor } from "../../physics/form-factor.js";
import type { Analysis } from "../analysis.js";
import { assemble } from "../assemble.js";
import { exponentNodes } from "../exponents.js";
import { completeOptions, formFactorOf, formFactorShape } from "../options.js";
import { csiPiece } from "./csi.js";
import { gePiece } from "./ge.js";
import { readGeEnergyPoints } from "./ge-points.js";
import { larPiece } from "./lar.js";

const NAME = "liao-2024";
const DATASETS = ["csi", "lar", "ge"] as const;

const shape = {
  ...formFactorShape,
  form_factor: formFactorShape.form_factor.default("klein-nystrand"),
  /** Keep the norms of the Gaussian terms above −1, where the paper leaves them free. */
  bound_norms: z.boolean().default(false),
  /** CSV file of Ge energy points to use in place of on − off per clean column. */
  ge_energy_points: z.string().min(1).optional(),
};

/** The combined CsI + LAr + Ge analysis of Liao, Marfatia and Zhang (L24 eqs. 4, 5 and 7). */
export const liao2024: Analysis = {
  name: NAME,
  title: "CsI, LAr and Ge combined, each with its own normalisation",
  reference: "J. Liao, D. Marfatia, J. Zhang, arXiv:2408.06255",
  datasets: DATASETS,
  completeOptions: (given) => completeOptions(NAME, shape, given),
  compile: (given = {}, exponent = 2) => {
    const options = completeOptions(NAME, shape, given);
    const exponents = exponentNodes(exponent);
    const signal = { formFactor: formFactor(formFactorOf(options)), exponents };
    const points = options.ge_energy_points && readGeEnergyPoints(options.ge_energy_points);
    const pieces = [
      csiPiece(loadCsiData(), signal),
      larPiece(loadLarData(), signal, options.bound_norms),
      gePiece(loadGeData(), signal, options.bound_norms, points || undefined),
    ];
    return { name: NAME, datasets: DATASETS, ...assemble(NAME, pieces, exponents) };
  },
};
