import { InputError } from "../errors.js";
import type { Nuisance, Problem, Term } from "./description.js";
import { FEWEST_TABLES } from "./spline.js";

/** Refuses a problem whose parts do not fit together. @throws InputError naming the place */
export function checkProblem(problem: Problem): void {
  const { description, combinations } = problem;
  const { nuisances, terms, charges, family } = description;
  for (const { name, sigma, lower, upper } of nuisances) {
    require(sigma === null ||
      sigma >
        0, "bad-nuisance", `Nuisance "${name}" has prior width ${sigma}: give a positive width, or null for a free parameter.`, {
      nuisance: name,
    });
    const isHeld = lower === upper;
    require(isHeld ||
      (lower <= 0 &&
        upper >=
          0), "bad-nuisance", `Nuisance "${name}" is bound to [${lower}, ${upper}], which leaves out its nominal value 0.`, {
      nuisance: name,
    });
  }
  const nodes = family?.nodes.length ?? 1;
  for (const term of terms) {
    checkTerm(term, nodes, charges.length, nuisances);
  }
  checkData(problem);
  const datasets = [...new Set(terms.map((term) => term.dataset))];
  for (const { name, datasets: wanted } of combinations) {
    for (const dataset of wanted) {
      require(datasets.includes(
        dataset,
      ), "unknown-dataset", `Combination "${name}" asks for data set "${dataset}", which analysis "${description.analysis}" does not have; it has ${datasets.join(", ")}.`, {
        combination: name,
        dataset,
      });
    }
  }
}

/** Refuses data that are not of the terms' shape. @throws InputError naming the term */
export function checkData({ description, observations, auxiliary }: Problem): void {
  const { nuisances } = description;
  require(auxiliary === undefined ||
    (auxiliary.length === nuisances.length &&
      auxiliary.every(
        Number.isFinite,
      )), "bad-auxiliary", `Auxiliary measurements must be ${nuisances.length} finite numbers, one per nuisance.`, {});
  for (const term of description.terms) {
    const { name, bins, statistic } = term;
    const observation = observations[name];
    require(observation !==
      undefined, "missing-observation", `Term "${name}" has no observed counts: add observations["${name}"].`, {
      term: name,
    });
    const { counts, variance } = observation;
    const gaussian = statistic === "gaussian";
    require(counts.length === bins &&
      counts.every(
        (n) => Number.isFinite(n) && (gaussian || n >= 0),
      ), "bad-observation", `Observed counts of term "${name}" must be ${bins} finite numbers${gaussian ? "" : ", none negative"}.`, {
      term: name,
    });
    require(!gaussian ||
      (variance?.length === bins &&
        variance.every(
          (v) => v > 0 && v < Infinity,
        )), "bad-observation", `Gaussian term "${name}" needs ${bins} positive variances beside its observed counts.`, {
      term: name,
    });
  }
}

function checkTerm(
  term: Term,
  nodes: number,
  charges: number,
  nuisances: readonly Nuisance[],
): void {
  const { name, bins } = term;
  const positions = checkPosition(term, nuisances);
  const tableSize = nodes * positions * term.charges.length * bins;
  const fits = (row: Float64Array, size: number, what: string) =>
    require(row.length === size &&
      row.every(
        Number.isFinite,
      ), "bad-template", `${what} of term "${name}" must be ${size} finite numbers; it has ${row.length}.`, {
      term: name,
    });
  fits(term.signal, tableSize, "The signal template");
  for (const c of term.charges) {
    require(c >= 0 &&
      c <
        charges, "bad-template", `Term "${name}" refers to charge ${c}; the description has ${charges}.`, {
      term: name,
    });
  }
  for (const background of term.backgrounds) {
    fits(background.counts, bins, `Background "${background.name}"`);
    require(term.statistic === "gaussian" ||
      background.counts.every(
        (n) => n >= 0,
      ), "bad-template", `Background "${background.name}" of Poisson term "${name}" has negative counts.`, {
      term: name,
    });
  }
  for (const effect of term.effects) {
    const { component, nuisance } = effect;
    require(nuisance >= 0 &&
      nuisance < nuisances.length &&
      (component === "signal" ||
        component in
          term.backgrounds), "bad-effect", `An effect of term "${name}" refers to nuisance ${nuisance} and component ${component}, which do not both exist.`, {
      term: name,
    });
    if (effect.kind === "relative") fits(effect.deviation, bins, "A relative deviation");
    if (effect.kind === "morph") {
      const size = component === "signal" ? tableSize : bins;
      fits(effect.linear, size, "A linear morph");
      fits(effect.quadratic, size, "A quadratic morph");
    }
  }
}

/** Relative unevenness of positions that rounding can cause. */
const UNEVEN = 1e-9;

/** @returns the number of positions at which the signal is tabulated */
function checkPosition(term: Term, nuisances: readonly Nuisance[]): number {
  const effects = term.effects.filter((effect) => effect.kind === "position");
  require(effects.length <=
    1, "bad-position", `Term "${term.name}" has ${effects.length} position effects; it can have one.`, {
    term: term.name,
  });
  if (effects.length === 0) return 1;
  const [{ nuisance, values, stride }] = effects;
  const [first, last] = [values[0], values[values.length - 1]];
  const step = (last - first) / (values.length - 1);
  const even = values.every((value, k) => Math.abs(value - first - k * step) < UNEVEN * step);
  require(values.length >= FEWEST_TABLES &&
    step > 0 &&
    even, "bad-position", `Positions of term "${term.name}" must be at least ${FEWEST_TABLES} values, ascending in equal steps.`, {
    term: term.name,
  });
  require(Number.isInteger(stride) &&
    stride > 0 &&
    (values.length - 1) % stride ===
      0, "bad-position", `Stride ${stride} of term "${term.name}" must be a whole number that divides its ${values.length - 1} steps of position.`, {
    term: term.name,
  });
  const { name, lower, upper } = nuisances[nuisance] ?? { lower: first, upper: last };
  require(lower >= first &&
    upper <=
      last, "bad-position", `Nuisance "${name}" may go beyond the positions [${first}, ${last}] that term "${term.name}" tabulates: bound it.`, {
    term: term.name,
  });
  return values.length;
}

function require(
  holds: boolean,
  code: string,
  message: string,
  fields: Readonly<Record<string, unknown>>,
): asserts holds {
  if (!holds) throw new InputError(code, message, fields);
}
