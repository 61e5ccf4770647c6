import { describe, expect, it } from "vitest";
import type { Effect } from "../../src/likelihood/description.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { chargeModel } from "../../src/model/charges.js";
import { CannotTabulate, factorise, restricted } from "../../src/tables/factorise.js";
import { analysisProblem } from "../engine/real.js";
import { pointWith } from "./random-points.js";

const named = (...names: string[]) => names.map((name) => ({ name, datasets: name.split("+") }));

describe("the factors of a likelihood", () => {
  it("are one table for each data set where nothing is shared", () => {
    const { tables, profiles, members } = factorise(analysisProblem("liao-2024"));
    expect(tables).toEqual([{ terms: [0] }, { terms: [1] }, { terms: [2, 3] }]);
    expect(profiles).toEqual([{ tables: [0] }, { tables: [1] }, { tables: [2] }]);
    expect(members).toEqual([[0], [1], [2], [0, 1], [0, 1, 2]]);
    const independent = factorise(analysisProblem("release", { flux: "independent" }));
    expect(independent.profiles.every(({ scale }) => scale === undefined)).toBe(true);
  });

  it("hold a flux that data sets share, and leave a single data set its own", () => {
    const release = analysisProblem("release");
    const combinations = named("csi", "lar+ge", "csi+lar+ge");
    const flux = release.description.nuisances.findIndex(({ name }) => name === "flux");
    const { tables, profiles, members } = factorise({ ...release, combinations });
    expect(tables).toEqual([
      { terms: [0] },
      { terms: [1], held: flux },
      { terms: [2, 3], held: flux },
      { terms: [0], held: flux },
    ]);
    expect(profiles).toEqual([
      { tables: [0] },
      { tables: [1, 2], scale: flux },
      { tables: [3, 1, 2], scale: flux },
    ]);
    expect(members).toEqual([[0], [1], [2]]);
  });

  it("give the whole back: the sum at a flux, minimised over it, is the joint profile", () => {
    const release = { ...analysisProblem("release"), combinations: named("lar+ge") };
    const { tables } = factorise(release);
    const parts = tables.map((table) => new LikelihoodEvaluator(restricted(release, table)));
    const model = chargeModel(release.description.charges);
    const q = new Float64Array(release.description.charges.length);
    const out = new Float64Array(1);
    for (const strength of [0, 0.4, 1, 3]) {
      model.fill(pointWith({ sigma_scale: strength, eps_ee_u: 0.1 }), q);
      const at = (phi: number) =>
        parts.reduce(
          (sum, part) => {
            part.chi2(
              Float64Array.from(q, (value) => (1 + phi) * value),
              2,
              out,
            );
            return sum + out[0];
          },
          (phi / 0.1) ** 2,
        );
      let [low, high] = [-0.9, 1];
      for (let i = 0; i < 60; i++) {
        const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
        if (at(a) < at(b)) high = b;
        else low = a;
      }
      new LikelihoodEvaluator(release).chi2(q, 2, out);
      const whole = out[0];
      expect(at((low + high) / 2)).toBeCloseTo(whole, 6);
    }
  });

  it("are refused, with the reason, where data sets share anything else", () => {
    const liao = analysisProblem("liao-2024");
    const { description } = liao;
    const norm: Effect = { kind: "norm", nuisance: 0, component: "signal" };
    const terms = description.terms.map((term, t) =>
      t === 1 ? { ...term, effects: [...term.effects, norm] } : term,
    );
    const shared = { ...liao, description: { ...description, terms } };
    expect(() => factorise(shared)).toThrow(CannotTabulate);
    expect(() => factorise(shared)).toThrow(/csi, lar share .*scales every signal/);
  });
});
