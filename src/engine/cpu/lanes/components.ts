import type { Observations } from "../../../likelihood/description.js";
import type { Prediction } from "../../../likelihood/prediction/fit.js";
import type { ChargePolynomial } from "../../../likelihood/prediction/quadratic.js";
import type { TermTemplates } from "../../../likelihood/templates.js";
import { type KernelComponent, signalNorms } from "../../webgpu/components.js";
import type { LogSegment, ProgramBuilder } from "./program.js";

/** What the components of a likelihood are compiled with. */
export interface Surroundings {
  readonly builder: ProgramBuilder;
  readonly observations: Observations;
  readonly exponent: number;
  /** Rows of the squared charges, by charge of the description: consecutive. */
  readonly charges: number;
  /** By charge: whether it is the same for all points of a run. */
  readonly isConstant: readonly boolean[];
  /** Receives what must be computed anew for every run. */
  readonly runSums: RunSum[];
}

/** Constants Σ_c q_c rows_c over charges that are the same in a whole run. */
export interface RunSum {
  readonly charges: readonly number[];
  /** [charges][values] */
  readonly rows: readonly Float64Array[];
  /** Place among the constants of each value, apart by `stride`. */
  readonly at: number;
  readonly stride: number;
}

/** Longest product of counts over events: each may be up to 10⁹ before it overflows. */
const LONGEST_PRODUCT = 32;

/** χ² of a component whose terms are all quadratic, minimised by exact algebra; guarded by bounds. */
export function compileQuadratic(
  { form, nuisances, origin }: KernelComponent,
  chi2: number,
  around: Surroundings,
): void {
  if (!form) throw new Error("a component without a Gaussian term");
  const { builder } = around;
  const n = form.nuisances;
  const linear = form.b.map((polynomial, j) => {
    const { sigma } = nuisances[j];
    return plus(polynomial, sigma === null ? 0 : -origin[j] / sigma ** 2);
  });
  const square = form.A.map((polynomial, entry) => {
    const j = diagonal(entry);
    const sigma = j === undefined ? null : nuisances[j].sigma;
    return plus(polynomial, sigma === null ? 0 : 1 / sigma ** 2);
  });
  const priors = nuisances.reduce((sum, { sigma }, j) => {
    return sigma === null ? sum : sum + (origin[j] / sigma) ** 2;
  }, 0);
  const entries = polynomials([plus(form.c, priors), ...linear, ...square], around);
  const eta = builder.rows(n);
  builder.solve(n, entries, chi2, eta);
  guardBounds(nuisances, origin, eta, chi2, builder);
}

/** The place on the diagonal of a lower triangle's entry, if it is there. */
function diagonal(entry: number): number | undefined {
  const j = Math.round((Math.sqrt(8 * entry + 9) - 3) / 2);
  return (j * (j + 3)) / 2 === entry ? j : undefined;
}

function plus(polynomial: ChargePolynomial, constant: number): ChargePolynomial {
  return { ...polynomial, constant: polynomial.constant + constant };
}

/** Rows of polynomials of the charges; returns the first. */
function polynomials(list: readonly ChargePolynomial[], around: Surroundings): number {
  const { builder, charges: row } = around;
  const key = (charges: readonly number[]) => charges.join("·");
  const products = list.flatMap(({ terms }) => terms.map(({ charges }) => charges));
  const monomials = [...new Map(products.map((one) => [key(one), one])).values()];
  const x = builder.products(
    monomials.map(([a, b]) => [row + a, b === undefined ? builder.one : row + b]),
  );
  const table = list.map(({ terms }) =>
    monomials.map((monomial) =>
      terms.reduce((sum, { charges, coefficient }) => {
        return key(charges) === key(monomial) ? sum + coefficient : sum;
      }, 0),
    ),
  );
  return builder.combined(
    x,
    table,
    list.map(({ constant }) => constant),
  );
}

function guardBounds(
  nuisances: KernelComponent["nuisances"],
  origin: Float64Array,
  eta: number,
  chi2: number,
  builder: ProgramBuilder,
): void {
  nuisances.forEach(({ lower, upper }, j) => {
    if (Number.isFinite(lower)) {
      builder.guard(chi2, builder.combined(eta + j, [[1]], [origin[j] - lower]));
    }
    if (Number.isFinite(upper)) {
      builder.guard(chi2, builder.combined(eta + j, [[-1]], [upper - origin[j]]));
    }
  });
}

