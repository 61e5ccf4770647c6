import type { ComponentIndex, Effect } from "./description.js";
import type { SignalSplines } from "./signal.js";
import type { TermTemplates } from "./templates.js";

/**
 * One component of a term, Π_s (1 + θ_s) [ (1 + Σ_n θ_n) M_b + Σ_j (θ_j L_jb + θ_j² C_jb) ], by what its
 * nuisances (of the term) do: scales s, norms n, shapes j, and a position along which M, L and C are
 * splines.
 */
export interface SampleLayout {
  readonly component: ComponentIndex;
  readonly scales: readonly number[];
  readonly norms: readonly number[];
  readonly shapes: readonly number[];
  readonly position: number | undefined;
  /** Coefficients of the splines in the position; 1 where nothing moves. */
  readonly layers: number;
}

/** What norms and scales alone act on: its bins keep their proportions. */
export function isRigid({ shapes, position }: SampleLayout): boolean {
  return shapes.length === 0 && position === undefined;
}

export function sampleLayout(templates: TermTemplates, component: ComponentIndex): SampleLayout {
  const { term, nuisances } = templates;
  const effects = term.effects.filter((effect) => effect.component === component);
  const of = (...kinds: readonly Effect["kind"][]) =>
    effects
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ nuisance }) => nuisances.indexOf(nuisance));
  const position = effects.find((effect) => effect.kind === "position");
  return {
    component,
    scales: of("scale"),
    norms: of("norm"),
    shapes: [...new Set(of("relative", "morph"))],
    position: position && nuisances.indexOf(position.nuisance),
    layers: position ? position.values.length + 2 : 1,
  };
}

/**
 * The rows of a layer: M, then L and C of every shape in turn, [1 + 2 shapes][charges or 1], each [bins];
 * undefined where all is 0. Of the signal per unit of squared charge.
 */
export function layerRows(
  templates: TermTemplates,
  layout: SampleLayout,
  layer: number,
  familyValue: number,
): (readonly Float64Array[] | undefined)[] {
  const nominal = nominalRows(templates, layout, layer, familyValue);
  const rows: (readonly Float64Array[] | undefined)[] = [nominal.counts];
  for (const j of layout.shapes) {
    let linear = nominal.linear[j];
    for (const effect of templates.term.effects) {
      if (effect.kind !== "relative" || effect.component !== layout.component) continue;
      if (templates.nuisances.indexOf(effect.nuisance) !== j) continue;
      const present = linear;
      linear = nominal.counts.map((counts, c) =>
        counts.map((count, b) => (present?.[c][b] ?? 0) + effect.deviation[b] * count),
      );
    }
    rows.push(linear, nominal.quadratic[j]);
  }
  return rows;
}

/** M of a layer by charge, and by nuisance of the term what morphs add: a background has one charge. */
function nominalRows(
  templates: TermTemplates,
  { component, layers }: SampleLayout,
  layer: number,
  familyValue: number,
) {
  const { term, nuisances } = templates;
  if (component === "signal") {
    if (layers === 1) return templates.signalAt(familyValue);
    const { counts, linear, quadratic } = templates.signal.splinesAt(familyValue);
    const cut = (spline: SignalSplines["counts"] | undefined) => spline?.[layer];
    return { counts: counts[layer], linear: linear.map(cut), quadratic: quadratic.map(cut) };
  }
  const linear: (readonly Float64Array[] | undefined)[] = [];
  const quadratic: (readonly Float64Array[] | undefined)[] = [];
  for (const effect of term.effects) {
    if (effect.kind !== "morph" || effect.component !== component) continue;
    const j = nuisances.indexOf(effect.nuisance);
    linear[j] = [sum(linear[j]?.[0], effect.linear)];
    quadratic[j] = [sum(quadratic[j]?.[0], effect.quadratic)];
  }
  return { counts: [term.backgrounds[component].counts], linear, quadratic };
}

function sum(a: Float64Array | undefined, b: Float64Array): Float64Array {
  return a ? a.map((value, bin) => value + b[bin]) : b;
}
