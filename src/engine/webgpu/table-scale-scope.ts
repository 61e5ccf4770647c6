import { scaleStencil } from "../../tables/scale-stencil.js";
import type { SharedScale } from "../../tables/table.js";
import { literal, range } from "./wgsl.js";

/** Steps of Newton's method, as the float64 look-up takes them. */
const NEWTON = 3;

/**
 * What shaders/table-scale.wgsl is expanded with.
 * @param add keeps numbers where the shader finds them, and returns where that is
 */
export function scaleScope(scale: SharedScale, add: (values: number[]) => number) {
  const { first, last, reach, step, sigma, measured } = scale;
  const size = 2 * reach + 1;
  const stencil = scaleStencil(scale);
  const inner = range(last - first + 1).map((i) => Math.exp(step * (first + i)));
  const powers = range(size).slice(1);
  // The middle one first.
  const nodes = [reach, ...range(size).filter((j) => j !== reach)];
  const backwards = [...powers].reverse();
  return {
    size,
    count: inner.length,
    nodesAt: add(inner.flatMap((factor) => [factor, ((factor - 1 - measured) / sigma) ** 2])),
    stencilAt: add(
      nodes.flatMap((j) => [
        Math.exp(step * (j - reach)),
        ...powers.map((power) => stencil[power * size + j]),
      ]),
    ),
    powers,
    backwards,
    slopes: backwards.map((power) => ({ power, weight: literal(power) })),
    bends: backwards
      .filter((power) => power > 1)
      .map((power) => ({ power, weight: literal(power * (power - 1)) })),
    measured: literal(measured),
    precision: literal(sigma ** -2),
    low: literal(Math.expm1(-step)),
    high: literal(Math.expm1(step)),
    steps: NEWTON,
  };
}
