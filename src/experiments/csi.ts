import type { Background } from "../likelihood/description.js";
import { compositeRule } from "../numerics/quadrature.js";
import { AVOGADRO } from "../physics/constants.js";
import {
  type LogisticEfficiency,
  logisticEfficiency,
  logisticThreshold,
  timeEfficiency,
} from "../physics/efficiency.js";
import { fluence } from "../physics/flux.js";
import { polynomialQuenching, type Quenching } from "../physics/quenching.js";
import { gammaSmearing } from "../physics/smearing.js";
import { type Pulse, timeFractions } from "../physics/timing.js";
import type { CsiData } from "./data/csi.js";
import type { RecoilResponse } from "./recoils.js";
import type { Target } from "./templates.js";

const CSI_NUCLEI = ["Cs", "I"] as const;

/** The scintillation curve and efficiency to use: nominal, or a systematic variation of one. */
export interface CsiVariation {
  readonly scintillation?: readonly number[];
  readonly efficiency?: LogisticEfficiency;
}

/** A coefficient set of the release as the list that {@link polynomialQuenching} takes. */
export function scintillationList(c: { a: number; b: number; c: number; d: number }): number[] {
  return [c.a, c.b, c.c, c.d];
}

/**
 * Recoil → photoelectrons: scintillation, light yield, gamma smearing, then the efficiency in the
 * reconstructed light, integrated over each PE bin [edges_i, edges_{i+1}) (C22 appendix A).
 */
function lightResponse(
  data: CsiData,
  edges: readonly number[],
  quenching: Quenching,
  efficiency: LogisticEfficiency,
): RecoilResponse {
  const threshold = logisticThreshold(efficiency);
  // The efficiency vanishes below the threshold with a kink; above it everything is smooth.
  const bins = edges.slice(0, -1).map((low, i) => {
    const [from, to] = [Math.max(low, threshold), edges[i + 1]];
    const rule = compositeRule([from, Math.max(from, to)], 2);
    return { ...rule, kept: rule.nodes.map((x) => logisticEfficiency(efficiency, x)) };
  });
  return {
    bins: bins.length,
    breakpoints: [],
    accept: (recoil, out) => {
      const photoelectrons = data.response.lightYield * 1000 * quenching(recoil);
      bins.forEach(({ nodes, weights, kept }, bin) => {
        let sum = 0;
        for (let i = 0; i < nodes.length; i++) {
          const density = gammaSmearing(photoelectrons, nodes[i], data.response.smearing);
          sum += weights[i] * kept[i] * density;
        }
        out[bin] = sum;
      });
    },
  };
}

/**
 * The CsI[Na] detector of C22 in PE × time bins.
 * @param energyEdges PE bin edges; L24 drops the first bin of the release's analysis
 */
export function csiTarget(
  data: CsiData,
  energyEdges: readonly number[],
  pulse: Pulse,
  variation: CsiVariation = {},
): Target {
  const { exposure, response } = data;
  const flux = fluence(exposure.neutrinosPerProton, exposure.protonsOnTarget, exposure.distance);
  const formulaUnits = (exposure.mass * 1000 * AVOGADRO) / exposure.molarMass;
  const scintillation =
    variation.scintillation ?? scintillationList(response.scintillation.nominal);
  return {
    nuclei: CSI_NUCLEI.map((name) => ({ name, exposure: flux * formulaUnits })),
    response: lightResponse(
      data,
      energyEdges,
      polynomialQuenching(scintillation),
      variation.efficiency ?? response.energyEfficiency.nominal,
    ),
    times: csiTimes(data, pulse),
  };
}

/** Fraction of each timing class recorded in each time bin, ε_T included. */
export function csiTimes(data: CsiData, pulse: Pulse): Target["times"] {
  const { bins, response } = data;
  return (timing) => timeFractions(timing, pulse, bins.timeEdges, response.timeEfficiency);
}

/** Sums a histogram of narrow bins into analysis bins, dividing a narrow bin in proportion where an
 * analysis edge cuts it. */
function rebin(
  fine: { readonly start: number; readonly width: number },
  counts: readonly number[],
  edges: readonly number[],
): Float64Array {
  const sums = new Float64Array(edges.length - 1);
  counts.forEach((count, i) => {
    const low = fine.start + i * fine.width;
    for (let bin = 0; bin < sums.length; bin++) {
      const overlap = Math.min(low + fine.width, edges[bin + 1]) - Math.max(low, edges[bin]);
      if (overlap > 0) sums[bin] += (count * overlap) / fine.width;
    }
  });
  return sums;
}

/**
 * Neutron background counts per PE × time bin, time fastest: the energy spectrum as a fraction of all
 * light below 250 PE, times the events per time bin after ε_T (SPEC §2).
 */
export function csiNeutrons(
  data: CsiData,
  name: "brn" | "nin",
  energyEdges: readonly number[],
): Background {
  const { energy, time } = data.neutronBins;
  const source = data[name];
  const total = source.energy.reduce((sum, count) => sum + count, 0);
  const spectrum = rebin(energy, source.energy, energyEdges).map((count) => count / total);
  const kept = source.time.map((count, i) => {
    const middle = time.start + (i + 0.5) * time.width;
    return count * timeEfficiency(data.response.timeEfficiency, middle);
  });
  const times = rebin(time, kept, data.bins.timeEdges);
  const counts = Float64Array.from({ length: spectrum.length * times.length }, (_, bin) => {
    return spectrum[Math.floor(bin / times.length)] * times[bin % times.length];
  });
  return { name, counts };
}

/**
 * Steady-state background with light and time uncorrelated (C22 section 3.4): the light spectrum of
 * all anti-coincidence events below 6 μs, times an exponential normalised over the time bins.
 * @returns counts per PE × time bin, time fastest, in all PE bins of the release
 */
export function csiSteadyState(data: CsiData): Background {
  const { timeEdges } = data.bins;
  const survival = timeEdges.map((edge) => Math.exp(-data.steadyStateDecay * edge));
  const whole = survival[0] - survival[survival.length - 1];
  const counts = data.antiCoincidence.flatMap((row) => {
    const events = row.reduce((sum, count) => sum + count, 0);
    return row.map((_, j) => (events * (survival[j] - survival[j + 1])) / whole);
  });
  return { name: "ssb", counts: Float64Array.from(counts) };
}
