import { curveMinima, curveRanges } from "../contour/curve-features.js";
import type { ProfileCurve } from "../contour/profile-curve.js";
import type { FreeParameter } from "./free-parameter.js";
import type { ParameterProfile } from "./parameter-profile.js";
import type { ProfileNode } from "./profile-node.js";

/** A local minimum of a parameter's profile. */
export interface ProfileMinimum {
  readonly value: number;
  /** Whether it lies at an end of the parameter's range. */
  readonly isEdge: boolean;
  readonly chi2: number;
  /** Above the lowest minimum. */
  readonly deltaChi2: number;
  /** The whole parameter vector there, [PARAMETERS]. */
  readonly parameters: Float64Array;
}

/** Places outside the ranges that are looked at again. */
const OUTSIDE = 4;

/** A free parameter with its profile, and the curve of that. */
export interface Profiled {
  readonly parameter: FreeParameter;
  readonly profile: ParameterProfile;
  readonly curve: ProfileCurve<ProfileNode>;
}

/** Minimises anew at the ends, the minima and between ranges. @returns whether nothing lower was found */
export function verify({ curve, profile, parameter }: Profiled, height: number): boolean {
  const { ranges } = curveRanges(curve, height);
  const ends = ranges.flatMap(({ lower, upper }) => [lower, upper]);
  const minima = curveMinima(curve, height).map(({ x }) => x);
  const { lower, upper } = parameter;
  const cuts = [lower, ...ends, upper];
  const outside = cuts.flatMap((cut, i) => {
    const next = cuts[i + 1];
    return i % 2 === 0 && next > cut
      ? Array.from({ length: OUTSIDE }, (_, k) => cut + ((k + 0.5) / OUTSIDE) * (next - cut))
      : [];
  });
  const nodes = [...ends, ...minima, ...outside].map((x) => curve.at(x));
  return nodes.map((node) => profile.verify(curve.nodes, node)).every((isLower) => !isLower);
}

export function minimaOf({ curve }: Profiled, lowest: number, deltaChi2: number): ProfileMinimum[] {
  return curveMinima(curve, lowest + deltaChi2).map(({ x, value, isEdge }) => ({
    value: x,
    isEdge,
    chi2: value,
    deltaChi2: value - lowest,
    parameters: curve.at(x).parameters,
  }));
}
