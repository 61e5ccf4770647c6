import { describe, expect, it } from "vitest";
import type { LikelihoodDescription } from "../../src/likelihood/description.js";
import { descriptionHash } from "../../src/likelihood/hash.js";
import { randomProblem } from "./random-problem.js";

describe("descriptionHash", () => {
  const { description } = randomProblem(1, { statistics: ["poisson", "gaussian"] });
  const hash = descriptionHash(description);

  it("is that of the content, not of the order of keys or of the object", () => {
    const copy = structuredClone(description);
    const shuffled = Object.fromEntries(
      Object.entries(copy).reverse(),
    ) as unknown as LikelihoodDescription;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(descriptionHash(shuffled)).toBe(hash);
  });

  it("changes with the last bit of a template, a bound, a name, and the order of terms", () => {
    const changed = [structuredClone(description), structuredClone(description)];
    changed[0].terms[1].signal[3] *= 1 + Number.EPSILON;
    (changed[1].nuisances[0] as { lower: number }).lower = -0.5;
    const hashes = [
      ...changed,
      { ...description, analysis: "other" },
      { ...description, terms: description.terms.toReversed() },
      { ...description, family: { parameter: "exponent_x", nodes: Float64Array.of(2) } as const },
    ].map(descriptionHash);
    expect(new Set([hash, ...hashes]).size).toBe(6);
  });
});
