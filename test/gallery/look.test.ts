import { describe, expect, it } from "vitest";
import { paperStyle } from "../../src/figures/style.js";
import { renderSvg } from "../../src/figures/svg.js";
import type { FigureSpec, PanelSpec } from "../../src/figures/types.js";
import { inColumn, type Look, styleOf } from "../../src/gallery/look.js";

const look: Look = { style: "paper", theme: "light", dpi: 300 };
const axis = { domain: [0, 1], scale: "linear" } as const;
const panel: PanelSpec = { x: axis, y: axis, layers: [] };
const square: FigureSpec = {
  width: 178,
  panels: [
    [panel, panel],
    [panel, panel],
  ],
};

describe("a look", () => {
  it("is the paper's style unless more is asked for", () => {
    expect(styleOf(look)).toEqual(paperStyle());
    expect(styleOf({ ...look, theme: "dark" }).inks).toEqual(paperStyle("dark").inks);
  });

  it("scales all type to a font size, and type and lines for a talk", () => {
    const large = styleOf({ ...look, fontSize: 17 });
    expect(large.textSize).toBe(17);
    expect(large.labelSize / large.textSize).toBeCloseTo(9.5 / 8.5, 12);
    expect(large.lineWidth).toBe(paperStyle().lineWidth);
    const talk = styleOf({ ...look, style: "talk" });
    expect(talk.textSize).toBeGreaterThan(paperStyle().textSize);
    expect(talk.lineWidth).toBeGreaterThan(paperStyle().lineWidth);
  });

  it.each([3, 25, Number.NaN])("refuses a font size of %d pt", (fontSize) => {
    expect(() => styleOf({ ...look, fontSize })).toThrow(
      expect.objectContaining({ code: "bad-font-size" }),
    );
  });
});

describe("a column", () => {
  it("leaves a figure alone, widens it, or stacks its panels", () => {
    expect(inColumn(square, undefined)).toBe(square);
    expect(inColumn({ ...square, width: 86 }, "double").width).toBe(178);
    const stacked = inColumn(square, "single");
    expect(stacked.width).toBe(86);
    expect(stacked.panels.map((row) => row.length)).toEqual([1, 1, 1, 1]);
    expect(renderSvg(stacked, styleOf(look))).toContain('width="86mm"');
  });

  it("keeps panels that share an axis one above the other", () => {
    const named = (title: string, bare: boolean): PanelSpec => ({
      ...panel,
      title,
      x: bare ? { ...axis, numbers: false } : axis,
    });
    const spectra: FigureSpec = {
      width: 178,
      aspects: [0.6, 0.4],
      panels: [
        [named("energy", true), named("time", true)],
        [named("energy, residual", false), named("time, residual", false)],
      ],
    };
    const stacked = inColumn(spectra, "single");
    expect(stacked.panels.map(([one]) => one?.title)).toEqual([
      "energy",
      "energy, residual",
      "time",
      "time, residual",
    ]);
    expect(stacked.aspects).toEqual([0.6, 0.4, 0.6, 0.4]);
  });

  it("keeps the shape of a triangle", () => {
    const triangle: FigureSpec = {
      width: 178,
      panels: [
        [panel, null],
        [panel, panel],
      ],
    };
    expect(inColumn(triangle, "single").panels).toEqual(triangle.panels);
  });
});
