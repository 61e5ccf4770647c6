import { NumericalError } from "../errors.js";
import { localMinima, type PlaneMinimum } from "./minima.js";
import type { Objective } from "./plane.js";
import { type PlaneGrid, type Rectangle, rectangle } from "./plane.js";

/** A χ² surface over a plane: on the scan's grid, and anywhere in between. */
export interface Surface {
  /** The combination or data set, e.g. `csi+lar`. */
  readonly name: string;
  readonly plane: PlaneGrid;
  readonly objective: Objective;
  /** Its minima where they are known; else the basins of its grid are searched. */
  readonly minima?: readonly PlaneMinimum[];
}

/**
 * What Δχ² is measured from. Along a degeneracy the minima depend on the rectangle, which therefore
 * belongs to the result.
 */
export interface Reference {
  readonly kind: "joint" | "separate";
  readonly value: number;
  readonly rectangle: Rectangle;
  /** One for `joint`; one per data set for `separate`, whose values sum to `value`. */
  readonly minima: readonly (PlaneMinimum & { readonly name: string })[];
}

function lowest({ name, plane, objective, minima }: Surface): Reference["minima"][number] {
  const [best] = minima ?? localMinima(plane, objective);
  if (best) return { name, point: best.point, value: best.value };
  throw new NumericalError(
    "no-minimum",
    `χ² of ${name} is not finite anywhere on the plane's grid, so that there is no minimum to measure Δχ² from. Check the ranges of the axes.`,
    { surface: name },
  );
}

/** The minimum over the plane's rectangle of the combination's χ². @throws NumericalError `no-minimum` */
export function jointReference(combination: Surface): Reference {
  const minimum = lowest(combination);
  return {
    kind: "joint",
    value: minimum.value,
    rectangle: rectangle(combination.plane),
    minima: [minimum],
  };
}

/**
 * The sum of the minima of each data set fitted alone within the same rectangle (the convention of
 * L24's figures 6–8). @throws NumericalError `no-minimum`
 */
export function separateReference(datasets: readonly Surface[]): Reference {
  const minima = datasets.map(lowest);
  return {
    kind: "separate",
    value: minima.reduce((sum, minimum) => sum + minimum.value, 0),
    rectangle: rectangle(datasets[0].plane),
    minima,
  };
}
