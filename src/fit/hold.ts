import type { CompiledAnalysis } from "../analysis/analysis.js";
import { InputError } from "../errors.js";

/**
 * The analysis with some nuisances held where they are put, not profiled.
 * @param values θ by nuisance name
 * @throws InputError for a nuisance that the analysis does not have, or one beyond its bounds
 */
export function holdNuisances(
  analysis: CompiledAnalysis,
  values: Readonly<Record<string, number>>,
): CompiledAnalysis {
  const { nuisances } = analysis.description;
  const strange = Object.keys(values).find((name) => !nuisances.some((n) => n.name === name));
  if (strange !== undefined) {
    throw new InputError(
      "unknown-nuisance",
      `Analysis "${analysis.name}" has no nuisance "${strange}". It has ${nuisances.map(({ name }) => name).join(", ")}.`,
      { analysis: analysis.name, nuisance: strange },
    );
  }
  for (const { name, lower, upper } of nuisances) {
    const value = values[name];
    if (value === undefined || (value >= lower && value <= upper)) continue;
    const range = Number.isFinite(upper) ? `between ${lower} and ${upper}` : `of at least ${lower}`;
    throw new InputError(
      "impossible-value",
      `Nuisance "${name}" of analysis "${analysis.name}" cannot be held at ${value}. Hold it at a value ${range}.`,
      { analysis: analysis.name, nuisance: name, value },
    );
  }
  const held = nuisances.map((nuisance) => {
    const value = values[nuisance.name];
    return value === undefined ? nuisance : { ...nuisance, lower: value, upper: value };
  });
  return { ...analysis, description: { ...analysis.description, nuisances: held } };
}
