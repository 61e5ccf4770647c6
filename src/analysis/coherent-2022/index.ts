import { z } from "zod";
import { loadCsiData } from "../../experiments/data/load.js";
import type { Analysis } from "../analysis.js";
import { assemble, withoutPriors } from "../assemble.js";
import { exponentNodes } from "../exponents.js";
import { positiveNorm } from "../nuisances.js";
import { completeOptions, describeOptions, formFactorOf, formFactorShape } from "../options.js";
import { csiPiece } from "../shared/csi.js";
import { RADIUS_UNCERTAINTY } from "../shared/radius.js";
import { signalByRadius } from "../shared/signal.js";

const NAME = "coherent-2022";
const DATASETS = ["csi"] as const;

const shape = {
  ...formFactorShape("helm"),
  radius_uncertainty: RADIUS_UNCERTAINTY,
  systematics: z
    .boolean()
    .default(true)
    .describe("profile the nuisances that have a prior; false: hold them at their nominal values"),
};

/** C22 section 3.5: the neutrino flux dominates. It stays beside a cross section that is fitted. */
const SIGNAL_NORM = positiveNorm("csi.signal_norm", "\\alpha_{CE\\nu NS}", 0.1);

/** The CsI[Na] measurement as its collaboration fits it (C22 section 3.5). */
export const coherent2022: Analysis = {
  name: NAME,
  title: "CsI as COHERENT fits it, with its systematics and a floating onset",
  reference: "COHERENT, arXiv:2110.07730",
  datasets: DATASETS,
  options: describeOptions(shape),
  completeOptions: (given) => completeOptions(NAME, shape, given),
  compile: (given = {}, exponent = 2) => {
    const options = completeOptions(NAME, shape, given);
    const exponents = exponentNodes(exponent);
    const signal = signalByRadius(formFactorOf(options), exponents);
    const piece = csiPiece(loadCsiData(), signal, [SIGNAL_NORM], options.radius_uncertainty);
    const pieces = [options.systematics ? piece : withoutPriors(piece)];
    return { name: NAME, options, datasets: DATASETS, ...assemble(NAME, pieces, exponents) };
  },
};
