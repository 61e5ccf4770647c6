import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { holdNuisances } from "../../fit/hold.js";
import { chargeModel } from "../../model/charges.js";
import { standardModelPoint } from "../../model/parameters.js";
import { totalCrossSection } from "../../physics/cross-section.js";
import { FLUX, type FluxComponent } from "../../physics/flux.js";
import { formFactor } from "../../physics/form-factor.js";
import { nucleus } from "../../physics/nuclei.js";

type Computed = [id: string, value: number][];

const PER_1E_40_CM2 = 1e40;
/** C22 section 3.5 varies the neutron radius by this fraction. */
export const RADIUS = 0.05;
const BACKGROUNDS = ["brn", "ssb", "nin"];
const SHAPES = ["efficiency", "quenching_1", "quenching_2", "radius"];

const sum = (row: Float64Array) => row.reduce((total, count) => total + count, 0);

/** SM flux average of the mean of Cs and I, 1e-40 cm². */
function crossSection(flux: readonly FluxComponent[], radiusScale = 1): number {
  const F = formFactor({ name: "helm", radiusScale });
  const charge = new Float64Array(1);
  const each = ["Cs", "I"].map((name) => {
    chargeModel([{ nucleus: name, flavour: "e" }]).fill(standardModelPoint(), charge);
    return charge[0] * totalCrossSection(nucleus(name), flux, F);
  });
  return PER_1E_40_CM2 * 0.5 * (each[0] + each[1]);
}

function crossSections(): Computed {
  const all = crossSection(FLUX);
  const byRadius = (crossSection(FLUX, 1 - RADIUS) - crossSection(FLUX, 1 + RADIUS)) / 2;
  const of = (flavour: string) => crossSection(FLUX.filter((flux) => flux.flavour === flavour));
  return [
    ["c22.sigma-sm", all],
    ["c22.sigma-sm.error", byRadius],
    ["c22.sigma-sm.radius", (100 * byRadius) / all],
    ["c22.sigma-sm.mu", of("mu")],
    ["c22.sigma-sm.e", of("e")],
  ];
}

/** SM events with every nuisance at its nominal value but those moved. */
export function expectedEvents(
  analysis: CompiledAnalysis,
  moved: Readonly<Record<string, number>> = {},
) {
  const nominal = analysis.description.nuisances.map(({ name }) => [name, 0] as const);
  const held = holdNuisances(analysis, { ...Object.fromEntries(nominal), ...moved });
  const [{ signal, backgrounds }] = new ChiSquare(held).profile(standardModelPoint()).expected;
  return { cevns: sum(signal), backgrounds: backgrounds.map(sum) };
}

/** What is expected in the Standard Model before the fit, with errors. */
export function expectations(analysis: CompiledAnalysis): Computed {
  const { cevns, backgrounds } = expectedEvents(analysis);
  const [brn, ssb, nin] = backgrounds;
  const { nuisances } = analysis.description;
  const prior = (name: string) => nuisances.find((n) => n.name === `csi.${name}`)?.sigma ?? 0;
  const half = Object.fromEntries(
    SHAPES.map((shape) => {
      const [down, up] = [-1, 1].map((at) => expectedEvents(analysis, { [`csi.${shape}`]: at }));
      return [shape, Math.abs(up.cevns - down.cevns) / 2];
    }),
  );
  const { efficiency, quenching_1, quenching_2, radius } = half;
  const flux = prior("signal_norm") * cevns;
  return [
    ["c22.prediction", cevns],
    ["c22.prediction.theory", radius],
    ["c22.prediction.experiment", Math.hypot(flux, efficiency, quenching_1, quenching_2)],
    ...BACKGROUNDS.flatMap((kind, i): Computed => {
      return [
        [`c22.prior.${kind}`, backgrounds[i]],
        [`c22.prior.${kind}.error`, prior(`${kind}_norm`) * backgrounds[i]],
      ];
    }),
    ["c22.steady-share", (100 * ssb) / (brn + ssb + nin)],
    ["c22.neutron-share", (100 * (brn + nin)) / cevns],
    ...crossSections(),
  ];
}
