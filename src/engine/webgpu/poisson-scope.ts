import type { TermTemplates } from "../../likelihood/templates.js";
import { type KernelComponent, type KernelProblem, signalNorms } from "./components.js";
import { chargeName } from "./names.js";
import type { Scope } from "./template.js";
import { literal, lowerTriangle, range } from "./wgsl.js";

/** A row of bins whose strength the nuisances of one set move together. */
interface Amplitude {
  readonly name: string;
  /** Nuisances of the component whose η it sums. */
  readonly nuisances: readonly number[];
  /** Its value at η = 0. */
  readonly constant: number;
  readonly isSignal: boolean;
  /** Nominal counts over which it runs, [bins]; absent for signals, whose rows are the charges'. */
  readonly counts?: Float64Array;
}

/**
 * What a Poisson component needs beyond a Gaussian one. Bins with events are appended to `bins`, as
 * rows of [signal per charge | backgrounds | (B − N)/N | N] over N, filled up to vec4f; bins without
 * are summed, for theirs is χ² = 2μ.
 */
export function poissonScope(
  kernel: KernelProblem,
  { component, nuisances, origin, poisson, form }: KernelComponent,
  bins: number[],
  unroll: boolean,
): Scope {
  const amplitudes: Amplitude[] = [];
  const empty: { coefficient: string; factor: string }[] = [];
  const emptySlopes: { j: number; coefficient: string; factor: string }[] = [];
  const terms = poisson.map((templates, t) => {
    const own = termAmplitudes(templates, t, component.nuisances, origin);
    amplitudes.push(...own);
    const { counts } = kernel.problem.observations[templates.term.name];
    const rows = signalRows(kernel, templates);
    for (const slot of emptyBins(templates, own, rows, counts)) {
      const { amplitude, charge, value } = slot;
      const coefficient = literal(value);
      const factors = [charge ? `q.${charge}` : [], amplitude ? `y.${amplitude.name}` : []].flat();
      empty.push({ coefficient, factor: factors.join(" * ") || "vec4f(1.0)" });
      for (const j of amplitude?.nuisances ?? []) {
        emptySlopes.push({ j, coefficient, factor: charge ? `q.${charge}` : "vec4f(1.0)" });
      }
    }
    return termScope(templates, own, rows, counts, bins, unroll);
  });
  return {
    hasForm: form !== undefined,
    amplitudes: amplitudes.map(({ name, nuisances: own, constant, isSignal }) => ({
      name,
      nuisances: own,
      constant: literal(constant),
      // A background's amplitude counts from nominal, a signal's from nothing.
      least: literal((isSignal ? 0 : -1) + 1e-6),
    })),
    priors: nuisances.flatMap(({ sigma }, j) =>
      sigma === null ? [] : [{ j, origin: literal(origin[j]), inverse: literal(1 / sigma) }],
    ),
    full: range(nuisances.length).flatMap((i) =>
      range(nuisances.length).map((j) => ({ i, j, high: Math.max(i, j), low: Math.min(i, j) })),
    ),
    empty,
    emptySlopes,
    terms,
  };
}

/** The signal's amplitude first, then one for each set of nuisances that backgrounds have. */
function termAmplitudes(
  { term, bins }: TermTemplates,
  t: number,
  own: readonly number[],
  origin: Float64Array,
): Amplitude[] {
  const positions = (list: readonly number[]) =>
    list.map((j) => own.indexOf(j)).sort((a, b) => a - b);
  const start = (list: readonly number[]) => list.reduce((sum, j) => sum + origin[j], 0);
  const norms = positions(signalNorms(term));
  const amplitudes: Amplitude[] = [
    { name: `s_${t}`, nuisances: norms, constant: 1 + start(norms), isSignal: true },
  ];
  term.backgrounds.forEach(({ counts }, k) => {
    const list = positions(
      term.effects.filter((effect) => effect.component === k).map((effect) => effect.nuisance),
    );
    if (list.length === 0) return;
    const same = amplitudes.find((a) => a.counts && a.nuisances.join() === list.join());
    if (same?.counts) {
      for (let b = 0; b < bins; b++) same.counts[b] += counts[b];
      return;
    }
    const name = `b_${t}_${k}`;
    amplitudes.push({
      name,
      nuisances: list,
      constant: start(list),
      isSignal: false,
      counts: Float64Array.from(counts),
    });
  });
  return amplitudes;
}

/** Signal counts at unit charge, one row per charge of the term, in the kernel's unit of charge. */
function signalRows({ unit, exponent }: KernelProblem, templates: TermTemplates): Float64Array[] {
  const { charges } = templates.term;
  return templates
    .signalAt(exponent)
    .counts.map((row, c) => row.map((count) => count * unit[charges[c]]));
}

