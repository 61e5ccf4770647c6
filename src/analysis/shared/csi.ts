import { csiSteadyState, csiTarget, csiTimes } from "../../experiments/csi.js";
import type { CsiData } from "../../experiments/data/csi.js";
import type { SignalOptions } from "../../experiments/recoils.js";
import { signalTemplates } from "../../experiments/templates.js";
import type { Effect, Nuisance } from "../../likelihood/description.js";
import type { Piece } from "../assemble.js";
import { positiveNorm } from "../nuisances.js";
import { ONSET_RANGE, ONSET_STEPS, ONSET_STRIDE, PULSE } from "./csi-pulse.js";
import { type Side, shapeVariations } from "./csi-shapes.js";
import { csiTerm } from "./csi-term.js";
import { movedByRadius, type RadiusUncertainty } from "./radius.js";

/** C22 section 3.4 and table I: BRN, SSB and NIN norms; 1 + α is never negative. */
const BACKGROUND_NORMS: readonly Nuisance[] = [
  positiveNorm("csi.brn_norm", "\\alpha_{BRN}", 0.25),
  positiveNorm("csi.ssb_norm", "\\alpha_{SSB}", 0.021),
  positiveNorm("csi.nin_norm", "\\alpha_{NIN}", 0.35),
];

/**
 * CsI of C22 section 3.5: 99 Poisson bins. A component is its norms times its shape: the norms are
 * factors on the morphed signal, so that a free cross section takes over from them entirely. The
 * shape is the sum of the nominal templates and, bin by bin, of each systematic's deviation: the
 * parabola through its −1σ, nominal and +1σ templates.
 *
 * @param signal options by the factor on the form factor's radius
 * @param norms nuisances that each scale the signal
 * @param radius what ±5 % of the radius moves
 */
export function csiPiece(
  data: CsiData,
  signal: (radiusFactor: number) => SignalOptions,
  norms: readonly Nuisance[],
  radius: RadiusUncertainty,
): Piece {
  const { energyEdges } = data.bins;
  const onsets = Float64Array.from({ length: ONSET_STEPS + 1 }, (_, k) => {
    return ONSET_RANGE * ((2 * k) / ONSET_STEPS - 1);
  });
  const pulses = Array.from(onsets, (shift) => {
    return csiTimes(data, { ...PULSE, mean: PULSE.mean + shift });
  });
  const tabulate = ({ variation = {}, radius = 1 }: Side) => {
    const { formFactor, exponents } = signal(radius);
    const target = csiTarget(data, energyEdges, PULSE, variation);
    return { templates: signalTemplates(target, { formFactor, exponents }, pulses), formFactor };
  };
  const central = tabulate({});
  const nominal = central.templates;
  const tabulation = {
    exponents: signal(1).exponents,
    positions: onsets.length,
    nominal: ONSET_STEPS / 2,
  };
  const moved = (side: Side): Float64Array => {
    const varied = tabulate(side);
    if (side.radius === undefined) return varied.templates.values;
    return movedByRadius(radius, central, varied, tabulation);
  };
  const shapes = shapeVariations(data, radius);
  const onset: Nuisance = {
    name: "csi.onset",
    symbol: "\\delta t_0",
    sigma: null,
    lower: -ONSET_RANGE,
    upper: ONSET_RANGE,
  };
  const first = { background: norms.length, shape: norms.length + BACKGROUND_NORMS.length };
  const effects: Effect[] = [
    ...norms.map((_, nuisance): Effect => ({ kind: "scale", nuisance, component: "signal" })),
    ...BACKGROUND_NORMS.map((_, k): Effect => {
      return { kind: "norm", nuisance: first.background + k, component: k };
    }),
    ...shapes.map(({ sides }, k): Effect => {
      const [plus, minus] = sides.map(moved);
      return {
        kind: "morph",
        nuisance: first.shape + k,
        component: "signal",
        linear: plus.map((value, i) => 0.5 * (value - minus[i])),
        quadratic: plus.map((value, i) => 0.5 * (value + minus[i]) - nominal.values[i]),
      };
    }),
    {
      kind: "position",
      nuisance: first.shape + shapes.length,
      component: "signal",
      values: onsets,
      stride: ONSET_STRIDE,
    },
  ];
  const term = csiTerm(data, energyEdges, nominal, csiSteadyState(data), effects);
  const observation = { counts: Float64Array.from(data.observed.flat()) };
  return {
    nuisances: [...norms, ...BACKGROUND_NORMS, ...shapes.map(({ nuisance }) => nuisance), onset],
    terms: [{ term, charges: nominal.charges, observation }],
  };
}
