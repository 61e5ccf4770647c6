import type { GeData } from "../../experiments/data/ge.js";
import {
  allTimes,
  type CleanColumns,
  cleanColumns,
  geTarget,
  projectedTimes,
  type Range,
} from "../../experiments/ge.js";
import type { SignalOptions } from "../../experiments/recoils.js";
import { type SignalTemplates, signalTemplates } from "../../experiments/templates.js";
import type { BinAxis, Nuisance, Observation } from "../../likelihood/description.js";
import { type LooseTerm, normEffects, type Piece, pairs } from "../assemble.js";

/** Background-subtracted counts in energy, in place of the points L24 read off a figure. */
export interface GeEnergyPoints {
  readonly ranges: readonly Range[];
  readonly counts: Float64Array;
  readonly variance: Float64Array;
}

/** On − off with σ² = on + off, per column lying wholly in the fit range (SPEC §3). */
function subtracted({ ranges, on, off }: CleanColumns): GeEnergyPoints {
  return {
    ranges,
    counts: on.map((count, column) => count - off[column]),
    variance: on.map((count, column) => count + off[column]),
  };
}

function gaussianTerm(
  name: string,
  axis: BinAxis,
  templates: SignalTemplates,
  observation: Observation,
): LooseTerm {
  const term = {
    name,
    dataset: "ge",
    statistic: "gaussian" as const,
    bins: templates.bins,
    axes: [axis],
    signal: templates.values,
    backgrounds: [],
    effects: normEffects(["signal"]),
  };
  return { term, charges: templates.charges, observation };
}

/** Ge of L24 eq. (7): Gaussian in the energy points and in the 17 time bins, one norm γ₀ for both. */
export function gePiece(
  data: GeData,
  signal: SignalOptions,
  boundNorms: boolean,
  points: GeEnergyPoints = subtracted(cleanColumns(data)),
): Piece {
  const lower = boundNorms ? -1 : Number.NEGATIVE_INFINITY;
  const nuisances: Nuisance[] = [
    { name: "ge.signal_norm", symbol: "\\gamma_0", sigma: 0.103, lower, upper: Infinity },
  ];
  const energies = geTarget(
    data,
    points.ranges.map((range) => [range]),
    allTimes,
  );
  const times = geTarget(data, [data.response.fitRange], projectedTimes(data));
  const { counts, sigma, timeEdges } = data.timeProjection;
  return {
    nuisances,
    terms: [
      gaussianTerm(
        "ge.energy",
        { name: "energy", unit: "keVee", edges: points.ranges },
        signalTemplates(energies, signal),
        { counts: points.counts, variance: points.variance },
      ),
      gaussianTerm(
        "ge.time",
        { name: "time", unit: "μs", edges: pairs(timeEdges) },
        signalTemplates(times, signal),
        {
          counts: Float64Array.from(counts),
          variance: Float64Array.from(sigma, (width) => width * width),
        },
      ),
    ],
  };
}
