import { brentRoot } from "../numerics/root.js";
import { AVOGADRO } from "../physics/constants.js";
import { fluence } from "../physics/flux.js";
import { nucleus } from "../physics/nuclei.js";
import { lindhardQuenching, type Quenching } from "../physics/quenching.js";
import type { GeData } from "./data/ge.js";
import type { RecoilResponse } from "./recoils.js";
import type { Target } from "./templates.js";

const GE_NUCLEI = ["Ge"] as const;

/** An energy range [low, high), keVee. */
export type Range = readonly [number, number];

/** No recoil at the source reaches this energy, MeV. */
const BEYOND_ALL_RECOILS = 1;

/** The recoil, MeV, that gives that ionisation energy in keVee; beyond all of them where none does. */
function recoilOf(quenching: Quenching, energy: number): number {
  if (1000 * quenching(BEYOND_ALL_RECOILS) <= energy) return BEYOND_ALL_RECOILS;
  return brentRoot((recoil) => 1000 * quenching(recoil) - energy, 0, BEYOND_ALL_RECOILS);
}

/**
 * Recoil → ionisation energy by Lindhard's model, without smearing, every recoil kept (L24 section
 * II C). Each bin is a list of ranges, so that it may have gaps.
 */
function ionisationResponse(data: GeData, bins: readonly (readonly Range[])[]): RecoilResponse {
  const quenching = lindhardQuenching(nucleus("Ge"), data.response.lindhardK);
  const inRecoil = bins.map((ranges) =>
    ranges.map(([low, high]) => [recoilOf(quenching, low), recoilOf(quenching, high)] as const),
  );
  return {
    bins: bins.length,
    breakpoints: [...new Set(inRecoil.flat(2))].sort((a, b) => a - b),
    accept: (recoil, out) => {
      inRecoil.forEach((ranges, bin) => {
        out[bin] = ranges.some(([low, high]) => recoil >= low && recoil < high) ? 1 : 0;
      });
    },
  };
}

/**
 * The Ge-Mini detector in the given energy bins.
 * @param bins each a list of ranges in keVee
 * @param times fraction of the events of each timing class per time bin
 */
export function geTarget(
  data: GeData,
  bins: readonly (readonly Range[])[],
  times: Target["times"],
): Target {
  const { exposure } = data;
  // POT × mass is what the experiment prints; per kilogram of germanium the fluence is per proton.
  const flux = fluence(exposure.neutrinosPerProton, 1, exposure.distance);
  const atoms = (exposure.protonsOnTargetTimesMass * 1000 * AVOGADRO) / exposure.molarMass;
  return {
    nuclei: GE_NUCLEI.map((name) => ({ name, exposure: flux * atoms })),
    response: ionisationResponse(data, bins),
    times,
  };
}

/** Everything in one time bin. */
export const allTimes = (): Float64Array => Float64Array.of(1);

/** The time projection's fitted curves, each normalised to one over its bins (SPEC §2). */
export function projectedTimes(data: GeData): Target["times"] {
  return (timing) => {
    const curve = data.timeProjection[timing];
    const total = curve.reduce((sum, value) => sum + value, 0);
    return Float64Array.from(curve, (value) => value / total);
  };
}

/** The on-beam and off-beam counts of the energy columns that lie wholly within the fit range. */
export interface CleanColumns {
  readonly ranges: readonly Range[];
  /** Summed over all time rows, [columns]. */
  readonly on: Float64Array;
  readonly off: Float64Array;
}

/** The energy columns of the counts that lie wholly within the fit range. */
function cleanIndices(data: GeData): { readonly index: number; readonly range: Range }[] {
  const edges = data.bins.energyEdges;
  return edges
    .slice(0, -1)
    .map((low, index) => ({ index, range: [low, edges[index + 1]] as const }))
    .filter(({ range }) =>
      data.response.fitRange.some(([low, high]) => range[0] >= low && range[1] <= high),
    );
}

export function cleanColumns(data: GeData): CleanColumns {
  const columns = cleanIndices(data);
  const sum = (rows: readonly (readonly number[])[]) =>
    Float64Array.from(columns, ({ index }) => rows.reduce((total, row) => total + row[index], 0));
  return {
    ranges: columns.map(({ range }) => range),
    on: sum(data.onBeam),
    off: sum(data.offBeam),
  };
}

/** Counts of the clean columns per time row: [columns × rows], rows fastest. */
export function cleanCounts(
  data: GeData,
  rows: readonly (readonly number[])[],
): { readonly counts: Float64Array; readonly ranges: readonly Range[] } {
  const columns = cleanIndices(data);
  return {
    counts: Float64Array.from(columns.flatMap(({ index }) => rows.map((row) => row[index]))),
    ranges: columns.map(({ range }) => range),
  };
}

/** The time projection's curves summed into the time rows of the counts; none before time zero. */
export function rowTimes(data: GeData): Target["times"] {
  const projected = projectedTimes(data);
  const { timeEdges } = data.bins;
  return (timing) => {
    const fine = projected(timing);
    return Float64Array.from({ length: timeEdges.length - 1 }, (_, row) =>
      fine.reduce((sum, fraction, i) => {
        const low = data.timeProjection.timeEdges[i];
        return low >= timeEdges[row] && low < timeEdges[row + 1] ? sum + fraction : sum;
      }, 0),
    );
  };
}
