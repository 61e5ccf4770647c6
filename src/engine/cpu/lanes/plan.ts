import { fitPrediction, type Prediction } from "../../../likelihood/prediction/fit.js";
import { type ChargeModel, chargeModel } from "../../../model/charges.js";
import { PARAMETERS, parameterIndex } from "../../../model/parameters.js";
import type { EngineProblem, GridAxis } from "../../engine.js";
import { fusedRefusal, type KernelProblem, kernelProblem } from "../../webgpu/components.js";
import { compilePredicted, compileQuadratic, type RunSum } from "./components.js";
import { type ConstantSlot, type Program, ProgramBuilder } from "./program.js";

/**
 * How χ² of a grid's points is computed by the machine of eight lanes: a run is points that differ in
 * the last axis only. Plain data, which travels to the threads.
 */
export interface LanesPlan {
  readonly program: Program;
  /** Whether squared charges are quadratic in the last axis: the only input then is its place. */
  readonly isQuadratic: boolean;
  /** Base and table of the charges' polynomials, written for every run. */
  readonly base: ConstantSlot;
  readonly table: ConstantSlot;
  readonly runSums: readonly RunSum[];
  /** First of the rows of χ² by combination, and after them a sum that is finite if all are fine. */
  readonly first: number;
}

/** Reason why the fast route cannot be taken. */
export interface NoPlan {
  readonly reason: string;
}

interface Prepared {
  readonly kernel: KernelProblem;
  readonly reason: string | undefined;
  /** By component; undefined for those without a Poisson term. */
  readonly predictions: readonly (Prediction | undefined)[];
}

/** What does not depend on the grid, and takes its time. */
const known = new WeakMap<EngineProblem, Prepared>();

function prepare(problem: EngineProblem): Prepared {
  const found = known.get(problem);
  if (found) return found;
  const kernel = kernelProblem(problem);
  const reason = fusedRefusal(kernel);
  const predictions = kernel.components.map(({ component, origin, poisson }) => {
    if (reason !== undefined || poisson.length === 0) return undefined;
    return fitPrediction(component, problem.description, origin, kernel.unit, kernel.exponent);
  });
  const prepared = { kernel, reason, predictions };
  known.set(problem, prepared);
  return prepared;
}

/** Compiles a problem for the grids of these axes. */
export function planLanes(problem: EngineProblem, axes: readonly GridAxis[]): LanesPlan | NoPlan {
  const { description, observations, base, auxiliary } = problem;
  if (auxiliary?.some((measured) => measured !== 0)) {
    return { reason: "the priors are centred elsewhere than at 0" };
  }
  if (axes.some(({ parameter }) => PARAMETERS[parameterIndex(parameter)].role === "template")) {
    return { reason: "the templates change along an axis" };
  }
  const { kernel, reason, predictions } = prepare(problem);
  if (reason !== undefined) return { reason };

  const model = chargeModel(description.charges);
  const last = axes[axes.length - 1];
  const isConstant = constantCharges(model, description.charges.length, last);
  const isQuadratic = hasQuadraticCharges(model, base, description.charges.length, last);
  const builder = new ProgramBuilder();
  const size = description.charges.length;
  const inputs = builder.rows(isQuadratic ? 1 : size);
  const polynomial = {
    base: builder.constants(new Float64Array(size)),
    table: builder.constants([]),
  };
  let charges = inputs;
  if (isQuadratic) {
    polynomial.table = builder.constants(new Float64Array(2 * size));
    const powers = builder.products([
      [inputs, builder.one],
      [inputs, inputs],
    ]);
    charges = builder.rows(size);
    builder.combine(charges, powers, 2, polynomial.base, polynomial.table);
  }
  const runSums: RunSum[] = [];
  const around = {
    builder,
    observations,
    exponent: kernel.exponent,
    charges,
    // Sums of constant charges need their values at the run's beginning, which every run has.
    isConstant,
    runSums,
  };
  const values = builder.rows(kernel.components.length);
  kernel.components.forEach((component, c) => {
    const prediction = predictions[c];
    if (prediction) compilePredicted(component, prediction, values + c, around);
    else compileQuadratic(component, values + c, around);
  });
  const all = kernel.components.map(() => 1);
  const members = kernel.combinations.map((own) => all.map((_, c) => (own.includes(c) ? 1 : 0)));
  const first = builder.combined(values, [...members, all]);
  return { program: builder.build(), isQuadratic, ...polynomial, runSums, first };
}

/** A point where no parameter is at a value that hides what others do. */
function genericPoint(): Float64Array {
  return Float64Array.from(PARAMETERS, ({ standardModel }, i) => standardModel + 0.01 * (i + 1));
}

/** Which charges do not depend on an axis. */
function constantCharges(model: ChargeModel, size: number, axis: GridAxis): boolean[] {
  const at = genericPoint();
  const index = parameterIndex(axis.parameter);
  const [here, there] = [new Float64Array(size), new Float64Array(size)];
  model.fill(at, here);
  at[index] += 0.1;
  model.fill(at, there);
  return Array.from(here, (charge, c) => charge === there[c]);
}

/** Squared charges are quadratic in every parameter, but not their other powers (L24 eq. 9). */
function hasQuadraticCharges(
  model: ChargeModel,
  base: Float64Array,
  size: number,
  axis: GridAxis,
): boolean {
  const at = genericPoint();
  const exponent = parameterIndex("exponent_x");
  at[exponent] = base[exponent];
  const index = parameterIndex(axis.parameter);
  const values = [-1, 0, 1, 2].map((step) => {
    at[index] = axis.from + (step + 1) * 0.25 * (axis.to - axis.from);
    const out = new Float64Array(size);
    model.fill(at, out);
    return out;
  });
  const [a, b, c, d] = values;
  return Array.from(a, (_, i) => Math.abs(d[i] - 3 * c[i] + 3 * b[i] - a[i])).every(
    (third, i) =>
      third <= 1e-9 * (Math.abs(a[i]) + Math.abs(b[i]) + Math.abs(c[i]) + Math.abs(d[i])),
  );
}
