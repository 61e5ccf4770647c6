import type { Problem } from "../likelihood/description.js";
import { chebyshevNodes } from "../numerics/interpolation.js";
import { axisEvents, bareAxes } from "./axes.js";
import { type BuiltTable, buildTable, STEPS } from "./build-table.js";
import { type Certificate, measure } from "./certificate.js";
import { CannotTabulate, type Factors, factorise, restricted } from "./factorise.js";
import { Nodes, type RangedAxis } from "./nodes.js";
import { type Profiling, type ProfilingOptions, startProfiling } from "./profiling.js";
import { eachCorner, exponentRange, type ParameterBox, roundedUp } from "./range.js";
import { farthestFactor, type Survey, sharedScale } from "./shared-scale.js";
import type { SharedScale, TabulatedLikelihood } from "./table.js";
import { testPoints } from "./test-points.js";
import { TOLERANCE, type Tolerance } from "./tolerance.js";

/** s₀ of the coordinate, events. */
const SCALE = 20;
/** Most exact profiles of a table. */
const BUDGET = 60_000;
/** Points of parameters at which the whole is held against exact profiles. */
const POINTS = 1200;
/** Intervals of u in which a table is looked over before it is made. */
const SURVEYED = 16;

export interface BuildOptions extends ProfilingOptions {
  readonly tolerance?: Tolerance;
  readonly budget?: number;
  readonly points?: number;
}

/** Tables of a likelihood over a box of parameters, certified. @throws CannotTabulate saying why not */
export async function buildTables(
  problem: Problem,
  box: ParameterBox,
  options: BuildOptions,
): Promise<TabulatedLikelihood> {
  const began = performance.now();
  const { tolerance = TOLERANCE, budget = BUDGET } = options;
  const factors = factorise(problem);
  const exponents = exponentsOf(problem, box);
  const alone = factors.tables.map((parts) => restricted(problem, parts));
  // A profile of several tables is certified as a whole too.
  const whole = factors.profiles.map(({ tables, scale }) => {
    const terms = tables.flatMap((t) => factors.tables[t].terms).sort((a, b) => a - b);
    return scale === undefined ? undefined : restricted(problem, { terms });
  });
  const profiling = startProfiling([...alone, ...whole.flatMap((one) => one ?? [])], options);
  try {
    const tables = alone.map((part, t) => axesOf(part, problem, box, exponents, t));
    const nodesOf = (axes: readonly [RangedAxis, RangedAxis], t: number) => {
      return new Nodes(axes, exponents, STEPS, problem.description.charges.length, profiling, t);
    };
    const surveys: Survey[] = [];
    for (const [t, axes] of tables.entries()) {
      if (factors.tables[t].held !== undefined) surveys[t] = await survey(nodesOf(axes, t));
    }
    const scales = factors.profiles.map(({ tables: own, scale }) => {
      return scale === undefined
        ? undefined
        : sharedScale(
            problem,
            scale,
            own.map((t) => surveys[t]),
          );
    });
    const built: BuiltTable[] = [];
    for (const [t, axes] of tables.entries()) {
      const [e, mu] = axes.map((axis) => reaching(axis, factorOf(t, factors, scales)));
      const table = await buildTable(
        nodesOf([e, mu], t),
        factors.tables[t].terms,
        tolerance,
        budget,
      );
      const { missed } = table.refinement;
      if (missed > 0) {
        const { name } = problem.description.terms[factors.tables[t].terms[0]];
        throw new CannotTabulate(
          `the table of ${name} misses its tolerance in ${missed} cells after ${budget} exact profiles`,
        );
      }
      built.push(table);
    }
    const made = {
      tables: built.map(({ table }) => table),
      profiles: factors.profiles.map(({ tables: own }, p) => {
        const scale = scales[p];
        return { tables: own, ...(scale && { scale }) };
      }),
      members: factors.members,
    };
    const exact = numbersOf(factors, whole);
    const points = testPoints(problem.description, box, options.points ?? POINTS);
    const found = await measure(problem.description, made, points, profiling, exact, tolerance);
    if (!(found.worst <= 1)) {
      throw new CannotTabulate(
        `χ² is ${found.errors.near.toExponential(1)} off near its minimum and ${found.errors.far.toExponential(1)} of itself beyond`,
      );
    }
    const certificate = certificateOf(built, found.errors, profiling, began);
    return { ...made, certificate };
  } finally {
    await profiling.close();
  }
}

