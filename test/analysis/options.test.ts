import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { liao2024 } from "../../src/analysis/liao-2024/index.js";
import { ANALYSES, analysisNamed } from "../../src/analysis/registry.js";
import { InputError } from "../../src/errors.js";

function refusal(action: () => unknown): InputError {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("an analysis' options", () => {
  it("are completed with the paper's choice", () => {
    const defaults = {
      form_factor: "klein-nystrand",
      radius_scale: 1,
      fermi_diffuseness: 0.52,
      lar_normalisation: "paper",
      bound_norms: false,
    };
    expect(liao2024.completeOptions({})).toEqual(defaults);
    expect(liao2024.completeOptions({ bound_norms: true })).toEqual({
      ...defaults,
      bound_norms: true,
    });
    // Completed options complete to themselves: a result's record can be run again.
    expect(liao2024.completeOptions(defaults)).toEqual(defaults);
  });

  it.each([
    ["an option it does not have", { radius: 1 }, "radius", 'has no option "radius"'],
    ["an unknown form factor", { form_factor: "woods-saxon" }, "form_factor", "woods-saxon"],
    ["a radius that no nucleus has", { radius_scale: 0 }, "radius_scale", "cannot use 0"],
    ["text for a switch", { bound_norms: "yes" }, "bound_norms", 'cannot use "yes"'],
    ["text for a switch", { bound_norms: "yes" }, "bound_norms", "(choose true or false)"],
    ["text for a number", { radius_scale: "nan" }, "radius_scale", "(give a finite number)"],
    ["too large a number", { radius_scale: 3 }, "radius_scale", "(give at most 2)"],
    ["an unknown choice", { form_factor: "x" }, "form_factor", "(choose from "],
    [
      "an unknown normalisation",
      { lar_normalisation: "ours" },
      "lar_normalisation",
      "(choose from paper, release, release-events)",
    ],
    ["NaN", { fermi_diffuseness: Number.NaN }, "fermi_diffuseness", "fermi_diffuseness"],
    ["an empty path", { ge_energy_points: "" }, "ge_energy_points", "ge_energy_points"],
  ])("refuse %s, naming it and what there is", (_, options, option, words) => {
    for (const use of [liao2024.completeOptions, liao2024.compile]) {
      const error = refusal(() => use(options));
      expect(error.code).toBe("bad-option");
      expect(error.fields).toMatchObject({ analysis: "liao-2024", option });
      expect(error.message).toContain(words);
      expect(error.message).toContain(
        "form_factor, radius_scale, fermi_diffuseness, lar_normalisation, bound_norms",
      );
    }
  });

  it("are described: what each takes, what it does, and the default that completing gives", () => {
    for (const { options, completeOptions } of ANALYSES) {
      const defaults = Object.fromEntries(options.map((option) => [option.name, option.default]));
      const given = Object.entries(defaults).filter(([, value]) => value !== undefined);
      expect(Object.fromEntries(given)).toEqual(completeOptions({}));
      for (const { takes, meaning } of options) {
        expect(takes).not.toMatch(/undefined/);
        expect(meaning.length).toBeGreaterThan(10);
      }
    }
    const [factor] = liao2024.options;
    expect(factor).toMatchObject({ name: "form_factor", takes: "klein-nystrand, helm, fermi" });
  });

  it("each have their place in the documentation, those of several values with every value", () => {
    const text = readFileSync(new URL("../../docs/analysis-options.md", import.meta.url), "utf8");
    for (const { options } of ANALYSES) {
      for (const { name, takes } of options) {
        expect(text).toMatch(new RegExp(`\\b${name}\\b`));
        const values = name === "lar_shapes" || name === "flux" ? [] : takes.split(", ");
        if (!takes.includes("true") && values.length > 1) {
          for (const value of values) expect(text, name).toContain(`\`${value}\``);
        }
      }
    }
  });

  it("are kept with what is compiled", () => {
    const { options } = liao2024.compile({ lar_normalisation: "release" });
    expect(options).toEqual(liao2024.completeOptions({ lar_normalisation: "release" }));
  });
});

describe("the registry", () => {
  it("finds every analysis by its name, and names them where one is unknown", () => {
    for (const analysis of ANALYSES) expect(analysisNamed(analysis.name)).toBe(analysis);
    const error = refusal(() => analysisNamed("liao-2042"));
    expect(error.code).toBe("unknown-analysis");
    for (const { name } of ANALYSES) expect(error.message).toContain(name);
  });
});
