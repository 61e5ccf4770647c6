import type { Problem } from "../likelihood/description.js";
import { type BuiltTable, buildTable, STEPS } from "./build-table.js";
import { CannotTabulate, type Factors, restricted } from "./factorise.js";
import { measure } from "./measure.js";
import { Nodes, type RangedAxis, type Reach } from "./nodes.js";
import type { TablePlan } from "./plan.js";
import { type Profiling, type ProfilingOptions, startProfiling } from "./profiling.js";
import { roundedUp } from "./range.js";
import { farthestFactor, reachOf, sharedScale } from "./shared-scale.js";
import { type Survey, survey } from "./survey.js";
import type { Certificate, SharedScale, TabulatedLikelihood } from "./table.js";
import { testPoints } from "./test-points.js";
import { ofEach } from "./tolerance.js";

/** Most exact profiles of a table. */
const BUDGET = 60_000;
/** Points of parameters at which the whole is held against exact profiles. */
const POINTS = 1200;

export interface BuildOptions extends ProfilingOptions {
  readonly budget?: number;
  readonly points?: number;
}

/** Tables as planned, certified. @throws CannotTabulate saying why not */
export async function buildTables(
  plan: TablePlan,
  options: BuildOptions,
): Promise<TabulatedLikelihood> {
  const began = performance.now();
  const { problem, factors, alone } = plan;
  // A profile of several tables is certified as a whole too.
  const whole = factors.profiles.map(({ tables, scale }) => {
    const terms = tables.flatMap((t) => factors.tables[t].terms).sort((a, b) => a - b);
    return scale === undefined ? undefined : restricted(problem, { terms });
  });
  const profiling = startProfiling([...alone, ...whole.flatMap((one) => one ?? [])], options);
  try {
    const surveys = await surveysOf(plan, profiling);
    const scales = scalesOf(plan, surveys);
    const tolerance = ofEach(plan.tolerance, mostTables(factors));
    const built: BuiltTable[] = [];
    for (const [t, axes] of plan.axes.entries()) {
      const factor = factorOf(t, factors, scales);
      const nodes = nodesOf(
        plan,
        [reaching(axes[0], factor), reaching(axes[1], factor)],
        t,
        profiling,
        reachFor(t, factors, scales, surveys),
      );
      const { terms } = factors.tables[t];
      const one = await buildTable(nodes, terms, tolerance, options.budget ?? BUDGET);
      refuseMisses(one, nodes.count);
      built.push(one);
    }
    const made = {
      tables: built.map(({ table }) => table),
      profiles: factors.profiles.map(({ tables }, p) => {
        const scale = scales[p];
        return { tables, ...(scale && { scale }) };
      }),
      members: factors.members,
    };
    const points = testPoints(problem.description, plan.box, options.points ?? POINTS);
    const exact = numbersOf(factors, whole);
    const found = await measure(plan, made, points, profiling, exact);
    if (!(found.worst <= 1)) {
      const { near, far } = found.errors;
      throw new CannotTabulate(
        `χ² is up to ${near.toExponential(1)} off near its minimum and ${far.toExponential(1)} of itself beyond`,
      );
    }
    return { ...made, certificate: certificateOf(built, found.errors, profiling, began) };
  } finally {
    await profiling.close();
  }
}

function nodesOf(
  { exponents, problem }: TablePlan,
  axes: readonly [RangedAxis, RangedAxis],
  t: number,
  profiling: Profiling,
  reach?: Reach,
): Nodes {
  return new Nodes(axes, exponents, STEPS, problem.description.charges.length, profiling, t, reach);
}

/** By table: a look at those that share a scale. */
async function surveysOf(plan: TablePlan, profiling: Profiling): Promise<Survey[]> {
  const { tables } = plan.factors;
  const surveys: Survey[] = [];
  for (const [t, axes] of plan.axes.entries()) {
    if (tables[t].held === undefined) continue;
    surveys[t] = await survey(nodesOf(plan, axes, t, profiling));
  }
  return surveys;
}

/** By profile: the scale that its tables share. */
function scalesOf(plan: TablePlan, surveys: readonly Survey[]): (SharedScale | undefined)[] {
  return plan.factors.profiles.map(({ tables: own, scale }) => {
    if (scale === undefined) return undefined;
    return sharedScale(
      plan.problem,
      scale,
      own.map((t) => surveys[t]),
    );
  });
}

function reaching(axis: RangedAxis, factor: number): RangedAxis {
  return factor === 1 ? axis : { ...axis, largest: roundedUp(axis.largest * factor) };
}

/** How far a table is needed by the profiles that it has part in; undefined: everywhere. */
function reachFor(
  table: number,
  { profiles }: Factors,
  scales: readonly (SharedScale | undefined)[],
  surveys: readonly Survey[],
): Reach | undefined {
  const reaches = profiles.flatMap(({ tables }, p) => {
    const scale = scales[p];
    if (!scale || !tables.includes(table)) return [];
    const others = tables.filter((t) => t !== table).map((t) => surveys[t]);
    return [reachOf(scale, surveys[table], others)];
  });
  if (reaches.length === 0) return undefined;
  return reaches.reduce((a, b) => (a.needed > b.needed ? a : b));
}

/** By how much the scales that a table has part in can make its events more. */
function factorOf(
  table: number,
  { profiles }: Factors,
  scales: readonly (SharedScale | undefined)[],
): number {
  const factors = profiles.map(({ tables }, p) => {
    const scale = scales[p];
    return scale && tables.includes(table) ? farthestFactor(scale) : 1;
  });
  return Math.max(...factors);
}

/** Of all combinations: so many tables are added up at most. */
function mostTables({ profiles, members }: Factors): number {
  const counts = members.map((own) => own.reduce((sum, p) => sum + profiles[p].tables.length, 0));
  return Math.max(...counts);
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

/** @throws CannotTabulate where a table could not be refined enough */
function refuseMisses({ refinement, table }: BuiltTable, nodes: number): void {
  const { missed } = refinement;
  if (missed.length === 0) return;
  const [worst] = [...missed].sort((a, b) => Math.abs(b.error) - Math.abs(a.error));
  const events = worst.events.map((value) => value.toPrecision(3)).join(" and ");
  throw new CannotTabulate(
    `${missed.length} cells of the table of terms ${table.terms.join(", ")} miss their tolerance after ${nodes} exact profiles: with ${events} events χ² is ${worst.error.toExponential(1)} off ${worst.chi2.toPrecision(6)}`,
  );
}
