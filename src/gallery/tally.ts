import type { Statement, Verdict } from "./figure.js";

/**
 * The verdict of each sentence, one that is said of several figures once: what they agree on, else in
 * part.
 */
export function distinctVerdicts(
  statements: readonly Pick<Statement, "paper" | "verdict">[],
): Verdict[] {
  const sentences = new Map<string, Set<Verdict>>();
  for (const { paper, verdict } of statements) {
    sentences.set(paper, (sentences.get(paper) ?? new Set()).add(verdict));
  }
  return [...sentences.values()].map((verdicts) => {
    const [first, ...others] = verdicts;
    return others.length === 0 ? first : "in part";
  });
}
