import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import type { Problem } from "../../src/likelihood/description.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { randomProblem } from "./random-problem.js";

type Mutable<T> = T extends Float64Array ? T : { -readonly [K in keyof T]: Mutable<T[K]> };

const faults: Record<string, [string, (problem: Mutable<Problem>) => void]> = {
  "no observation": [
    "missing-observation",
    (p) => delete (p.observations as Record<string, unknown>).t1,
  ],
  "no variance": [
    "bad-observation",
    (p) => delete (p.observations.t1 as { variance?: unknown }).variance,
  ],
  "a variance of zero": ["bad-observation", (p) => p.observations.t1.variance?.fill(0)],
  "a negative count": ["bad-observation", (p) => p.observations.t0.counts.fill(-1)],
  "too few counts": [
    "bad-observation",
    (p) => {
      p.observations.t0.counts = new Float64Array(3);
    },
  ],
  "NaN in a template": ["bad-template", (p) => p.description.terms[0].signal.fill(Number.NaN)],
  "a table without its nodes": [
    "bad-template",
    (p) => {
      p.description.family = { parameter: "exponent_x", nodes: Float64Array.of(1, 2) };
    },
  ],
  "a negative background": [
    "bad-template",
    (p) => p.description.terms[0].backgrounds[0].counts.fill(-1),
  ],
  "a charge out of range": [
    "bad-template",
    (p) => {
      p.description.terms[0].charges[0] = 9;
    },
  ],
  "an effect on nothing": [
    "bad-effect",
    (p) => {
      p.description.terms[0].effects[0].component = 7;
    },
  ],
  "a prior of no width": [
    "bad-nuisance",
    (p) => {
      p.description.nuisances[0].sigma = 0;
    },
  ],
  "bounds without zero": [
    "bad-nuisance",
    (p) => {
      p.description.nuisances[0].lower = 0.5;
    },
  ],
  "an unknown data set": [
    "unknown-dataset",
    (p) => {
      p.combinations[0].datasets = ["t0", "csi"];
    },
  ],
};

describe("a problem that does not fit together is refused", () => {
  it.each(Object.entries(faults))("%s", (_, [code, spoil]) => {
    const problem = structuredClone(randomProblem(2, { statistics: ["poisson", "gaussian"] }));
    expect(() => new LikelihoodEvaluator(problem)).not.toThrow();
    spoil(problem as Mutable<Problem>);
    try {
      new LikelihoodEvaluator(problem);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).code).toBe(code);
    }
  });
});
