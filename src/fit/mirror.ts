import type { LikelihoodDescription } from "../likelihood/description.js";
import { chargeModel } from "../model/charges.js";
import { parameterIndex } from "../model/parameters.js";
import type { FreeParameter } from "./free-parameter.js";

/**
 * Points at which the squared charges are about those of another point. Along a coupling each is a
 * parabola, the same on either side of its vertex, and so minima come in pairs (L24 eq. 14); nuclei
 * differ little in where the vertex is, so the parabola of their sum is taken.
 * @param at full parameter vector, [PARAMETERS]
 * @returns the free parameters with any one, or any two, of them mirrored, where within their range
 */
export function mirrorImages(
  { charges }: LikelihoodDescription,
  at: Float64Array,
  free: readonly FreeParameter[],
): number[][] {
  const model = chargeModel(charges);
  const squared = new Float64Array(charges.length);
  const sumAt = (index: number, step: number): number => {
    const moved = at.slice();
    moved[index] += step;
    model.fill(moved, squared);
    return squared.reduce((sum, charge) => sum + charge, 0);
  };
  const own = free.map(({ name }) => at[parameterIndex(name)]);
  const moves = free.flatMap(({ name, lower, upper }, i) => {
    const index = parameterIndex(name);
    const [below, here, above] = [-1, 0, 1].map((step) => sumAt(index, step));
    const curvature = above - 2 * here + below;
    if (Math.abs(curvature) < 1e-9 * (Math.abs(above) + Math.abs(below))) return [];
    const value = own[i] - (above - below) / curvature;
    return value >= lower && value <= upper ? [{ i, value }] : [];
  });
  return moves.flatMap((first, m) =>
    [first, ...moves.slice(m + 1)].map((second) => {
      const image = own.slice();
      for (const { i, value } of [first, second]) image[i] = value;
      return image;
    }),
  );
}
