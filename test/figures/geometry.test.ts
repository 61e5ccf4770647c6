import { Resvg } from "@resvg/resvg-js";
import { type Document, type Element, XMLSerializer } from "@xmldom/xmldom";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paperStyle } from "../../src/figures/style.js";
import { renderSvg } from "../../src/figures/svg.js";
import type { FigureSpec, Layer, PanelSpec } from "../../src/figures/types.js";
import { examples, linspace } from "./examples.js";
import { type Box, elements, overlap, pageBox, parse, rectBox, texts, within } from "./reading.js";

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

/** What is wrong with where the text lies. */
function textFaults(document: Document): string[] {
  const page = pageBox(document);
  const all = texts(document);
  const frames = elements(document, "svg", "data").map(rectBox);
  const inFrame = new Set(
    [...elements(document, "g", "legend"), ...elements(document, "svg", "data")].flatMap((group) =>
      texts(group).map(({ words }) => words),
    ),
  );
  const faults = all
    .filter(({ box }) => !within(box, page))
    .map(({ words }) => `"${words}" leaves the page`);
  all.forEach((a, i) => {
    for (const b of all.slice(i + 1)) {
      if (overlap(a.box, b.box)) faults.push(`"${a.words}" overlaps "${b.words}"`);
    }
    if (!inFrame.has(a.words) && frames.some((frame) => overlap(a.box, frame))) {
      faults.push(`"${a.words}" reaches into a frame`);
    }
  });
  return faults;
}

/** Keeps only the page and the data, without reference lines, and rasterises it. */
function dataPixels(document: Document, scale: number) {
  for (const group of elements(document, "g")) {
    if (group.getAttribute("class") !== "panel") group.parentNode?.removeChild(group);
  }
  for (const path of elements(document, "path")) {
    const inData = (path.parentNode as Element).getAttribute("class") === "data";
    const reference = path.getAttribute("stroke") === style.inks.muted;
    if (!inData || reference) path.parentNode?.removeChild(path);
  }
  const image = new Resvg(new XMLSerializer().serializeToString(document), {
    fitTo: { mode: "zoom", value: (scale * 72) / 96 },
  }).render();
  const { pixels, width, height } = image;
  return {
    /** Whether something is drawn in the box (pt), or outside all the boxes. */
    inked(box: Box): boolean {
      for (let y = Math.ceil(box.y0 * scale); y < Math.floor(box.y1 * scale); y += 1) {
        for (let x = Math.ceil(box.x0 * scale); x < Math.floor(box.x1 * scale); x += 1) {
          if (isInk(pixels, 4 * (y * width + x))) return true;
        }
      }
      return false;
    },
    strays(boxes: readonly Box[]): number {
      let count = 0;
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          const [u, v] = [(x + 0.5) / scale, (y + 0.5) / scale];
          const covered = boxes.some(
            (b) => u > b.x0 - 0.6 && u < b.x1 + 0.6 && v > b.y0 - 0.6 && v < b.y1 + 0.6,
          );
          if (!covered && isInk(pixels, 4 * (y * width + x))) count += 1;
        }
      }
      return count;
    },
  };
}

function isInk(pixels: Uint8Array, at: number): boolean {
  return pixels[at] < 250 || pixels[at + 1] < 250 || pixels[at + 2] < 250;
}

/** Legends in a frame over data, and data outside the frames, both seen in pixels. */
function dataFaults(svg: string): string[] {
  const document = parse(svg);
  const frames = elements(document, "svg", "data").map(rectBox);
  const legends = elements(document, "g", "legend").map(legendBox);
  const image = dataPixels(document, 3);
  const faults = legends
    .filter((box) => image.inked(box))
    .map((box) => `a legend at ${box.x0}, ${box.y0} covers data`);
  const strays = image.strays(frames);
  if (strays > 0) faults.push(`${strays} pixels of data outside the frames`);
  return faults;
}

function legendBox(legend: Element): Box {
  const boxes = [...texts(legend).map(({ box }) => box), ...elements(legend, "rect").map(rectBox)];
  return {
    x0: Math.min(...boxes.map((b) => b.x0)),
    y0: Math.min(...boxes.map((b) => b.y0)),
    x1: Math.max(...boxes.map((b) => b.x1)),
    y1: Math.max(...boxes.map((b) => b.y1)),
  };
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
