import type { ComponentIndex, Term } from "./description.js";
import type { TermTemplates } from "./templates.js";

/** Expected counts of one term at the profiled nuisances, by component. */
export interface TermCounts {
  readonly term: string;
  /** [bins] */
  readonly signal: Float64Array;
  /** In the order of the term's backgrounds, each [bins]. */
  readonly backgrounds: readonly Float64Array[];
}

/**
 * Expected counts written out effect by effect (the formula at the head of `description.ts`).
 * @param theta by nuisance of the description
 */
export function expectedCounts(
  templates: TermTemplates,
  charges: Float64Array,
  familyValue: number,
  theta: Float64Array,
): TermCounts {
  const { term, bins } = templates;
  const signal = new Float64Array(bins);
  signalResponse(templates, familyValue, theta).forEach((row, c) => {
    for (let b = 0; b < bins; b++) signal[b] += charges[term.charges[c]] * row[b];
  });
  const backgrounds = term.backgrounds.map(({ counts }, k) => {
    const total = Float64Array.from(counts);
    for (const effect of term.effects) {
      if (effect.component !== k || effect.kind === "scale") continue;
      const value = theta[effect.nuisance];
      for (let b = 0; b < bins; b++) {
        if (effect.kind === "norm") total[b] += value * counts[b];
        else if (effect.kind === "relative") total[b] += value * effect.deviation[b] * counts[b];
        else total[b] += value * (effect.linear[b] + value * effect.quadratic[b]);
      }
    }
    const factor = scaleOf(term, k, theta);
    return total.map((value) => factor * value);
  });
  return { term: term.name, signal, backgrounds };
}

/** Π (1 + θ_s) over the scales of a component. */
function scaleOf(term: Term, component: ComponentIndex, theta: Float64Array): number {
  return term.effects.reduce((factor, effect) => {
    const scales = effect.kind === "scale" && effect.component === component;
    return scales ? factor * (1 + theta[effect.nuisance]) : factor;
  }, 1);
}

/** ∂μ_b/∂q_c at the nuisances θ of the description, one row [bins] per charge of the term. */
export function signalResponse(
  templates: TermTemplates,
  familyValue: number,
  theta: Float64Array,
): Float64Array[] {
  const { term, position } = templates;
  const signal = templates.signalAt(familyValue, position ? theta[position.nuisance] : 0);
  const scale = scaleOf(term, "signal", theta);
  const shapes = templates.nuisances.map((nuisance, j) => ({ value: theta[nuisance], j }));
  return signal.counts.map((row, c) =>
    row.map((count, b) => {
      let relative = 1;
      for (const effect of term.effects) {
        if (effect.component !== "signal") continue;
        if (effect.kind === "norm") relative += theta[effect.nuisance];
        if (effect.kind === "relative") relative += theta[effect.nuisance] * effect.deviation[b];
      }
      let response = count * relative;
      for (const { value, j } of shapes) {
        response += value * (signal.linear[j]?.[c][b] ?? 0);
        response += value * value * (signal.quadratic[j]?.[c][b] ?? 0);
      }
      return scale * response;
    }),
  );
}
