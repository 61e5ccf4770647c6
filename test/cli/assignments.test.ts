import { describe, expect, it } from "vitest";
import { analysisOptions, pointOf } from "../../src/cli/assignments.js";
import { freeParameters } from "../../src/cli/free-parameters.js";
import { pointAt } from "../fit/points.js";

describe("--at", () => {
  it("moves what it names from the Standard Model", () => {
    expect(pointOf(["eps_ee_u=0.1", "sin2_theta_w = 2e-1"], "at")).toEqual(
      pointAt({ eps_ee_u: 0.1, sin2_theta_w: 0.2 }),
    );
    expect(pointOf([], "at")).toEqual(pointAt());
  });

  it.each([
    [["eps_tautau_u=1"], "unreachable-parameter", "no ν_τ"],
    [["eps_e_u=1"], "unknown-parameter", "eps_ee_u, eps_ee_d"],
    [["eps_ee_u=NaN"], "not-a-number", '--at eps_ee_u is "NaN"'],
    [["eps_ee_u=Infinity"], "not-a-number", "finite"],
    [["eps_ee_u=0.1x"], "not-a-number", '"0.1x"'],
    [["eps_ee_u=0x10"], "not-a-number", '"0x10"'],
    [["eps_ee_u"], "bad-assignment", "name=value"],
    [["=1"], "bad-assignment", '"=1"'],
    [["eps_ee_u="], "bad-assignment", "name=value"],
    [["eps_ee_u=1", "eps_ee_u=1"], "bad-assignment", "twice"],
    [["sin2_theta_w=2"], "impossible-value", "between 0 and 1"],
  ])("%j is refused as %s", (words, code, text) => {
    const refusal = expect.objectContaining({ code, message: expect.stringContaining(text) });
    expect(() => pointOf(words, "at")).toThrowError(refusal);
  });
});

describe("--free", () => {
  it("takes names, and names with ranges", () => {
    expect(freeParameters(["eps_ee_u", "eps_ee_d=-0.5:1e-1"])).toEqual([
      { name: "eps_ee_u", lower: -1.5, upper: 1.5 },
      { name: "eps_ee_d", lower: -0.5, upper: 0.1 },
    ]);
  });

  it.each([
    [["bogus"], "unknown-parameter", "eps_ee_u"],
    [["eps_tautau_d=0:1"], "unreachable-parameter", "no ν_τ"],
    [["eps_ee_u=1:0"], "bad-range", "swap the limits"],
    [["eps_ee_u=1:1"], "bad-range", "begin below"],
    [["eps_ee_u=1"], "bad-range", "from:to"],
    [["eps_ee_u="], "bad-range", "from:to"],
    [["eps_ee_u=0:1:2"], "bad-range", "from:to"],
    [["eps_ee_u=0:1=2"], "not-a-number", '"1=2"'],
    [["eps_ee_u=0:"], "not-a-number", '""'],
    [["eps_ee_u=nan:1"], "not-a-number", '"nan"'],
    [["exponent_x=-1:3"], "impossible-value", "between 0 and 4"],
    [["eps_ee_u", "eps_ee_u=0:1"], "repeated-parameter", "twice"],
  ])("%j is refused as %s", (words, code, text) => {
    const refusal = expect.objectContaining({ code, message: expect.stringContaining(text) });
    expect(() => freeParameters(words)).toThrowError(refusal);
  });
});

describe("--option", () => {
  it("reads booleans and numbers as such, all else as text", () => {
    const words = ["bound_norms=true", "radius_scale=1.1", "form_factor=helm", "points=a=b.csv"];
    expect(analysisOptions(words)).toEqual({
      bound_norms: true,
      radius_scale: 1.1,
      form_factor: "helm",
      points: "a=b.csv",
    });
  });
});
