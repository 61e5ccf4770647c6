import { closestMatch } from "leven";

/** A list this short is always shown. */
const SHORT_LIST = 6;

/** `Did you mean "axes"?`, and the choices where they are few or none of them comes near. */
export function suggest(given: string, candidates: readonly string[]): string {
  const maxDistance = Math.max(1, Math.ceil(given.length / 3));
  const nearest = closestMatch(given, candidates, { maxDistance });
  const question = nearest === undefined ? [] : [`Did you mean "${nearest}"?`];
  const all = candidates.length <= SHORT_LIST || nearest === undefined;
  return [...question, ...(all ? [`Choose from ${candidates.join(", ")}.`] : [])].join(" ");
}