/** χ² of a component with Poisson terms, in one pass over the bins at predicted nuisances. */
export function compilePredicted(
  component: KernelComponent,
  prediction: Prediction,
  chi2: number,
  around: Surroundings,
): void {
  const { builder } = around;
  const { nuisances, origin, form } = component;
  const theta = predictedNuisances(prediction, around);
  const n = nuisances.length;
  const eta = builder.combined(
    theta,
    nuisances.map((_, j) => nuisances.map((_, k) => (j === k ? 1 : 0))),
    origin.map((value) => -value),
  );
  const squares = builder.products(nuisances.map((_, j) => [theta + j, theta + j]));
  const pieces: { row: number; weight: number }[] = nuisances.map(({ sigma }, j) => {
    return { row: squares + j, weight: sigma === null ? 0 : 1 / sigma ** 2 };
  });
  let constant = 0;
  const amplitudes: number[] = [];
  for (const templates of component.poisson) {
    const term = poissonTerm(templates, component, theta, around);
    pieces.push({ row: term.total, weight: 2 }, { row: term.logs, weight: -2 });
    constant += term.constant;
    amplitudes.push(...term.amplitudes);
  }
  if (form) {
    const entries = polynomials([form.c, ...form.b, ...form.A], around);
    const linear = builder.products(nuisances.map((_, j) => [entries + 1 + j, eta + j]));
    pieces.push({ row: entries, weight: 1 });
    for (let j = 0; j < n; j++) pieces.push({ row: linear + j, weight: -2 });
    for (let j = 0, entry = entries + 1 + n; j < n; j++) {
      for (let k = 0; k <= j; k++, entry++) {
        const product = builder.products([[builder.products([[eta + j, eta + k]]), entry]]);
        pieces.push({ row: product, weight: j === k ? 1 : 2 });
      }
    }
  }
  const x = builder.products(pieces.map(({ row }) => [row, builder.one]));
  const weights = builder.constants(pieces.map(({ weight }) => weight));
  builder.combine(chi2, x, pieces.length, builder.constants([constant]), weights);
  for (const amplitude of amplitudes) builder.guard(chi2, amplitude);
  guardBounds(nuisances, origin, eta, chi2, builder);
}

/** Rows of the nuisances θ that a prediction gives; returns the first. */
function predictedNuisances(
  { features, basis, vanishes, coefficients }: Prediction,
  { builder, charges }: Surroundings,
): number {
  const { weights } = features;
  const v = builder.combined(charges, weights);
  const sum = builder.combined(v, [weights.map(() => 1)], [1]);
  const g = builder.rows(weights.length);
  const rest = builder.rows(1);
  weights.forEach((_, flavour) => {
    builder.divide(g + flavour, v + flavour, sum);
  });
  builder.divide(rest, builder.one, sum);
  // Chebyshev polynomials: T_0 = 1, T_1 = x, T_{i+1} = 2x T_i − T_{i−1}, with x = 2g − 1.
  const chebyshev = weights.map((_, flavour) => {
    const x = builder.combined(g + flavour, [[2]], [-1]);
    const twice = builder.combined(g + flavour, [[4]], [-2]);
    const t = [builder.one, x];
    while (t.length <= basis.degree) {
      const next = builder.rows(1);
      builder.fuse([[next, twice, t[t.length - 1], t[t.length - 2]]]);
      t.push(next);
    }
    return t;
  });
  const values = builder.products(
    basis.exponents.map(([i, j]) => {
      return [chebyshev[0][i], j === undefined ? builder.one : chebyshev[1][j]];
    }),
  );
  const terms = basis.exponents.length;
  const polynomial = builder.combined(
    values,
    vanishes.map((_, j) => coefficients.subarray(j * terms, (j + 1) * terms)),
  );
  const theta = builder.rows(vanishes.length);
  builder.fuse(
    vanishes.map((vanishing, j) =>
      vanishing
        ? [theta + j, rest, polynomial + j, builder.one]
        : [theta + j, polynomial + j, builder.one, builder.zero],
    ),
  );
  return theta;
}

interface PoissonTerm {
  /** Row of Σ_b μ_b over all bins. */
  readonly total: number;
  /** Row of Σ_b N_b ln(μ_b/N_b). */
  readonly logs: number;
  /** χ² = 2 (total − logs) + constant. */
  readonly constant: number;
  /** Rows that must be positive, or empty bins might have seen less than nothing. */
  readonly amplitudes: readonly number[];
}

