import type { Verdict } from "./figure.js";

/**
 * Of a statement that has several parts, each true or not of ours.
 * @throws RangeError where there are none: what an empty set means is to be said by whoever asks
 */
export function verdictOfParts(parts: readonly boolean[]): Verdict {
  if (parts.length === 0) throw new RangeError("a statement without parts says nothing");
  if (parts.every(Boolean)) return "holds";
  return parts.some(Boolean) ? "in part" : "differs";
}
