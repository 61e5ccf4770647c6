import { z } from "zod";
import { count, edges, exposure, header, nonNegative, positive, row } from "./common.js";

const ENERGY_BINS = 12;
const F90_BINS = 8;
const TIME_BINS = 10;

/** Events per bin, [12 energy][8 F90][10 time]. */
const histogram = row(ENERGY_BINS, row(F90_BINS, row(TIME_BINS, nonNegative)));

/** The liquid-argon data set (arXiv:2003.10630, analysis A; release arXiv:2006.12659). */
export const larSchema = z
  .strictObject({
    ...header("lar"),
    /** As L24 states it. */
    exposure: z.strictObject({ protonsOnTarget: positive, ...exposure }).readonly(),
    /** As the release states it, where that differs. */
    releaseExposure: z
      .strictObject({
        protonsOnTarget: positive,
        neutrinosPerProton: exposure.neutrinosPerProton,
        mass: exposure.mass,
      })
      .readonly(),
    bins: z
      .strictObject({
        energyEdges: edges(ENERGY_BINS),
        f90Edges: edges(F90_BINS),
        timeEdges: edges(TIME_BINS),
      })
      .readonly(),
    /** Beam-on events, steady-state background included. */
    observed: row(ENERGY_BINS, row(F90_BINS, row(TIME_BINS, count))),
    /** Steady-state background. */
    ssb: histogram,
    promptBrn: histogram,
    delayedBrn: histogram,
    /** The release's own SM prediction. */
    cevns: histogram,
    /** The templates with one systematic moved by 1σ, normalised as the files are. */
    shapes: z
      .strictObject({
        cevnsF90Plus: histogram,
        cevnsF90Minus: histogram,
        cevnsTimeMean: histogram,
        promptBrnEnergyPlus: histogram,
        promptBrnEnergyMinus: histogram,
        promptBrnTimeMeanPlus: histogram,
        promptBrnTimeMeanMinus: histogram,
        promptBrnTimeWidth: histogram,
      })
      .readonly(),
    response: z
      .strictObject({
        /** Quenching factor a + b T, T in keVnr. */
        quenching: z.strictObject({ a: positive, b: positive }).readonly(),
        /** σ = resolution × √E, keVee. */
        resolution: positive,
        /** Points of the efficiency curve, [80] each: keVee, keVnr, efficiency. */
        efficiency: z
          .strictObject({
            energy: row(80, positive),
            recoil: row(80, positive),
            value: row(80, nonNegative.max(1)),
          })
          .readonly(),
      })
      .readonly(),
  })
  .readonly();

export type LarData = z.infer<typeof larSchema>;