function poissonTerm(
  templates: TermTemplates,
  { component, nuisances }: KernelComponent,
  theta: number,
  around: Surroundings,
): PoissonTerm {
  const { builder, observations, exponent, charges, isConstant, runSums } = around;
  const { term } = templates;
  const { counts } = observations[term.name];
  const seen = Array.from(counts.keys()).filter((b) => counts[b] > 0);
  const overCounts = (row: Float64Array) => Float64Array.from(seen, (b) => row[b] / counts[b]);
  const sum = (row: Float64Array) => row.reduce((total, value) => total + value, 0);

  // The strengths of the rows: the signal's, and each background's, 1 + Σ θ of its norms.
  const norms = [
    signalNorms(term),
    ...term.backgrounds.map((_, k) =>
      term.effects.filter((effect) => effect.component === k).map(({ nuisance }) => nuisance),
    ),
  ];
  const amplitudeTable = norms.map((own) =>
    nuisances.map((_, j) => own.filter((nuisance) => component.nuisances[j] === nuisance).length),
  );
  const fixed = term.charges.map((charge, row) => ({ charge, row }));
  const constantCharges = fixed.filter(({ charge }) => isConstant[charge]);
  const varying = fixed.filter(({ charge }) => !isConstant[charge]);
  const x = builder.rows(norms.length + varying.length);
  const strengths = builder.constants(amplitudeTable.flat());
  builder.combine(x, theta, nuisances.length, builder.constants(norms.map(() => 1)), strengths);
  const { zero } = builder;
  builder.fuse(varying.map(({ charge }, i) => [x + norms.length + i, x, charges + charge, zero]));

  const signal = templates.signalAt(exponent).counts;
  const columns = [
    new Float64Array(term.bins), // the constant charges' signal, written for every run
    ...term.backgrounds.map((background) => background.counts),
    ...varying.map(({ row }) => signal[row]),
  ];
  const width = columns.length;
  const table = builder.constants(
    seen.flatMap((b) => columns.map((column) => column[b] / counts[b])),
  );
  const totals = builder.constants(columns.map(sum));
  const own = constantCharges.map(({ charge }) => charge);
  const constantRows = constantCharges.map(({ row }) => signal[row]);
  runSums.push({ charges: own, rows: constantRows.map(overCounts), at: table.at, stride: width });
  const constantTotals = constantRows.map((row) => Float64Array.of(sum(row)));
  runSums.push({ charges: own, rows: constantTotals, at: totals.at, stride: 1 });

  const mu = builder.rows(seen.length);
  const nothing = builder.constants(new Float64Array(seen.length));
  builder.combine(mu, x, width, nothing, table);
  const total = builder.rows(1);
  builder.combine(total, x, width, builder.constants([0]), totals);
  const logs = builder.rows(1);
  builder.logs(logs, logSegments(seen.map((b, i) => ({ row: mu + i, events: counts[b] }))));
  return {
    total,
    logs,
    constant: -2 * sum(counts),
    amplitudes: norms.map((_, k) => x + k),
  };
}

/**
 * Σ_b N_b ln x_b with few logarithms: with the binary digits of N_b, Σ_k 2^k ln Π x_b over the bins
 * that have digit k. Counts that are no whole numbers have a logarithm each.
 */
function logSegments(bins: readonly { row: number; events: number }[]): LogSegment[] {
  const whole = bins.filter(({ events }) => Number.isInteger(events) && events < 2 ** 31);
  const segments: LogSegment[] = [];
  for (let digit = 1; whole.some(({ events }) => events >= digit); digit *= 2) {
    const rows = whole
      .filter(({ events }) => Math.floor(events / digit) % 2 === 1)
      .map(({ row }) => row);
    for (let at = 0; at < rows.length; at += LONGEST_PRODUCT) {
      segments.push({ weight: digit, rows: rows.slice(at, at + LONGEST_PRODUCT) });
    }
  }
  for (const { row, events } of bins) {
    if (!whole.some((bin) => bin.row === row)) segments.push({ weight: events, rows: [row] });
  }
  return segments;
}

/** Constants that a run needs, from its charges. */
export function writeRunSums(
  sums: readonly RunSum[],
  charges: Float64Array,
  constants: Float64Array,
): void {
  for (const { charges: own, rows, at, stride } of sums) {
    if (own.length === 0) continue;
    for (let i = 0, place = at; i < rows[0].length; i++, place += stride) {
      let sum = 0;
      for (let c = 0; c < own.length; c++) sum += charges[own[c]] * rows[c][i];
      constants[place] = sum;
    }
  }
}
