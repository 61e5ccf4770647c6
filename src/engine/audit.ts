import { NumericalError } from "../errors.js";
import { descriptionHash } from "../likelihood/hash.js";
import { BOUND, type Deviation, deviation, isWithinBound, larger, NO_DEVIATION } from "./bound.js";
import { chunkEvaluator } from "./cpu/chunks.js";
import type { Engine, EngineProblem, GridAxis, PointList } from "./engine.js";
import { GridReducer } from "./grid-reducer.js";
import { gridCoordinate, gridSize, pointAt } from "./points.js";
import type { GridProfiles, Profile } from "./profiles.js";
import { randomPoints, seededRandom } from "./sampling.js";

/** What an audit found: it has passed. */
export interface Audit extends Deviation {
  /** Points recomputed by the float64 reference, drawn by the description's hash. */
  readonly points: number;
}

/** Points drawn from the whole grid. */
const RANDOM_POINTS = 500;
/** Cells drawn from each plane and line of each combination. */
const RANDOM_CELLS = 3;
/** Δχ² of usual contours, whose cells are looked at in every plane. */
const CONTOURS = [2.3, 4.61, 6.18, 11.83];

interface Found {
  readonly deviation: Deviation;
  readonly index: number;
  readonly combination: number;
  readonly value: number;
  readonly reference: number;
}

/**
 * Recomputes a sample of a grid by the float64 reference: points drawn evenly, corners, best points,
 * and of every profile cells on contours and others. Three things must hold within SPEC §5's bound: χ²
 * at the points, χ² that cells have of the points they name, and that no point of the sample lies below
 * its cells.
 *
 * @param sample χ² as the profiles have it at some points, [points × combinations]
 * @param more points that must be in the sample
 * @throws NumericalError beyond the bound, or if points were lost
 */
export async function auditProfiles(
  problem: EngineProblem,
  axes: readonly GridAxis[],
  profiles: GridProfiles,
  sample: (points: readonly number[]) => Promise<Float64Array>,
  more: readonly number[] = [],
): Promise<Audit> {
  const size = gridSize(axes);
  if (profiles.points !== size) {
    throw new NumericalError(
      "points-lost",
      `${profiles.points} points were reduced of a grid of ${size}, so the result is not to be trusted and none is given. Run the scan again, on another engine if it fails again.`,
      { points: profiles.points, size },
    );
  }
  const random = seededRandom(descriptionHash(problem.description));
  const shown = allProfiles(axes, profiles);
  const cells = shown.flatMap((one) =>
    chooseCells(one, profiles.best[one.combination].chi2, random),
  );
  const points = [
    ...new Set([
      ...randomPoints(axes, RANDOM_POINTS, random),
      ...more,
      ...profiles.best.map(({ index }) => index),
      ...cells.map(({ profile, cell }) => profile.index[cell]),
    ]),
  ];
  const reference = referenceAt(problem, axes, points);
  const width = problem.combinations.length;
  const place = new Map(points.map((index, i) => [index, i]));
  const lowest = (k: number) => profiles.best[k].chi2;
  const truth = (index: number, k: number) => reference[(place.get(index) as number) * width + k];
  const found: Found[] = [];
  const compare = (index: number, k: number, value: number, isCell: boolean): void => {
    const expected = truth(index, k);
    if (isCell && value <= expected) return;
    const off = deviation(value, expected, lowest(k));
    found.push({ deviation: off, index, combination: k, value, reference: expected });
  };
  const values = await sample(points);
  points.forEach((index, i) => {
    for (let k = 0; k < width; k++) compare(index, k, values[i * width + k], false);
    for (const { profile, combination, axes: of } of shown) {
      compare(index, combination, profile.chi2[cellOf(axes, of, index)], true);
    }
  });
  for (const { profile, combination, cell } of cells) {
    compare(profile.index[cell], combination, profile.chi2[cell], false);
  }
  const bad = found.find((one) => !isWithinBound(one.deviation));
  if (bad) throw beyondBound(problem, axes, bad);
  const worst = found.reduce((most, one) => larger(most, one.deviation), NO_DEVIATION);
  return { points: points.length, ...worst };
}

