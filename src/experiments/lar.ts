import { AVOGADRO } from "../physics/constants.js";
import { linearPieces } from "../physics/efficiency.js";
import { fluence } from "../physics/flux.js";
import { linearQuenching } from "../physics/quenching.js";
import { gaussianOverPiece } from "../physics/smearing.js";
import { type Pulse, timeFractions } from "../physics/timing.js";
import type { LarData } from "./data/lar.js";
import type { RecoilResponse } from "./recoils.js";
import type { Target } from "./templates.js";

const LAR_NUCLEI = ["Ar"] as const;

/**
 * Recoil → electron-equivalent energy: quenching, a Gaussian of width 0.58 √E of the true energy E in
 * keVee, then the efficiency in the reconstructed energy, linear between the release's points.
 */
function energyResponse(data: LarData): RecoilResponse {
  const { quenching, resolution, efficiency } = data.response;
  const quench = linearQuenching(quenching.a, quenching.b);
  const edges = data.bins.energyEdges;
  const bins = edges
    .slice(0, -1)
    .map((low, i) => linearPieces(efficiency.energy, efficiency.value, low, edges[i + 1]));
  return {
    bins: bins.length,
    breakpoints: [],
    accept: (recoil, out) => {
      const energy = 1000 * quench(recoil);
      const width = resolution * Math.sqrt(energy);
      bins.forEach((pieces, bin) => {
        out[bin] = pieces.reduce((sum, piece) => sum + gaussianOverPiece(piece, energy, width), 0);
      });
    },
  };
}

/**
 * The CENNS-10 liquid-argon detector in energy × time bins (its pulse-shape axis summed over).
 * @param exposure protons, neutrinos per proton, mass and so on: L24's, unless another is given
 */
export function larTarget(
  data: LarData,
  pulse: Pulse,
  exposure: LarData["exposure"] = data.exposure,
): Target {
  const flux = fluence(exposure.neutrinosPerProton, exposure.protonsOnTarget, exposure.distance);
  const atoms = (exposure.mass * 1000 * AVOGADRO) / exposure.molarMass;
  return {
    nuclei: LAR_NUCLEI.map((name) => ({ name, exposure: flux * atoms })),
    response: energyResponse(data),
    times: (timing) => timeFractions(timing, pulse, data.bins.timeEdges),
  };
}

/** A release histogram [energy][F90][time] summed over F90: energy × time, time fastest. */
export function sumOverF90(histogram: readonly (readonly (readonly number[])[])[]): Float64Array {
  const times = histogram[0][0].length;
  const sums = new Float64Array(histogram.length * times);
  histogram.forEach((slices, energy) => {
    for (const slice of slices) {
      slice.forEach((count, time) => {
        sums[energy * times + time] += count;
      });
    }
  });
  return sums;
}
