import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { renderPdf } from "../../src/figures/pdf.js";
import { renderPng } from "../../src/figures/png.js";
import { paperStyle } from "../../src/figures/style.js";
import { renderSvg } from "../../src/figures/svg.js";
import { examples } from "./examples.js";
import { elements, pageBox, parse, rectBox } from "./reading.js";

const style = paperStyle();
const all = Object.entries(examples());
const { plane, spectrum } = examples();

describe.each(all)("SVG of %s", (_, spec) => {
  const svg = renderSvg(spec, style);
  const document = parse(svg);

  it("is well-formed, as wide as asked, with square-true units", () => {
    const root = document.documentElement;
    expect(root?.tagName).toBe("svg");
    expect(root?.getAttribute("width")).toBe(`${spec.width}mm`);
    const page = pageBox(document);
    const height = Number.parseFloat(root?.getAttribute("height") ?? "");
    expect(page.x1 / spec.width).toBeCloseTo(72 / 25.4, 4);
    expect(page.y1 / height).toBeCloseTo(72 / 25.4, 3);
  });

  it("carries its words and needs no font, image or stylesheet", () => {
    expect(elements(document, "title")[0].textContent).not.toBe("");
    expect(elements(document, "desc")[0].textContent).toMatch(/ from .* against .* from /);
    for (const name of ["text", "image", "style", "use"]) {
      expect(elements(document, name)).toEqual([]);
    }
    for (const text of elements(document, "path", "text")) {
      expect(text.getAttribute("aria-label")).not.toBe("");
    }
    expect(svg).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it("is the same bytes every time", () => {
    expect(renderSvg(structuredClone(spec), paperStyle())).toBe(svg);
  });

  it("clips every panel's data to its own frame", () => {
    for (const panel of elements(document, "g", "panel")) {
      const viewport = elements(panel, "svg", "data")[0];
      const frame = elements(elements(panel, "g", "frame")[0], "rect")[0];
      expect(viewport.getAttribute("overflow")).toBe("hidden");
      const sides = ["x", "y", "width", "height"].map((side) => frame.getAttribute(side));
      expect(viewport.getAttribute("viewBox")).toBe(sides.join(" "));
      expect(rectBox(viewport)).toEqual(rectBox(frame));
    }
  });
});

it("words in titles and descriptions cannot break the XML", () => {
  const nasty = `a < b & "c" > ]]> \u0007 <script/>`;
  const svg = renderSvg({ ...spectrum, title: "A & B <C>", description: nasty }, style);
  const document = parse(svg);
  expect(elements(document, "title")[0].textContent).toBe("A & B <C>");
  expect(elements(document, "desc")[0].textContent).toContain('a < b & "c" > ]]>');
  expect(elements(document, "script")).toEqual([]);
});

it("figures on one page cannot disturb one another: no ids", () => {
  for (const [, spec] of all) expect(renderSvg(spec, style)).not.toMatch(/ id=|url\(/);
});

/** The page's drawing operators, decompressed. */
function content(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf);
  const parts: string[] = [];
  for (const match of bytes.toString("latin1").matchAll(/\/Filter \/FlateDecode\n>>\nstream\n/g)) {
    const start = (match.index ?? 0) + match[0].length;
    parts.push(inflateSync(bytes.subarray(start)).toString("latin1"));
  }
  return parts.join("\n");
}

describe("PDF", () => {
  it("is vectors only, on a page of the figure's size, filled to its edges", async () => {
    const svg = renderSvg(plane, style);
    const pdf = await renderPdf(svg);
    const text = Buffer.from(pdf).toString("latin1");
    expect(text.slice(0, 5)).toBe("%PDF-");
    const page = pageBox(parse(svg));
    const media = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text)?.slice(1).map(Number) ?? [];
    expect(media[0]).toBeCloseTo(page.x1, 2);
    expect(media[1]).toBeCloseTo(page.y1, 2);
    expect(text).not.toMatch(/\/Subtype \/Image|\/FontFile|\/BaseFont/);
    const drawing = content(pdf);
    expect(drawing.match(/ c$/gm)?.length).toBeGreaterThan(500);
    expect(drawing).not.toMatch(/^BT$|BI\b.*\bID\b/m);
    // The page's background is the first thing filled: its size under the current matrix.
    const before = drawing.slice(0, drawing.indexOf("\nf\n"));
    const scales = [...before.matchAll(/^([\d.]+) .* cm$/gm)].map(([, scale]) => Number(scale));
    const edge = [...before.matchAll(/^([\d.]+) 0 l$/gm)].at(-1)?.[1];
    expect(scales.reduce((a, b) => a * b) * Number(edge)).toBeCloseTo(page.x1, 1);
    expect(drawing).not.toMatch(/^\/M\d+ gs$/m);
  });

  it("depends on the figure, title and date alone", async () => {
    const svg = renderSvg(plane, style);
    const pdf = await renderPdf(svg);
    expect(Buffer.compare(pdf, await renderPdf(svg))).toBe(0);
    const dated = await renderPdf(svg, { title: "Fig. 7", created: new Date("2026-01-02") });
    expect(Buffer.from(dated).toString("latin1")).toContain("D:20260102");
    expect(Buffer.from(pdf).toString("latin1")).toContain("D:19700101");
  });
});

describe("PNG", () => {
  const svg = renderSvg(plane, style);

  it.each([72, 300])("at %d dpi has the figure's width in pixels", (dpi) => {
    const png = Buffer.from(renderPng(svg, dpi));
    expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    const page = pageBox(parse(svg));
    expect(png.readUInt32BE(16)).toBe(Math.round((178 / 25.4) * dpi));
    expect(Math.abs(png.readUInt32BE(20) - (page.y1 / 72) * dpi)).toBeLessThan(1.01);
  });

  it("refuses impossible resolutions", () => {
    for (const dpi of [0, Number.NaN, 1e6]) {
      expect(() => renderPng(svg, dpi)).toThrowError(expect.objectContaining({ code: "bad-dpi" }));
    }
  });
});