/** Nodes of the exponent: at a given number of events χ² hardly depends on it. */
function exponentsOf({ description }: Problem, box: ParameterBox): Float64Array {
  const [low, high] = exponentRange(box);
  if (low === high || !description.family) return Float64Array.of(low);
  return chebyshevNodes(3 + Math.ceil(2.5 * (high - low)), low, high);
}

function axesOf(
  part: Problem,
  { description }: Problem,
  box: ParameterBox,
  exponents: Float64Array,
  t: number,
): readonly [RangedAxis, RangedAxis] {
  const axes = bareAxes(part.description, exponents);
  const largest = [0, 0];
  const [low, high] = exponentRange(box);
  for (const x of new Set([low, high])) {
    const ends = bareAxes(part.description, Float64Array.of(x));
    eachCorner(description, box, (q, exponent) => {
      if (exponent !== x) return;
      ends.forEach((axis, a) => {
        largest[a] = Math.max(largest[a], axisEvents(axis, 0, q));
      });
    });
  }
  if (!largest.every(Number.isFinite)) throw new CannotTabulate(`events of table ${t} have no end`);
  const [e, mu] = axes.map((axis, a) => ({
    ...axis,
    scale: SCALE,
    largest: roundedUp(largest[a]),
  }));
  return [e, mu];
}

function reaching(axis: RangedAxis, factor: number): RangedAxis {
  return factor === 1 ? axis : { ...axis, largest: roundedUp(axis.largest * factor) };
}

/** By how much the scales that a table has part in can make its events more. */
function factorOf(
  table: number,
  { profiles }: Factors,
  scales: readonly (SharedScale | undefined)[],
): number {
  return Math.max(
    ...profiles.map(({ tables }, p) => {
      const scale = scales[p];
      return scale && tables.includes(table) ? farthestFactor(scale) : 1;
    }),
  );
}

/** A look at a table on few nodes. */
async function survey(nodes: Nodes): Promise<Survey> {
  const { axes, steps } = nodes;
  const places = (axis: 0 | 1) =>
    axes[axis].charges.length === 0
      ? [0]
      : Array.from({ length: SURVEYED + 1 }, (_, i) => (i * steps) / SURVEYED);
  const exponent = nodes.exponents.length >> 1;
  const all = places(0).flatMap((e) => places(1).map((mu) => ({ exponent, e, mu, moved: 0 })));
  await nodes.need(all);
  const chi2 = all.map((place) => nodes.at(place).chi2);
  const lowest = Math.min(...chi2);
  const { e, mu } = all[chi2.indexOf(lowest)];
  const likely = nodes.events(0, e) + nodes.events(1, mu);
  const largest = axes[0].largest + axes[1].largest;
  return { gain: chi2[0] - lowest, likely, largest };
}

/** The problem of each profile, as the profiling numbers them: tables first, then what has a scale. */
function numbersOf(
  { tables, profiles }: Factors,
  whole: readonly (Problem | undefined)[],
): number[] {
  let next = tables.length;
  return profiles.map(({ tables: own }, p) => (whole[p] ? next++ : own[0]));
}

function certificateOf(
  built: readonly BuiltTable[],
  found: { readonly near: number; readonly far: number; readonly points: number },
  profiling: Profiling,
  began: number,
): Certificate {
  const cells = built.flatMap(({ refinement }) => refinement.errors);
  return {
    near: Math.max(found.near, ...cells.map(({ near }) => near)),
    far: Math.max(found.far, ...cells.map(({ far }) => far)),
    points: cells.reduce((sum, { points }) => sum + points, found.points),
    nodes: profiling.count,
    unsettled: profiling.unsettled,
    seconds: (performance.now() - began) / 1000,
  };
}
