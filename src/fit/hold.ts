import type { CompiledAnalysis } from "../analysis/analysis.js";
import { InputError } from "../errors.js";

/**
 * The analysis with some nuisances held where they are put, not profiled.
 * @param values θ by nuisance name
 * @throws InputError for a nuisance that the analysis does not have
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
  const held = nuisances.map((nuisance) => {
    const value = values[nuisance.name];
    return value === undefined ? nuisance : { ...nuisance, lower: value, upper: value };
  });
  return { ...analysis, description: { ...analysis.description, nuisances: held } };
}
