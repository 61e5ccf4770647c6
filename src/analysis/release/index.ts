import { z } from "zod";
import { loadCsiData, loadGeData, loadLarData } from "../../experiments/data/load.js";
import type { Analysis } from "../analysis.js";
import { assemble } from "../assemble.js";
import { exponentNodes } from "../exponents.js";
import { positiveNorm } from "../nuisances.js";
import { completeOptions, describeOptions, formFactorOf, formFactorShape } from "../options.js";
import { csiPiece } from "../shared/csi.js";
import { RADIUS_UNCERTAINTY } from "../shared/radius.js";
import { signalByRadius } from "../shared/signal.js";
import { gePiece } from "./ge.js";
import { larPiece } from "./lar.js";

const NAME = "release";
const DATASETS = ["csi", "lar", "ge"] as const;

const shape = {
  ...formFactorShape("helm"),
  radius_uncertainty: RADIUS_UNCERTAINTY,
  flux: z
    .enum(["shared", "independent"])
    .default("shared")
    .describe("one uncertainty of the neutrino flux for all data sets, or one of each, as in L24"),
  lar_shapes: z.boolean().default(false).describe("profile the LAr release's shape variations too"),
};

/**
 * Priors on the signal of each data set. The flux, known to 10 %, is common: LAr and Ge add what
 * makes up their 13 % and 10.3 % on their own, and CsI adds shapes only.
 */
const SIGNAL_NORMS = (() => {
  const flux = positiveNorm("flux", "\\alpha_{\\Phi}", 0.1);
  return {
    shared: {
      csi: [flux],
      lar: [flux, positiveNorm("lar.signal_norm", "\\beta_0", 0.083)],
      ge: [flux, positiveNorm("ge.signal_norm", "\\gamma_0", 0.025)],
    },
    independent: {
      csi: [positiveNorm("csi.signal_norm", "\\alpha_{CE\\nu NS}", 0.1)],
      lar: [positiveNorm("lar.signal_norm", "\\beta_0", 0.13)],
      ge: [positiveNorm("ge.signal_norm", "\\gamma_0", 0.103)],
    },
  };
})();

/** CsI, LAr and Ge combined, each fitted as its own collaboration does. */
export const release: Analysis = {
  name: NAME,
  title: "CsI, LAr and Ge combined, each with its collaboration's likelihood",
  reference: "COHERENT, arXiv:2110.07730, arXiv:2003.10630, arXiv:2406.13806",
  datasets: DATASETS,
  options: describeOptions(shape),
  completeOptions: (given) => completeOptions(NAME, shape, given),
  compile: (given = {}, exponent = 2) => {
    const options = completeOptions(NAME, shape, given);
    const exponents = exponentNodes(exponent);
    const signal = signalByRadius(formFactorOf(options), exponents);
    const norms = SIGNAL_NORMS[options.flux];
    const pieces = [
      csiPiece(loadCsiData(), signal, norms.csi, options.radius_uncertainty),
      larPiece(loadLarData(), signal(), norms.lar, options.lar_shapes),
      gePiece(loadGeData(), signal(), norms.ge),
    ];
    return { name: NAME, options, datasets: DATASETS, ...assemble(NAME, pieces, exponents) };
  },
};