/** The audit of a grid whose χ² is all there, [points × combinations]. @throws NumericalError */
export function auditGrid(
  problem: EngineProblem,
  axes: readonly GridAxis[],
  chi2: Float64Array,
): Promise<Audit> {
  const width = problem.combinations.length;
  const reducer = new GridReducer(axes, width);
  const values = { chi2, offset: 0, pointStride: width, combinationStride: 1 };
  reducer.add(0, gridSize(axes), values);
  return auditProfiles(problem, axes, reducer.profiles(), async (points) =>
    Float64Array.from(
      points.flatMap((index) => [...chi2.subarray(index * width, (index + 1) * width)]),
    ),
  );
}

/** χ² at grid points by the route of an engine's profiles. */
export function sampleOf(engine: Engine, axes: readonly GridAxis[]) {
  return (points: readonly number[]): Promise<Float64Array> => {
    if (engine.sample) return engine.sample(axes, points);
    const list: PointList = {
      kind: "list",
      names: axes.map(({ parameter }) => parameter),
      values: Float64Array.from(points.flatMap((index) => pointAt(axes, index))),
    };
    return engine.evaluate(list);
  };
}

interface ShownProfile {
  readonly axes: readonly number[];
  readonly combination: number;
  readonly profile: Profile;
}

function allProfiles(axes: readonly GridAxis[], { lines, planes }: GridProfiles): ShownProfile[] {
  const shown = [
    ...axes.map((_, axis) => ({ axes: [axis], profiles: lines[axis] })),
    ...planes.map(({ x, y, profiles }) => ({ axes: [x, y], profiles })),
  ];
  return shown.flatMap(({ axes: own, profiles }) =>
    profiles.map((profile, combination) => ({ axes: own, combination, profile })),
  );
}

/** Cells next to contours, and some drawn evenly. */
function chooseCells({ profile, combination }: ShownProfile, lowest: number, random: () => number) {
  const { chi2 } = profile;
  const nearest = CONTOURS.map((level) => {
    let best = 0;
    for (let cell = 1; cell < chi2.length; cell++) {
      const off = (at: number) => Math.abs(chi2[at] - lowest - level);
      if (off(cell) < off(best)) best = cell;
    }
    return best;
  });
  const drawn = Array.from({ length: RANDOM_CELLS }, () => Math.floor(random() * chi2.length));
  return [...nearest, ...drawn].map((cell) => ({ profile, combination, cell }));
}

function cellOf(axes: readonly GridAxis[], own: readonly number[], index: number): number {
  return own.reduce(
    (cell, axis) => cell * axes[axis].points + gridCoordinate(axes, index, axis),
    0,
  );
}

function referenceAt(
  problem: EngineProblem,
  axes: readonly GridAxis[],
  points: readonly number[],
): Float64Array {
  const evaluator = chunkEvaluator(problem);
  const width = problem.combinations.length;
  const chi2 = new Float64Array(points.length * width);
  points.forEach((start, i) => {
    const row = chi2.subarray(i * width, (i + 1) * width);
    evaluator.evaluate({ kind: "grid", axes, start, count: 1 }, 0, 1, row);
  });
  return chi2;
}

function beyondBound(
  { combinations }: EngineProblem,
  axes: readonly GridAxis[],
  { index, combination, value, reference }: Found,
): Error {
  const { name } = combinations[combination];
  const point = pointAt(axes, index);
  const where = axes.map(({ parameter }, axis) => `${parameter} = ${point[axis]}`).join(", ");
  return new NumericalError(
    "audit-failed",
    `The audit of the run failed: at ${where} the engine has χ² = ${value} of ${name}, where the float64 reference has ${reference}, off by more than ${BOUND.absolute} (${BOUND.relative} of χ² far above the minimum). Nothing was published. Run the scan with "--engine cpu", and please report this.`,
    {
      point: Object.fromEntries(axes.map((axis, k) => [axis.parameter, point[k]])),
      combination: name,
      value,
      reference,
    },
  );
}
