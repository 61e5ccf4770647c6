import { z } from "zod";
import { count, edges, exposure, header, nonNegative, positive, row } from "./common.js";

const ENERGY_BINS = 9;
const TIME_BINS = 11;

const coefficients = z
  .strictObject({ a: z.number(), b: z.number(), c: z.number(), d: z.number() })
  .readonly();

const plusMinus = z.strictObject({ plus: coefficients, minus: coefficients }).readonly();

/** Neutron background: PE spectrum [250] (relative) and time distribution [650] (events per bin). */
const neutrons = z
  .strictObject({ energy: row(250, nonNegative), time: row(650, nonNegative) })
  .readonly();

const uniformBins = (bins: number) =>
  z.strictObject({ start: z.number(), width: positive, bins: z.literal(bins) }).readonly();

/** The CsI data set (C22 and its Appendix A), binned for the analyses. */
export const csiSchema = z
  .strictObject({
    ...header("csi"),
    exposure: z.strictObject({ protonsOnTarget: positive, ...exposure }).readonly(),
    bins: z
      .strictObject({ energyEdges: edges(ENERGY_BINS), timeEdges: edges(TIME_BINS) })
      .readonly(),
    /** Beam-on coincidence events, [9 energy][11 time]. */
    observed: row(ENERGY_BINS, row(TIME_BINS, count)),
    /** Beam-on anti-coincidence events, which measure the steady-state background, [9][11]. */
    antiCoincidence: row(ENERGY_BINS, row(TIME_BINS, count)),
    /** Exponential decay of the steady-state background in time, 1/μs (C22 Appendix A.2). */
    steadyStateDecay: positive,
    /** Layout of `brn` and `nin`. */
    neutronBins: z.strictObject({ energy: uniformBins(250), time: uniformBins(650) }).readonly(),
    /** Beam-related neutrons; ε_E is applied, ε_T is not (C22 Appendix A.3). */
    brn: neutrons,
    /** Neutrino-induced neutrons, likewise. */
    nin: neutrons,
    response: z
      .strictObject({
        /** PE per keVee. */
        lightYield: positive,
        /** Gamma smearing (C22 eq. A3): a = 1/PE, b = smearing × PE. */
        smearing: positive,
        /** E_ee = a E + b E² + c E³ + d E⁴, energies in MeV (C22 eq. A2). */
        scintillation: z
          .strictObject({ nominal: coefficients, systematics: row(2, plusMinus) })
          .readonly(),
        /** ε_E = max(0, a/(1 + exp(−b (x − c))) + d), x reconstructed PE (C22 eq. A7). */
        energyEfficiency: z
          .strictObject({ nominal: coefficients, plus: coefficients, minus: coefficients })
          .readonly(),
        /** ε_T = 1 before `onset` (μs), exp(−decay (t − onset)) after (C22 eq. A1). */
        timeEfficiency: z.strictObject({ onset: z.number(), decay: positive }).readonly(),
      })
      .readonly(),
  })
  .readonly();

export type CsiData = z.infer<typeof csiSchema>;
