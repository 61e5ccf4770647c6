import { z } from "zod";
import { count, edges, exposure, header, nonNegative, positive, row } from "./common.js";

const ENERGY_BINS = 9;
const TIME_BINS = 10;
const PROJECTION_BINS = 17;

const counts = row(TIME_BINS, row(ENERGY_BINS, count));

/** The germanium data set, as the figures of arXiv:2406.13806 print it. */
export const geSchema = z
  .strictObject({
    ...header("ge"),
    exposure: z
      .strictObject({
        /** Protons on target × mass, kg. */
        protonsOnTargetTimesMass: positive,
        ...exposure,
      })
      .readonly(),
    bins: z
      .strictObject({ timeEdges: edges(TIME_BINS), energyEdges: edges(ENERGY_BINS) })
      .readonly(),
    /** Counts, [10 time][9 energy]. */
    onBeam: counts,
    offBeam: counts,
    /** On-beam counts of the fit range against time, background subtracted, [17]. */
    timeProjection: z
      .strictObject({
        timeEdges: edges(PROJECTION_BINS),
        counts: row(PROJECTION_BINS, z.number()),
        sigma: row(PROJECTION_BINS, positive),
        /** Fitted curve of prompt ν_μ. */
        prompt: row(PROJECTION_BINS, nonNegative),
        /** Fitted curve of delayed ν_e and ν̄_μ. */
        delayed: row(PROJECTION_BINS, nonNegative),
      })
      .readonly(),
    response: z
      .strictObject({
        /** Lindhard k (L24 eq. 6). */
        lindhardK: positive,
        /** [low, high] pairs, keVee. */
        fitRange: z
          .array(z.tuple([positive, positive]).readonly())
          .min(1)
          .readonly(),
      })
      .readonly(),
  })
  .readonly();

export type GeData = z.infer<typeof geSchema>;
