import { InputError } from "../errors.js";
import type { Problem, Term } from "./description.js";

/** Refuses a problem whose parts do not fit together. @throws InputError naming the place */
export function checkProblem({ description, observations, combinations }: Problem): void {
  const { nuisances, terms, charges, family } = description;
  for (const { name, sigma, lower, upper } of nuisances) {
    require(sigma === null ||
      sigma >
        0, "bad-nuisance", `Nuisance "${name}" has prior width ${sigma}: give a positive width, or null for a free parameter.`, {
      nuisance: name,
    });
    require(lower <= 0 &&
      upper >=
        0, "bad-nuisance", `Nuisance "${name}" is bound to [${lower}, ${upper}], which leaves out its nominal value 0.`, {
      nuisance: name,
    });
  }
  const nodes = family?.nodes.length ?? 1;
  for (const term of terms) {
    checkTerm(term, nodes, charges.length, nuisances.length);
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

function checkTerm(term: Term, nodes: number, charges: number, nuisances: number): void {
  const { name, bins } = term;
  const tableSize = nodes * term.charges.length * bins;
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
      nuisance < nuisances &&
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

function require(
  holds: boolean,
  code: string,
  message: string,
  fields: Readonly<Record<string, unknown>>,
): asserts holds {
  if (!holds) throw new InputError(code, message, fields);
}
