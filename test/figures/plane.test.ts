import { describe, expect, it } from "vitest";
import { curveFigure } from "../../src/figures/curve.js";
import { type PlaneFigure, planeFigure } from "../../src/figures/plane.js";
import { paperStyle } from "../../src/figures/style.js";
import { renderSvg } from "../../src/figures/svg.js";
import { curveExample, linspace, planeExample } from "./examples.js";
import { elements, parse, pathBox, rectBox, texts } from "./reading.js";

const style = paperStyle();

const circle = (radius: number) =>
  linspace(0, 2 * Math.PI, 13).map((t) => [radius * Math.cos(t), radius * Math.sin(t)]);

/** Given inside out on purpose. */
const small: PlaneFigure = {
  panels: [
    {
      title: "Small",
      x: { symbol: "\\varepsilon^{uV}_{ee}", from: -1, to: 1 },
      y: { symbol: "\\varepsilon^{dV}_{ee}", from: -1, to: 1 },
      regions: [
        { label: "$2\\sigma$ CsI", styleKey: "outline", lines: [circle(0.6)] },
        { label: "$2\\sigma$", styleKey: "inner", fill: [circle(0.4)], lines: [circle(0.4)] },
        { label: "$3\\sigma$", styleKey: "outer", fill: [circle(0.5)], lines: [circle(0.5)] },
      ],
      markers: [{ at: [0, 0], shape: "star", label: "best fit" }],
    },
  ],
};

/** Glyph outlines as their boxes and coordinates to 0.1 pt: small, and stable in what matters. */
function normalised(svg: string): string {
  return svg
    .replace(/(class="text"[^>]* d=")([^"]*)/g, (_, head: string, d: string) => {
      const { x0, y0, x1, y1 } = pathBox(d);
      return `${head}box ${x0} ${y0} ${x1} ${y1}`;
    })
    .replace(/-?\d+\.\d+/g, (n) => String(Math.round(Number(n) * 10) / 10 || 0));
}

it("a plane figure looks as it did when last looked at and approved", async () => {
  const svg = renderSvg(planeFigure(small), style);
  await expect(normalised(svg)).toMatchFileSnapshot("snapshots/plane.svg");
});

describe("planeFigure", () => {
  it("draws outer under inner under lines under markers, and lists regions as given", () => {
    const figure = planeFigure(small);
    const layers = figure.panels[0][0]?.layers ?? [];
    expect(layers.map(({ kind }) => kind)).toEqual([
      "region",
      "region",
      "lines",
      "lines",
      "lines",
      "markers",
    ]);
    expect(layers[0]).toMatchObject({ fill: { color: "outer" } });
    expect(layers[1]).toMatchObject({ fill: { color: "inner" } });
    expect(layers[4]).toMatchObject({ stroke: { dash: "dashed" } });
    const labels = figure.panels[0][0]?.legend?.entries.map(({ label }) => label);
    expect(labels).toEqual(["$2\\sigma$ CsI", "$2\\sigma$", "$3\\sigma$", "best fit"]);
  });

  it("draws the larger of two data sets first, holes not counted, and lists them as given", () => {
    const [panel] = small.panels;
    const ring = (radius: number, hole: number) => [circle(radius), circle(hole).reverse()];
    const sets = [
      { label: "small", styleKey: "series1", fill: [circle(0.3)] },
      { label: "large", styleKey: "series2", fill: ring(0.8, 0.4) },
      // Reaches further than the others, and is a thin ring of less than half of the small one's area.
      { label: "thin", styleKey: "series3", fill: ring(0.9, 0.88) },
    ] as const;
    const figure = planeFigure({ panels: [{ ...panel, regions: sets, markers: [] }] });
    const [drawn] = figure.panels[0];
    const fills = drawn?.layers.flatMap((layer) => (layer.kind === "region" ? [layer.fill] : []));
    expect(fills?.map(({ color }) => color)).toEqual(["series2", "series1", "series3"]);
    expect(drawn?.legend?.entries.map(({ label }) => label)).toEqual(["small", "large", "thin"]);
  });

  it("has square frames; one panel fits a column, two the page", () => {
    for (const [input, width] of [
      [small, "86mm"],
      [planeExample(21), "178mm"],
    ] as const) {
      const document = parse(renderSvg(planeFigure(input), style));
      expect(document.documentElement?.getAttribute("width")).toBe(width);
      for (const { x0, y0, x1, y1 } of elements(document, "svg", "data").map(rectBox)) {
        expect(x1 - x0).toBeCloseTo(y1 - y0, 2);
      }
    }
  });

  it("puts data where the axes say", () => {
    const document = parse(renderSvg(planeFigure(small), style));
    const [viewport] = elements(document, "svg", "data");
    const frame = rectBox(viewport);
    const half = (frame.x1 - frame.x0) / 2;
    const outer = pathBox(
      (elements(viewport, "path")[0].getAttribute("d") ?? "").replace(/Z/g, ""),
    );
    expect(outer.x0).toBeCloseTo(frame.x0 + half * 0.5, 2);
    expect(outer.x1).toBeCloseTo(frame.x0 + half * 1.5, 2);
    const zero = texts(document).filter(({ words }) => words === "0.0");
    expect(zero).toHaveLength(2);
    const centres = zero.map(({ box }) => [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2]);
    expect(Math.min(...centres.map(([x]) => Math.abs(x - frame.x0 - half)))).toBeLessThan(0.3);
    expect(Math.min(...centres.map(([, y]) => Math.abs(y - frame.y0 - half)))).toBeLessThan(0.3);
  });

  it("turns y upwards", () => {
    const figure = planeFigure({
      panels: [{ ...small.panels[0], regions: [], markers: [{ at: [0.5, 0.9], shape: "dot" }] }],
    });
    const document = parse(renderSvg(figure, style));
    const frame = rectBox(elements(document, "svg", "data")[0]);
    const place = elements(document, "path", "marker")[0].getAttribute("transform") ?? "";
    const [x, y] = place.match(/[\d.]+/g)?.map(Number) ?? [];
    expect((x - frame.x0) / (frame.x1 - frame.x0)).toBeCloseTo(0.75, 4);
    expect((y - frame.y0) / (frame.y1 - frame.y0)).toBeCloseTo(0.05, 4);
  });
});

