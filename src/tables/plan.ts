import type { Problem } from "../likelihood/description.js";
import { contentHash } from "../likelihood/hash.js";
import { chebyshevNodes } from "../numerics/interpolation.js";
import { axisEvents, bareAxes } from "./axes.js";
import { CannotTabulate, type Factors, factorise, restricted } from "./factorise.js";
import type { RangedAxis } from "./nodes.js";
import { eachCorner, exponentRange, type ParameterBox, roundedUp } from "./range.js";
import { TOLERANCE, type Tolerance } from "./tolerance.js";

/** Changes with all that turns a plan into tables: of another version none is used. */
const TABLES_VERSION = 2;

/** s₀ of the coordinate, events. */
const SCALE = 20;

/** What tables are to be made, before a single profile. */
export interface TablePlan {
  readonly problem: Problem;
  readonly box: ParameterBox;
  readonly tolerance: Tolerance;
  readonly factors: Factors;
  /** The likelihood of each table alone. */
  readonly alone: readonly Problem[];
  /** By table: its axes, which reach as far as the box does. */
  readonly axes: readonly (readonly [RangedAxis, RangedAxis])[];
  readonly exponents: Float64Array;
  /** SHA-256 of all that tables depend on. */
  readonly key: string;
}

/** @throws CannotTabulate for a likelihood that cannot be taken apart */
export function planTables(
  problem: Problem,
  box: ParameterBox,
  tolerance: Tolerance = TOLERANCE,
): TablePlan {
  const factors = factorise(problem);
  const exponents = exponentsOf(problem, box);
  const alone = factors.tables.map((parts) => restricted(problem, parts));
  const axes = alone.map((part) => axesOf(part, box, exponents));
  const { description, observations, auxiliary } = problem;
  const key = contentHash({
    version: TABLES_VERSION,
    description,
    observations,
    auxiliary,
    factors,
    largest: axes.map((pair) => pair.map(({ largest }) => largest)),
    exponents,
    tolerance,
  });
  return { problem, box, tolerance, factors, alone, axes, exponents, key };
}

/** Nodes of the exponent: at a given number of events χ² hardly depends on it. */
function exponentsOf({ description }: Problem, box: ParameterBox): Float64Array {
  const [low, high] = exponentRange(box);
  if (low === high || !description.family) return Float64Array.of(low);
  return chebyshevNodes(3 + Math.ceil(2.5 * (high - low)), low, high);
}

function axesOf(
  { description }: Problem,
  box: ParameterBox,
  exponents: Float64Array,
): readonly [RangedAxis, RangedAxis] {
  const largest = [0, 0];
  for (const x of new Set(exponentRange(box))) {
    const ends = bareAxes(description, Float64Array.of(x));
    eachCorner(description, box, (q, exponent) => {
      if (exponent !== x) return;
      ends.forEach((axis, a) => {
        largest[a] = Math.max(largest[a], axisEvents(axis, 0, q));
      });
    });
  }
  if (!largest.every(Number.isFinite)) throw new CannotTabulate("signals are not finite");
  const [e, mu] = bareAxes(description, exponents).map((axis, a) => {
    return { ...axis, scale: SCALE, largest: roundedUp(largest[a]) };
  });
  return [e, mu];
}
