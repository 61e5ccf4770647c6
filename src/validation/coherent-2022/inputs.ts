import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { analysisNamed } from "../../analysis/registry.js";
import { PULSE } from "../../analysis/shared/csi-pulse.js";
import { loadCsiData } from "../../experiments/data/load.js";
import { logisticThreshold } from "../../physics/efficiency.js";
import { expectedEvents, RADIUS } from "./expectation.js";

type Computed = [id: string, value: number][];

/** Full width at half maximum of a Gaussian over its standard deviation. */
const FULL_WIDTH = 2 * Math.sqrt(2 * Math.log(2));

const priorPercent = ({ description }: CompiledAnalysis, name: string): number =>
  100 * (description.nuisances.find((n) => n.name === `csi.${name}`)?.sigma ?? Number.NaN);

/** What the radius moves at its 1σ, as the radius of the form factor that gives the same events. */
function radiusPercent(analysis: CompiledAnalysis): number {
  const larger = analysisNamed(analysis.name).compile({ radius_scale: 1 + RADIUS });
  const [nominal, moved, scaled] = [
    expectedEvents(analysis),
    expectedEvents(analysis, { "csi.radius": 1 }),
    expectedEvents(larger),
  ].map(({ cevns }) => cevns);
  return (100 * RADIUS * (moved - nominal)) / (scaled - nominal);
}

/** What we put into the calculation where the paper states it. */
export function inputs(analysis: CompiledAnalysis): Computed {
  const { exposure, response, steadyStateDecay, neutronBins, bins } = loadCsiData();
  const { energy, time } = neutronBins;
  const { nominal, plus, minus } = response.energyEfficiency;
  const entries: Computed = [
    ["mass", exposure.mass],
    ["distance", exposure.distance],
    ["protons", exposure.protonsOnTarget],
    ["yield", exposure.neutrinosPerProton],
    ["light-yield", response.lightYield],
    ["smearing", response.smearing],
    ["quenching", Object.keys(response.scintillation.nominal).length],
    ["time-loss.onset", response.timeEfficiency.onset],
    ["time-loss.decay", response.timeEfficiency.decay],
    ["steady.decay", steadyStateDecay],
    ["steady.life", 1 / steadyStateDecay],
    ["threshold", logisticThreshold(nominal)],
    ["energy-end", bins.energyEdges[bins.energyEdges.length - 1]],
    ["time-end", bins.timeEdges[bins.timeEdges.length - 1]],
    ["norm.cevns", priorPercent(analysis, "signal_norm")],
    ["norm.ssb", priorPercent(analysis, "ssb_norm")],
    ["norm.brn", priorPercent(analysis, "brn_norm")],
    ["norm.nin", priorPercent(analysis, "nin_norm")],
    ["neutrons.time-bin", time.width],
    ["neutrons.time-start", time.start],
    ["neutrons.time-end", time.start + time.bins * time.width],
    ["neutrons.energy-bin", energy.width],
    ["neutrons.energy-end", energy.start + energy.bins * energy.width],
    ["pulse-width", 1000 * FULL_WIDTH * PULSE.width],
  ];
  const { nuisances } = analysis.description;
  const norms = nuisances.filter(({ name }) => name.endsWith("_norm"));
  return [
    ...entries.map(([id, value]): [string, number] => [`c22.input.${id}`, value]),
    ["c22.shapes.count", nuisances.length - norms.length],
    ["c22.shapes.quenching", response.scintillation.systematics.length],
    ["c22.shapes.threshold", (minus.c - plus.c) / 2],
    ["c22.shapes.radius", radiusPercent(analysis)],
  ];
}
