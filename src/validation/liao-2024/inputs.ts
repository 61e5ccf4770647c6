import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { loadCsiData, loadGeData, loadLarData } from "../../experiments/data/load.js";
import type { Term } from "../../likelihood/description.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { NUCLEI } from "../../physics/nuclei.js";
import { neutronCoupling } from "./charges.js";

const PERCENT = 100;
/** Joule per GWh, and per GeV. */
const GWH = 3.6e12;
const GEV = 1.602176634e-10;
/** Natural abundances of the five isotopes by mass number, % (L24 section II C). */
const ISOTOPES = [
  [70, 20.5],
  [72, 27.4],
  [73, 7.76],
  [74, 36.5],
  [76, 7.75],
] as const;

type Values = [string, number][];

/** Prior widths by nuisance. */
function widths({ description }: CompiledAnalysis, names: readonly string[]): number[] {
  return names.map((name) => {
    return description.nuisances.find((one) => one.name === name)?.sigma ?? Number.NaN;
  });
}

function termNamed({ description }: CompiledAnalysis, name: string): Term {
  const term = description.terms.find((one) => one.name === name);
  if (term === undefined) throw new Error(`there is no term "${name}"`);
  return term;
}

function csi(analysis: CompiledAnalysis): Values {
  const { exposure } = loadCsiData();
  const [energies, times] = termNamed(analysis, "csi").axes.map(({ edges }) => edges);
  const names = ["csi.signal_norm", "csi.brn_norm", "csi.ssb_norm", "csi.nin_norm"];
  return [
    ["csi.mass", exposure.mass],
    ["csi.distance", exposure.distance],
    ["csi.protons", exposure.protonsOnTarget],
    ["csi.per-proton", exposure.neutrinosPerProton],
    ["csi.energy-bins", energies.length],
    ["csi.lowest", energies[0][0]],
    ["csi.highest", energies[energies.length - 1][1]],
    ["csi.time-bins", times.length],
    ["csi.end", times[times.length - 1][1]],
    ...widths(analysis, names).map((sigma, k): [string, number] => {
      return [`csi.sigma${k}`, PERCENT * sigma];
    }),
    ["csi.energy", (exposure.protonsOnTarget * 0.984 * GEV) / GWH],
  ];
}

function lar(analysis: CompiledAnalysis): Values {
  const { exposure } = loadLarData();
  const { axes, bins, backgrounds } = termNamed(analysis, "lar");
  const { counts, variance = [Number.NaN] } = analysis.observations.lar;
  const [, , ssb] = backgrounds;
  const names = ["signal", "prompt_brn", "delayed_brn", "ssb"].map((name) => `lar.${name}_norm`);
  return [
    ["lar.mass", exposure.mass],
    ["lar.distance", exposure.distance],
    ["lar.protons", exposure.protonsOnTarget],
    ["lar.per-proton", exposure.neutrinosPerProton],
    ["lar.energy-bins", axes[0].edges.length],
    ["lar.time-bins", axes[1].edges.length],
    ["lar.bins", bins],
    ["lar.ssb-divisor", ssb.counts[0] / (variance[0] - counts[0])],
    ...widths(analysis, names).map((sigma, k): [string, number] => [`lar.sigma${k}`, sigma]),
    ["lar.energy", (exposure.protonsOnTarget * GEV) / GWH],
  ];
}

function ge(analysis: CompiledAnalysis): Values {
  const { exposure, response } = loadGeData();
  const [energy, time] = ["ge.energy", "ge.time"].map((name) => termNamed(analysis, name));
  const { Z, A } = NUCLEI.Ge;
  const abundance = ISOTOPES.reduce((sum, [, share]) => sum + share, 0);
  const [sigma] = widths(analysis, ["ge.signal_norm"]);
  const [below, above] = response.fitRange;
  return [
    ["ge.distance", exposure.distance],
    ["ge.mass", exposure.mass],
    ["ge.per-proton", exposure.neutrinosPerProton],
    ["ge.lindhard-k", response.lindhardK],
    ["ge.lindhard-formula", (0.133 * Z ** (2 / 3)) / Math.sqrt(A)],
    ["ge.atomic-mass", exposure.molarMass],
    ["ge.mass-number", ISOTOPES.reduce((sum, [mass, share]) => sum + mass * share, 0) / abundance],
    ["ge.lowest", below[0]],
    ["ge.gap-from", below[1]],
    ["ge.gap-to", above[0]],
    ["ge.energy-points", energy.bins],
    ["ge.time-points", time.bins],
    ["ge.first-time", time.axes[0].edges[0][0]],
    ["ge.sigma0", PERCENT * sigma],
    ["ge.energy", (exposure.protonsOnTargetTimesMass * 1.05 * GEV) / GWH],
  ];
}

/** What the paper puts in, as our data files and descriptions have it, by id. */
export function inputs(analysis: CompiledAnalysis): Values {
  const distances = [loadCsiData(), loadLarData(), loadGeData()].map((d) => d.exposure.distance);
  const values: Values = [
    ["sin2-theta-w", standardModelPoint()[parameterIndex("sin2_theta_w")]],
    ["gvn", neutronCoupling()],
    ...csi(analysis),
    ...lar(analysis),
    ...ge(analysis),
    ["shortest", Math.min(...distances)],
    ["longest", Math.max(...distances)],
  ];
  return values.map(([id, value]) => [`l24.input.${id}`, value]);
}