/** Sums over the bins without events, of each product that μ is made of. */
function emptyBins(
  { term, background }: TermTemplates,
  amplitudes: readonly Amplitude[],
  rows: readonly Float64Array[],
  counts: Float64Array,
): { amplitude?: Amplitude; charge?: string; value: number }[] {
  const sum = (row: Float64Array) =>
    row.reduce((total, value, b) => (counts[b] === 0 ? total + value : total), 0);
  const [signal, ...others] = amplitudes;
  return [
    ...rows.map((row, c) => ({
      amplitude: signal,
      charge: chargeName(term.charges[c]),
      value: sum(row),
    })),
    ...others.map((amplitude) => ({ amplitude, value: sum(amplitude.counts as Float64Array) })),
    { value: sum(background) },
  ].filter(({ value }) => value !== 0);
}

function termScope(
  { term, bins: size, background }: TermTemplates,
  amplitudes: readonly Amplitude[],
  rows: readonly Float64Array[],
  counts: Float64Array,
  bins: number[],
  unroll: boolean,
) {
  const [signal, ...backgrounds] = amplitudes;
  const columns = rows.length + backgrounds.length + 2;
  const stride = Math.ceil(columns / 4);
  const word = (column: number) => `w_${column >> 2}.${"xyzw"[column & 3]}`;
  const first = bins.length / 4;
  let used = 0;
  const unrolled = unroll ? new Unrolled() : undefined;
  for (let b = 0; b < size; b++) {
    const n = counts[b];
    if (n === 0) continue;
    used++;
    const values = [...rows, ...backgrounds.map((a) => a.counts as Float64Array)].map(
      (row) => row[b] / n,
    );
    unrolled?.add(
      values.slice(0, rows.length),
      backgrounds,
      values.slice(rows.length),
      (background[b] - n) / n,
      n,
    );
    if (unrolled) continue;
    values.push((background[b] - n) / n, n);
    while (values.length < 4 * stride) values.push(0);
    bins.push(...values);
  }
  return {
    first,
    stride,
    bins: used,
    words: range(stride),
    signal: signal.name,
    charges: rows.map((_, row) => ({
      row,
      name: chargeName(term.charges[row]),
      template: word(row),
    })),
    backgrounds: backgrounds.map(({ name }, k) => ({
      k: k + 1,
      name,
      template: word(rows.length + k),
    })),
    offset: word(columns - 2),
    count: word(columns - 1),
    unrolled: unrolled?.bins ?? [],
    products: unrolled?.products ?? [],
    ...derivativeScope(amplitudes),
  };
}

/** Factors of a product: within these float32 neither overflows nor gathers much rounding. */
const MOST_FACTORS = 16;
/** Larger counts than this are not taken apart. */
const LARGEST_COUNT = 2 ** 12;

/** The bins of a term as shaders/unrolled-bins.wgsl writes them out. */
class Unrolled {
  readonly bins: object[] = [];
  readonly products: { name: string; weight: string }[] = [];
  /** By bit: the product being filled, and its factors so far. */
  readonly #open: { name: string; factors: number }[] = [];

  /** @param signals [charges], @param rows [backgrounds]: a bin's counts over the `n` seen in it */
  add(
    signals: readonly number[],
    backgrounds: readonly Amplitude[],
    rows: readonly number[],
    offset: number,
    n: number,
  ): void {
    const row = (value: number) => ({ value: literal(value) });
    const binary = Number.isInteger(n) && n <= LARGEST_COUNT;
    this.bins.push({
      offset: literal(offset),
      count: literal(n),
      signals: signals.flatMap((x, at) => (x === 0 ? [] : [{ ...row(x), row: at }])),
      backgrounds: rows.flatMap((x, k) =>
        x === 0 ? [] : [{ ...row(x), name: backgrounds[k].name }],
      ),
      products: binary ? this.#productsFor(n) : [],
    });
  }

  #productsFor(n: number): string[] {
    const bits = range(Math.floor(Math.log2(n)) + 1).filter((bit) => (n >> bit) & 1);
    return bits.map((bit) => {
      const open = this.#open[bit];
      if (open && open.factors < MOST_FACTORS) {
        open.factors++;
        return open.name;
      }
      const name = `${this.products.length}`;
      this.products.push({ name, weight: literal(2 ** bit) });
      this.#open[bit] = { name, factors: 1 };
      return name;
    });
  }
}

/** Where the derivatives by amplitude go among those by nuisance. */
function derivativeScope(amplitudes: readonly Amplitude[]) {
  const pairs = lowerTriangle(amplitudes.length).map(({ i: k, j: l }) => ({ k, l }));
  return {
    rows: amplitudes.map((_, k) => ({ k })),
    pairs,
    gradient: amplitudes.flatMap(({ nuisances }, k) => nuisances.map((j) => ({ j, k }))),
    hessian: pairs.flatMap(({ k, l }) =>
      amplitudes[k].nuisances.flatMap((i) =>
        amplitudes[l].nuisances.flatMap((j) => {
          const slot = { i: Math.max(i, j), j: Math.min(i, j), k, l };
          if (k === l) return i >= j ? [slot] : [];
          return i === j ? [slot, slot] : [slot];
        }),
      ),
    ),
  };
}
