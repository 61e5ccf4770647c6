import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paperStyle } from "../../src/figures/style.js";
import { renderSvg } from "../../src/figures/svg.js";
import type { FigureSpec, Layer, PanelSpec } from "../../src/figures/types.js";
import { examples, linspace } from "./examples.js";
import { dataFaults, legendBox, textFaults } from "./faults.js";
import { elements, parse, pathBox, rectBox } from "./reading.js";

const style = paperStyle();

function ellipse(x: number, y: number, a: number, b: number, turn: number): number[][] {
  return linspace(0, 2 * Math.PI, 73).map((t) => {
    const [u, v] = [a * Math.cos(t), b * Math.sin(t)];
    return [
      x + u * Math.cos(turn) - v * Math.sin(turn),
      y + u * Math.sin(turn) + v * Math.cos(turn),
    ];
  });
}

describe.each(Object.entries(examples()))("%s", (_, spec) => {
  it("keeps its text apart, on the page and off the frames", () => {
    expect(textFaults(parse(renderSvg(spec, style)))).toEqual([]);
  });

  it("keeps data in the frames and legends off the data", () => {
    expect(dataFaults(renderSvg(spec, style))).toEqual([]);
  });
});

it("a legend leaves a frame that one region covers whole, and enters the hole of another", () => {
  const square = (h: number) => [
    [-h, -h],
    [h, -h],
    [h, h],
    [-h, h],
  ];
  const axis = { domain: [-1, 1], scale: "linear" } as const;
  const above = (rings: number[][][]) => {
    const layers: Layer[] = [{ kind: "region", rings, fill: { color: "series1" } }];
    const entries = [{ label: "CsI", fill: { color: "series1" } }] as const;
    const legend = { entries, position: "auto" } as const;
    const spec = { width: 86, panels: [[{ x: axis, y: axis, layers, legend }]] };
    const document = parse(renderSvg(spec, style));
    const box = legendBox(elements(document, "g", "legend")[0]);
    return box.y1 < rectBox(elements(document, "svg", "data")[0]).y0;
  };
  expect(above([square(2)])).toBe(true);
  expect(above([square(2), square(0.95)])).toBe(false);
});

it("a long label makes way for its axis' power of ten", () => {
  const small = { domain: [0, 3e-5], scale: "linear" } as const;
  const label = "A long label that takes the whole width: $\\mu_\\nu$";
  const x = { ...small, label };
  const panels = [[{ x, y: { ...small, label: "y" }, title: "Title", layers: [] }]];
  expect(textFaults(parse(renderSvg({ width: 86, panels }, style)))).toEqual([]);
});

it("numbers that reach beyond the frame have room without a y axis' text", () => {
  const bare = { domain: [-1, 1], scale: "linear", numbers: false } as const;
  const x = { domain: [-1, 1], scale: "linear" } as const;
  const panels = [[{ x, y: bare, layers: [] }]];
  expect(textFaults(parse(renderSvg({ width: 86, panels }, style)))).toEqual([]);
});

describe("neighbouring panels", () => {
  /** Of a text whose first letter stands on the baseline and has no hole: the end of that letter. */
  const foot = (document: ReturnType<typeof parse>, words: string) => {
    const [text] = elements(document, "path", "text").filter(
      (path) => path.getAttribute("aria-label") === words,
    );
    const d = text.getAttribute("d") ?? "";
    return pathBox(d.slice(0, d.indexOf("Z")));
  };
  const axis = { domain: [0, 1], scale: "linear" } as const;
  const panel = (title: string, x: string, y: string, entries: number): PanelSpec => {
    const legend = Array.from({ length: entries }, () => ({ label: "a long entry of a legend" }));
    return {
      title,
      x: { ...axis, label: x },
      y: { ...axis, label: y },
      layers: [],
      legend: { entries: legend, position: "above" },
    };
  };
  const panels = [
    [panel("low", "l", "lag", 1), panel("l (90%)", "l$^{2^2}_{q_g}$", "l", 5)],
    [panel("l2", "l3", "light$^{2^2}_{q_g}$", 0), panel("l4", "l5", "l6", 0)],
  ];
  const document = parse(renderSvg({ width: 178, panels }, style));

  it("have titles and labels on one line, whatever hangs below it or stands above", () => {
    expect(foot(document, "low").y1).toBeCloseTo(foot(document, "l (90%)").y1, 1);
    expect(foot(document, "l").y1).not.toBeCloseTo(foot(document, "l3").y1, 1);
    expect(foot(document, "l3").y1).toBeCloseTo(foot(document, "l5").y1, 1);
    expect(foot(document, "lag").x1).toBeCloseTo(foot(document, "light^2^2_q_g").x1, 1);
  });

  it("keep those apart from numbers, legends and frames", () => {
    expect(textFaults(document)).toEqual([]);
  });
});

