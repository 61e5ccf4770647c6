import { axisValues } from "../../engine/points.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { parameterIndex } from "../../model/parameters.js";
import { brentMinimum } from "../../numerics/root.js";
import { NUCLEI, type NucleusName } from "../../physics/nuclei.js";
import type { StudiedPlane } from "../plane.js";

/** Directions in which a circle is looked for, and how far from its centre. */
const DIRECTIONS = 12;
const FAR = 0.5;

/**
 * Centre of the circle of equal charge in (ε^d_μμ, ε^d_μτ), on the axis of ε^d_μμ (L24 eq. 15): where the
 * amplitude without change of flavour is nothing.
 */
export function circleCentre(name: NucleusName, sin2ThetaW: number): number {
  const { Z, N } = NUCLEI[name];
  return -((0.5 - 2 * sin2ThetaW) * Z - 0.5 * N) / (Z + 2 * N);
}

/** Distances from a centre at which a data set's χ² is least, in each direction. */
export function bestRadii(
  { evaluated: { analysis, base, scan } }: StudiedPlane,
  dataset: string,
  centre: number,
): number[] {
  const chi2 = new ChiSquare(analysis, [dataset]);
  const [i, j] = scan.axes.map(({ parameter }) => parameterIndex(parameter));
  const at = base.slice();
  const angles = axisValues({ parameter: "", from: 0, to: 2 * Math.PI, points: DIRECTIONS + 1 });
  return Array.from(angles.subarray(1), (angle) => {
    const value = (radius: number) => {
      at[i] = centre + radius * Math.cos(angle);
      at[j] = radius * Math.sin(angle);
      return chi2.value(at);
    };
    return brentMinimum(value, 0, FAR).x;
  });
}
