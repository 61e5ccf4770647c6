import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { plainText, toTex } from "../../src/figures/label.js";
import { middleOf, typeset } from "../../src/figures/typeset.js";
import { PARAMETERS } from "../../src/model/parameters.js";
import { pathBox } from "./reading.js";

describe("labels", () => {
  it("are text with math between dollars, or all math with a backslash and no dollar", () => {
    expect(toTex("CsI")).toBe("\\text{CsI}");
    expect(toTex("$2\\sigma$ combined")).toBe("{2\\sigma}\\text{ combined}");
    expect(toTex("2\\sigma\\ \\text{combined}")).toBe("{2\\sigma\\ \\text{combined}}");
  });

  it.each([
    ["$\\varepsilon^{uV}_{\\mu\\mu}$", "ε^uV_μμ"],
    ["2\\sigma\\ \\text{combined}", "2σ combined"],
    ["$-0.5$", "−0.5"],
    ["CE$\\nu$NS, 90% C.L.", "CEνNS, 90% C.L."],
    ["\\sin^2\\theta_W", "sin^2θ_W"],
    ["$T$ [keV$_\\mathrm{ee}$]", "T [keV_ee]"],
  ])("%s reads as %s", (label, plain) => {
    expect(plainText(label)).toBe(plain);
  });

  it("of every parameter can be set and read", () => {
    for (const { symbol } of PARAMETERS) {
      const { plain, width } = typeset(`$${symbol}$`, 9);
      expect(plain).not.toMatch(/[\\{}$]/);
      expect(width).toBeGreaterThan(3);
    }
  });
});

describe("typesetting", () => {
  it("has outlines as large as the sizes it tells, which scale with the em", () => {
    for (const label of [
      "$-0.5$",
      "CsI, gap",
      "$\\frac{a}{\\sqrt{b}}$",
      "$\\varepsilon^{uV}_{ee}$",
    ]) {
      const small = typeset(label, 8);
      const box = pathBox(small.at(100, 200));
      expect(box.x0).toBeGreaterThan(100 - 0.5);
      expect(box.x1).toBeLessThan(100 + small.width + 0.5);
      expect(box.x1 - box.x0).toBeGreaterThan(0.8 * small.width);
      expect(box.y0).toBeGreaterThan(200 - small.ascent - 0.1);
      expect(box.y1).toBeLessThan(200 + small.descent + 0.1);
      expect(typeset(label, 16).width).toBeCloseTo(2 * small.width, 9);
    }
  });

  it("turns a label to read upwards", () => {
    const label = typeset("$\\Delta\\chi^2$", 10);
    const [flat, turned] = [pathBox(label.at(0, 0)), pathBox(label.at(0, 0, 1))];
    expect(turned.x0).toBeCloseTo(flat.y0, 2);
    expect(turned.x1).toBeCloseTo(flat.y1, 2);
    expect(turned.y0).toBeCloseTo(-flat.x1, 2);
    expect(turned.y1).toBeCloseTo(-flat.x0, 2);
  });

  it("uses a minus, not a hyphen, in numbers", () => {
    const minus = typeset("$-$", 1000).width;
    const hyphen = typeset("-", 1000).width;
    expect(minus / hyphen).toBeGreaterThan(2);
    expect(typeset("$-0.5$", 1000).width).toBeCloseTo(minus + typeset("$0.5$", 1000).width, 6);
  });

  it("knows the middle of digits", () => {
    const box = pathBox(typeset("$1$", 10).at(0, 0));
    expect(middleOf(10)).toBeCloseTo(-(box.y0 + box.y1) / 2, 1);
  });

  it.each([
    ["$\\foo$", "bad-tex"],
    ["$x_{$", "bad-tex"],
    ["$x", "unbalanced-math"],
    ["日本", "untypesettable"],
    ["$\\overline{xyz}$", "untypesettable"],
  ])("refuses %s as %s, naming the label", (label, code) => {
    expect(() => typeset(label, 9)).toThrowError(InputError);
    expect(() => typeset(label, 9)).toThrowError(expect.objectContaining({ code }));
    expect(() => typeset(label, 9)).toThrowError(label);
  });
});