const number = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

const domain = fc
  .tuple(number(-5, 5), number(-6, 4), fc.constantFrom(0, 0, 0, 3))
  .map(([lowUnits, power, offset]): [number, number] => {
    const span = 10 ** power;
    return [(lowUnits + offset) * span, (lowUnits + offset + 1) * span];
  });

const label = fc.constantFrom("CsI", "$2\\sigma$ combined", "Ge, on $-$ off", "$\\chi^2/n$", "g");

const panel: fc.Arbitrary<PanelSpec> = fc
  .record({
    x: domain,
    y: domain,
    shapes: fc.array(
      fc.tuple(
        number(-0.2, 1.2),
        number(-0.2, 1.2),
        number(0.02, 1.5),
        number(0.02, 0.4),
        number(0, 3),
      ),
      { minLength: 1, maxLength: 4 },
    ),
    entries: fc.array(label, { minLength: 1, maxLength: 5 }),
    titled: fc.boolean(),
    levels: fc.array(number(0, 1), { maxLength: 3 }),
  })
  .map(({ x, y, shapes, entries, titled, levels }) => {
    const at = ([lo, hi]: [number, number], fraction: number) => lo + fraction * (hi - lo);
    const rings = shapes.map((s) => ellipse(...s).map(([u, v]) => [at(x, u), at(y, v)]));
    const layers = rings.flatMap((ring): Layer[] => [
      { kind: "region", rings: [ring], fill: { color: "series1", opacity: 0.5 } },
      { kind: "lines", lines: [ring], stroke: { color: "series3" } },
    ]);
    const references = levels.map(
      (level, i): Layer => ({
        kind: "reference",
        axis: i % 2 === 0 ? "y" : "x",
        value: at(i % 2 === 0 ? y : x, level),
        stroke: { color: "muted", dash: "dotted" },
        label: `$${i + 1}\\sigma$`,
      }),
    );
    return {
      ...(titled ? { title: "A title, $g$" } : {}),
      x: { label: "\\varepsilon^{uV}_{\\mu\\mu}", domain: x, scale: "linear" },
      y: { label: "$\\Delta\\chi^2$", domain: y, scale: "linear" },
      layers: [...layers, ...references],
      legend: {
        entries: entries.map((name) => ({ label: name, fill: { color: "series1" } })),
        position: "auto",
      },
    };
  });

const figure: fc.Arbitrary<FigureSpec> = fc
  .tuple(fc.array(panel, { minLength: 1, maxLength: 2 }), fc.boolean(), number(0.5, 1.2))
  .map(([panels, stacked, aspect]) => ({
    width: !stacked && panels.length > 1 ? 178 : 86,
    panels: stacked ? panels.map((one) => [one]) : [panels],
    aspects: stacked ? panels.map(() => aspect) : [aspect],
  }));

describe("any figure", () => {
  it("keeps text apart, data in the frame and legends off the data", () => {
    fc.assert(
      fc.property(figure, (spec) => {
        const svg = renderSvg(spec, style);
        expect(textFaults(parse(svg))).toEqual([]);
        expect(dataFaults(svg)).toEqual([]);
      }),
      { numRuns: 60, seed: 20260101 },
    );
  });
});
