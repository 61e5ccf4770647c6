import { describe, expect, it } from "vitest";
import { paperStyle } from "../../src/figures/style.js";
import { renderSvg } from "../../src/figures/svg.js";
import type { Layer, PanelSpec } from "../../src/figures/types.js";
import { rankingFigure } from "../../src/gallery/ranking.js";

const impacts = [
  { nuisance: "flux", value: 0.05, sigma: 0.09, prior: 0.1, up: [-0.2, 0.1], down: [0.25, -0.1] },
  { nuisance: "onset", value: 0.02, sigma: 0.04, prior: null, up: [0.1, 0], down: [0.03, 0] },
];
const intervals = [
  { name: "sigma_scale_e", value: 0.8, lower: 0.5, upper: 1.2 },
  { name: "sigma_scale_mu", value: 1, lower: null, upper: 1.3 },
];
const figure = rankingFigure(impacts, intervals);
const [pulls, ...shifts] = figure.panels[0] as PanelSpec[];
const of = <K extends Layer["kind"]>({ layers }: PanelSpec, kind: K) =>
  layers.filter((layer): layer is Extract<Layer, { kind: K }> => layer.kind === kind);

describe("the ranking of nuisances", () => {
  it("has a row for each nuisance, the first on top, named once", () => {
    expect(pulls.y.ticks).toEqual([
      { value: 2, label: "flux" },
      { value: 1, label: "onset" },
    ]);
    expect(shifts.map(({ y }) => y.numbers)).toEqual([false, false]);
  });

  it("shows pulls in units of the prior, and the value of what has none", () => {
    const [{ points, xErrors }] = of(pulls, "errorbars");
    expect(points).toEqual([[0.5, 2]]);
    expect(xErrors).toEqual([[expect.closeTo(0.9), expect.closeTo(0.9)]]);
    const [{ text, at }] = of(pulls, "annotation");
    expect(text).toBe("free: $0.020 \\pm 0.040$");
    expect(Math.round(at[1])).toBe(1);
  });

  it("draws each shift as a bar from zero, a shorter one over a longer one", () => {
    const ends = shifts.map((panel) => of(panel, "region").map(({ rings: [[, to]] }) => to[0]));
    expect(ends).toEqual([
      [0.25, -0.2, 0.1, 0.03],
      [0.1, -0.1, 0, 0],
    ]);
    for (const panel of shifts) {
      expect(of(panel, "region").map(({ rings: [[from]] }) => from[0])).toEqual([0, 0, 0, 0]);
    }
  });

  it("states the fitted value to two digits of its error, and no error where there is a bound", () => {
    expect(shifts[0].title).toMatch(/ = 0\.80\^\{\+0\.40\}_\{-0\.30\}\$$/);
    expect(shifts[1].title).toMatch(/ = 1\.00\^\{\+0\.30\}\$$/);
  });

  it("is drawn, also where no nuisance shifts anything", () => {
    const nothing = impacts.map((impact) => ({ ...impact, up: [0, 0], down: [0, 0] }));
    for (const drawn of [figure, rankingFigure(nothing, intervals)]) {
      const labels = renderSvg(drawn, paperStyle()).matchAll(/aria-label="([^"]*)"/g);
      expect([...labels].map(([, label]) => label)).toEqual(
        expect.arrayContaining(["flux", "onset"]),
      );
    }
  });
});
