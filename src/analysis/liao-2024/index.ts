import { z } from "zod";
import { loadCsiData, loadGeData, loadLarData } from "../../experiments/data/load.js";
import { formFactor } from "../../physics/form-factor.js";
import type { Analysis } from "../analysis.js";
import { assemble } from "../assemble.js";
import { exponentNodes } from "../exponents.js";
import { completeOptions, describeOptions, formFactorOf, formFactorShape } from "../options.js";
import { csiPiece } from "./csi.js";
import { gePiece } from "./ge.js";
import { readGeEnergyPoints } from "./ge-points.js";
import { LAR_NORMALISATIONS, larPiece } from "./lar.js";

const NAME = "liao-2024";
const DATASETS = ["csi", "lar", "ge"] as const;

const shape = {
  ...formFactorShape("klein-nystrand"),
  lar_normalisation: z
    .enum(LAR_NORMALISATIONS)
    .default("paper")
    .describe(
      "LAr signal as L24 states it (0.0848 neutrinos per proton, 24 kg, 1.37e23 protons: 108 events in the SM), as its release does (0.09, 24.4 kg, 1.38e23: 118), or scaled to the release's own prediction (128)",
    ),
  bound_norms: z
    .boolean()
    .default(false)
    .describe("keep norms of the Gaussian terms above −1, where the paper leaves them free"),
  ge_energy_points: z
    .string()
    .min(1)
    .optional()
    .describe("CSV of Ge energy points in place of on − off per clean column"),
};

/** The combined CsI + LAr + Ge analysis of Liao, Marfatia and Zhang (L24 eqs. 4, 5 and 7). */
export const liao2024: Analysis = {
  name: NAME,
  title: "CsI, LAr and Ge combined, each with its own normalisation",
  reference: "J. Liao, D. Marfatia, J. Zhang, arXiv:2408.06255",
  datasets: DATASETS,
  options: describeOptions(shape),
  completeOptions: (given) => completeOptions(NAME, shape, given),
  compile: (given = {}, exponent = 2) => {
    const options = completeOptions(NAME, shape, given);
    const exponents = exponentNodes(exponent);
    const signal = { formFactor: formFactor(formFactorOf(options)), exponents };
    const points = options.ge_energy_points && readGeEnergyPoints(options.ge_energy_points);
    const pieces = [
      csiPiece(loadCsiData(), signal),
      larPiece(loadLarData(), signal, options),
      gePiece(loadGeData(), signal, options.bound_norms, points || undefined),
    ];
    return { name: NAME, options, datasets: DATASETS, ...assemble(NAME, pieces, exponents) };
  },
};
