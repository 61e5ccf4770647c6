import { describe, expect, it } from "vitest";
import { plainText } from "../../src/figures/label.js";
import { typeset } from "../../src/figures/typeset.js";
import { figureText } from "../../src/study/figure-text.js";

describe("titles as people type them", () => {
  it.each([
    ["each data set, 90% CL", "each data set, 90% CL"],
    ["csi+lar at 2σ, 3σ", "csi+lar at 2$σ$, 3$σ$"],
    ["ε^d_ee and ε^d_μμ", "$ε^{d}_{ee}$ and $ε^{d}_{μμ}$"],
    ["Δχ²=4.61", "$Δχ^2$=4.61"],
    ["$\\varepsilon^d_{ee}$ at 2σ", "$\\varepsilon^d_{ee}$ at 2$σ$"],
    ["2\\sigma", "2\\sigma"],
    ["CEνNS, x^2", "CE$ν$NS, x^2"],
  ])("%s becomes %s, which the typeface has", (title, label) => {
    expect(figureText(title)).toBe(label);
    expect(typeset(label, 9).width).toBeGreaterThan(0);
  });

  it("read the same", () => {
    expect(plainText(figureText("ε^d_ee at 2σ"))).toBe("ε^d_ee at 2σ");
  });

  it("leave what is not closed to be refused", () => {
    expect(() => typeset(figureText("a $\\sigma at 2σ"), 9)).toThrowError("opens math");
  });
});
