import { ANALYSES } from "../../src/analysis/registry.js";
import { PARAMETERS, parameter } from "../../src/model/parameters.js";
import { drawRange, type FreeRange, fixedPoint, shuffled } from "./draw-range.js";
import { randomNumbers } from "./random.js";

/** One `nsiscan fit`. */
export interface RandomFit {
  readonly analysis: string;
  /** Options of the analysis that differ from its own, held nuisances and fixed parameters. */
  readonly options: Readonly<Record<string, string | boolean>>;
  readonly hold: Readonly<Record<string, number>>;
  readonly at: Readonly<Record<string, number>>;
  readonly datasets: readonly string[];
  readonly free: readonly FreeRange[];
  readonly level: string;
}

const LEVELS = ["1sigma", "90%", "2sigma", "95%", "3sigma"];
/** Shares of fits with one, two, three and four free parameters. */
const COUNTS = [0.3, 0.35, 0.2, 0.15];

const held: Readonly<Record<string, readonly Record<string, number>[]>> = {
  "liao-2024": [{ "csi.signal_norm": 0.05 }, { "lar.signal_norm": 0 }, { "lar.f90": 1 }],
  "coherent-2022": [{ "csi.onset": 0 }],
  release: [{ "lar.delayed_brn_norm": 0 }],
};
const options: Readonly<Record<string, readonly Record<string, string | boolean>[]>> = {
  "liao-2024": [{ bound_norms: true }, { form_factor: "helm" }],
  "coherent-2022": [{ systematics: false }],
  release: [{ flux: "independent" }],
};

/** Fit number `index` of a seed: the same whatever was drawn before it. */
export function randomFit(seed: number, index: number, names: readonly string[]): RandomFit {
  const random = randomNumbers(Math.imul(seed, 1_000_003) + Math.imul(index + 1, 7919));
  for (let i = 0; i < 5; i++) random();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const name = pick(names);
  const all = ANALYSES.find((analysis) => analysis.name === name)?.datasets ?? [];
  const some = all.filter(() => random() < 0.6);
  const datasets = random() < 0.4 || some.length === 0 ? all : some;
  const free = shuffled(
    PARAMETERS.map((p) => p.name),
    random,
  )
    .slice(0, count(random()))
    .map((p) => drawRange(p, random));
  pairUp(free, random);
  const dice = random();
  return {
    analysis: name,
    options: dice < 0.06 ? pick(options[name]) : {},
    hold: dice > 0.92 ? pick(held[name]) : {},
    at: random() < 0.3 ? fixedPoint(free, random) : {},
    datasets,
    free,
    level: pick(LEVELS),
  };
}

function count(share: number): number {
  let below = 0;
  const found = COUNTS.findIndex((part) => {
    below += part;
    return share < below;
  });
  return found < 0 ? COUNTS.length : found + 1;
}

/** Every third fit of several couplings has both quarks of one flavour: the valleys along which they cancel. */
function pairUp(free: FreeRange[], random: () => number): void {
  const first = free.findIndex(({ name }) => name.startsWith("eps_"));
  if (first < 0 || free.length < 2 || random() > 0.35) return;
  const { name } = free[first];
  const partner = name.endsWith("_u") ? name.replace(/_u$/, "_d") : name.replace(/_d$/, "_u");
  if (free.some((other) => other.name === partner)) return;
  free[first === 0 ? 1 : 0] = drawRange(partner, random);
}

/** The words after `nsiscan` that ask for a fit. */
export function commandLine(fit: RandomFit): string[] {
  const pairs = (record: Readonly<Record<string, unknown>>) =>
    Object.entries(record).map(([name, value]) => `${name}=${value}`);
  const list = (option: string, words: readonly string[]) =>
    words.length > 0 ? [`--${option}`, ...words] : [];
  const free = fit.free.map(({ name, lower, upper }) => {
    const { searched } = parameter(name);
    return lower === searched[0] && upper === searched[1] ? name : `${name}=${lower}:${upper}`;
  });
  return [
    "fit",
    ...["--analysis", fit.analysis],
    ...list("option", pairs(fit.options)),
    ...["--datasets", fit.datasets.join(",")],
    ...list("hold", pairs(fit.hold)),
    ...list("at", pairs(fit.at)),
    ...list("free", free),
    ...["--level", fit.level],
  ];
}
