import { describe, expect, it } from "vitest";
import {
  assemble,
  type LooseTerm,
  normEffects,
  type Piece,
  pairs,
} from "../../src/analysis/assemble.js";
import type { Charge, Nuisance } from "../../src/likelihood/description.js";

const nuisance = (name: string): Nuisance => ({
  name,
  symbol: name,
  sigma: 0.1,
  lower: -1,
  upper: Number.POSITIVE_INFINITY,
});
const charge = (nucleus: string, flavour: "e" | "mu"): Charge => ({ nucleus, flavour });

function looseTerm(name: string, charges: readonly Charge[], nuisances: number): LooseTerm {
  const components = ["signal", 0, 1, 2].slice(0, nuisances) as ("signal" | number)[];
  return {
    charges,
    observation: { counts: Float64Array.of(name.length) },
    term: {
      name,
      dataset: name,
      statistic: "poisson",
      bins: 1,
      axes: [],
      signal: new Float64Array(charges.length),
      backgrounds: [],
      effects: normEffects(components),
    },
  };
}

describe("assemble", () => {
  const [arE, arMu, geE, geMu] = (["Ar", "Ge"] as const).flatMap((name) => [
    charge(name, "e"),
    charge(name, "mu"),
  ]);
  const first: Piece = {
    nuisances: [nuisance("flux"), nuisance("a.norm")],
    terms: [looseTerm("a", [arE, arMu], 2)],
  };
  const second: Piece = {
    nuisances: [nuisance("b.norm"), nuisance("flux")],
    terms: [looseTerm("b", [geE, geMu], 2), looseTerm("c", [{ ...arMu }, geE], 1)],
  };

  it("makes one charge of a nucleus that two terms see by the same flavour", () => {
    const { description } = assemble("x", [first, second], [2]);
    expect(description.charges).toEqual([arE, arMu, geE, geMu]);
    expect(description.terms.map(({ charges }) => charges)).toEqual([
      [0, 1],
      [2, 3],
      [1, 2],
    ]);
  });

  it("makes one nuisance of those of one name, and renumbers the effects", () => {
    const { description } = assemble("x", [first, second], [2]);
    expect(description.nuisances.map(({ name }) => name)).toEqual(["flux", "a.norm", "b.norm"]);
    expect(description.terms.map((t) => t.effects.map((effect) => effect.nuisance))).toEqual([
      [0, 1],
      [2, 0],
      [2],
    ]);
    expect(description.terms[0].effects.map(({ component }) => component)).toEqual(["signal", 0]);
  });

  it("keeps observations beside the description, by term", () => {
    const { description, observations } = assemble("x", [first, second], [2]);
    expect(Object.keys(observations)).toEqual(["a", "b", "c"]);
    expect(observations.b).toBe(second.terms[0].observation);
    expect(JSON.stringify(description)).not.toContain("observation");
  });

  it("makes a family of several nodes and none of one", () => {
    expect(assemble("x", [first], [2]).description.family).toBeUndefined();
    const family = assemble("x", [first], [0.5, 1.5]).description.family;
    expect(family).toEqual({ parameter: "exponent_x", nodes: Float64Array.of(0.5, 1.5) });
  });
});

describe("pairs", () => {
  it("are the bins between consecutive edges", () => {
    expect(pairs([0, 1, 4])).toEqual([
      [0, 1],
      [1, 4],
    ]);
  });
});