it("a reference line at a value of x stands upright there, and is left out beyond the axis", () => {
  const axis = { domain: [0, 10], scale: "linear" } as const;
  const at = (value: number) =>
    ({ kind: "reference", axis: "x", value, stroke: { color: "muted" } }) as const;
  const panels = [[{ x: axis, y: axis, layers: [at(2.5), at(11)] }]];
  const viewport = elements(parse(renderSvg({ width: 86, panels }, style)), "svg", "data")[0];
  const frame = rectBox(viewport);
  const lines = elements(viewport, "path").map((path) => pathBox(path.getAttribute("d") ?? ""));
  expect(lines).toHaveLength(1);
  const x = frame.x0 + 0.25 * (frame.x1 - frame.x0);
  expect([lines[0].x0, lines[0].x1]).toEqual([expect.closeTo(x, 2), expect.closeTo(x, 2)]);
  expect(lines[0].y1 - lines[0].y0).toBeCloseTo(frame.y1 - frame.y0, 2);
});

describe("curveFigure", () => {
  const document = parse(renderSvg(curveFigure(curveExample()), style));
  const frame = rectBox(elements(document, "svg", "data")[0]);

  it("labels its levels beside the frame at their Δχ²", () => {
    for (const [words, value] of [
      ["1σ", 1],
      ["2σ", 4],
      ["3σ", 9],
    ] as const) {
      const text = texts(document).find((one) => one.words === words);
      const level = frame.y1 - (value / 12) * (frame.y1 - frame.y0);
      expect(text?.box.x0).toBeGreaterThan(frame.x1);
      expect(((text?.box.y0 ?? 0) + (text?.box.y1 ?? 0)) / 2).toBeCloseTo(level, 0);
    }
  });

  it("draws its levels across the frame at their Δχ²", () => {
    const levels = elements(elements(document, "svg", "data")[0], "path")
      .filter((path) => path.getAttribute("stroke") === style.inks.muted)
      .map((path) => pathBox(path.getAttribute("d") ?? ""));
    expect(levels).toHaveLength(3);
    [1, 4, 9].forEach((value, i) => {
      const height = frame.y1 - (value / 12) * (frame.y1 - frame.y0);
      expect(levels[i].y0).toBeCloseTo(height, 2);
      expect(levels[i].y1).toBeCloseTo(height, 2);
      expect([levels[i].x0, levels[i].x1]).toEqual(
        [frame.x0, frame.x1].map((x) => expect.closeTo(x, 2)),
      );
    });
  });

  it("tells curves apart by dash as well as colour", () => {
    const strokes = elements(elements(document, "svg", "data")[0], "path")
      .filter((path) => path.getAttribute("stroke") !== style.inks.muted)
      .map((path) => path.getAttribute("stroke-dasharray") ?? "solid");
    expect(strokes).toEqual(["solid", "4 2.2", "5 1.8 1 1.8", "solid"]);
  });

  it("keeps curves that leave the frame by millions of pt near the page", () => {
    const [panel] = curveExample().panels;
    const steep = linspace(0.1, 0.4, 301).map((x) => [x, 1e9 * (x - 0.2) ** 2]);
    const figure = curveFigure({
      panels: [{ ...panel, curves: [{ styleKey: "total", points: steep }] }],
    });
    const svg = renderSvg(figure, style);
    const largest = Math.max(...(svg.match(/\d+\.\d+/g) ?? []).map(Number));
    expect(largest).toBeLessThan(300);
  });
});
