import { closestMatch } from "leven";

/** `Did you mean "axes"?`, or the whole list where nothing comes near. */
export function suggest(given: string, candidates: readonly string[]): string {
  const maxDistance = Math.max(2, Math.floor(given.length / 3));
  const nearest = closestMatch(given, candidates, { maxDistance });
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  if (candidates.length === 0) return "None can be given here.";
  return `Choose from ${candidates.join(", ")}.`;
}
