import type { AnalysisOption } from "../analysis/analysis.js";
import { ANALYSES } from "../analysis/registry.js";

/** `helm`, or by analysis where they differ: `klein-nystrand in liao-2024, helm in release`. */
function defaults(of: readonly { readonly analysis: string; readonly option: AnalysisOption }[]) {
  const values = of.map(({ option }) => String(option.default ?? "none"));
  const place = of.length < ANALYSES.length ? `${of.map((o) => o.analysis).join(", ")}; ` : "";
  if (values.every((value) => value === values[0])) return `${place}default ${values[0]}`;
  return `default ${of.map(({ analysis }, i) => `${values[i]} in ${analysis}`).join(", ")}`;
}

/**
 * Every option of the analyses: what it may be, what it does, its default. Tabs part the columns.
 * @param how options are given
 */
export function analysisOptionsHelp(how: string): string {
  const all = ANALYSES.flatMap(({ name, options }) =>
    options.map((option) => ({ analysis: name, option })),
  );
  const names = [...new Set(all.map(({ option }) => option.name))];
  const lines = names.map((name) => {
    const of = all.filter(({ option }) => option.name === name);
    const [{ option }] = of;
    return `  ${name} \t${option.takes}: ${option.meaning} [${defaults(of)}]`;
  });
  return [
    `Options of the analyses, given ${how}; the papers' choices are the defaults, and what each changes is in docs/analysis-options.md:`,
    ...lines,
  ].join("\n");
}
