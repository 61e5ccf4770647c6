import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { renderPdf } from "../../src/figures/pdf.js";
import { renderSvg } from "../../src/figures/svg.js";
import { compactSvg } from "../../src/gallery/compact.js";
import type { FigureContent } from "../../src/gallery/figure.js";
import { GRID_POINTS as GRID_POINTS_SHIPPED } from "../../src/gallery/files.js";
import { hepdataFiles } from "../../src/gallery/hepdata.js";
import { inColumn, styleOf } from "../../src/gallery/look.js";
import { FIGURES, figureNamed } from "../../src/gallery/registry.js";
import { type DataTable, thinned } from "../../src/gallery/table.js";
import { dataFaults, textFaults } from "../figures/faults.js";
import { readPdf } from "../figures/pdf-reading.js";
import { elements, pageBox, parse as parseSvg } from "../figures/reading.js";
import { aboutDocument, dataFile, LARGEST_FILE, tableDocument } from "./hepdata-schema.js";

/*
 * The figures computed again, held against results/reference/: numbers, not pixels. Made with
 * `nsiscan figures --out results/reference --points 161 --grid-points 21 --formats svg,json`.
 */
const POINTS = 161;
const GRID_POINTS = 21;
/** Of Δχ² and of anything of order one; eight digits are stored. */
const TOLERANCE = 2e-6;
/** Contours: how far a vertex may lie from the other line, of the plane's sides. */
const CONTOUR_TOLERANCE = 3e-4;

const reference = (path: string) =>
  fileURLToPath(new URL(`../../results/reference/${path}`, import.meta.url));
const read = (id: string) =>
  JSON.parse(readFileSync(reference(`${id}/data.json`), "utf8")) as { tables: DataTable[] };
const ids = readdirSync(reference("."), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const made = new Map<string, Promise<FigureContent>>();
function make(id: string): Promise<FigureContent> {
  const content =
    made.get(id) ?? figureNamed(id).make({ engine: "cpu", threads: 1, points: POINTS });
  made.set(id, content);
  return content;
}

function expectNumbers(ours: readonly number[], stored: readonly (number | null)[], what: string) {
  expect(ours.length, what).toBe(stored.length);
  ours.forEach((value, i) => {
    const want = stored[i] ?? Number.POSITIVE_INFINITY;
    if (value === want) return;
    const error = Math.abs(value - want) / Math.max(1, Math.abs(want));
    if (!(error <= TOLERANCE)) throw new Error(`${what}, row ${i}: ${value} in place of ${want}`);
  });
}

const isContour = ({ observables }: DataTable) => observables.includes("CONTOUR");

type Place = readonly [number, number];

/** Vertices of a contour's table by line, in units of the extent of the reference's. */
function lines(table: DataTable, scale: Place): Place[][] {
  const [line, x] = table.coordinates.map(({ values }) => values as number[]);
  const found: Place[][] = [];
  line.forEach((number, i) => {
    found[number - 1] ??= [];
    found[number - 1].push([x[i] / scale[0], table.quantities[0].values[i] / scale[1]]);
  });
  return found;
}

function distanceTo(all: readonly (readonly Place[])[], [x, y]: Place): number {
  let least = Number.POSITIVE_INFINITY;
  for (const line of all) {
    for (let i = 1; i < line.length; i++) {
      const [[ax, ay], [bx, by]] = [line[i - 1], line[i]];
      const [dx, dy] = [bx - ax, by - ay];
      const t = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
      const u = Math.min(Math.max(t, 0), 1);
      least = Math.min(least, Math.hypot(x - ax - u * dx, y - ay - u * dy));
    }
  }
  return least;
}

function expectSameContour(ours: DataTable, stored: DataTable, plane: DataTable) {
  const sides = plane.coordinates.map(({ values }) => {
    const numbers = values as number[];
    return Math.max(...numbers) - Math.min(...numbers);
  });
  const scale = [sides[0], sides[1]] as const;
  const [a, b] = [lines(ours, scale), lines(stored, scale)];
  expect(a.length, ours.name).toBe(b.length);
  for (const [from, to] of [
    [a, b],
    [b, a],
  ]) {
    const far = Math.max(...from.flat().map((place) => distanceTo(to, place)));
    expect(far, ours.name).toBeLessThan(CONTOUR_TOLERANCE);
  }
}

describe.each(ids)("%s", (id) => {
  it("has the numbers of the reference", async () => {
    const content = await make(id);
    const tables = content.tables.map((table) => thinned(table, GRID_POINTS));
    const stored = read(id).tables;
    expect(tables.map(({ name }) => name)).toEqual(stored.map(({ name }) => name));
    tables.forEach((table, t) => {
      if (isContour(table)) {
        const plane = stored.find(
          ({ grid, location }) => grid && table.location.startsWith(location),
        );
        if (!plane) throw new Error(`no plane of ${table.name}`);
        expectSameContour(table, stored[t], plane);
        return;
      }
      table.coordinates.forEach(({ name, values, bins }, c) => {
        const want = stored[t].coordinates[c];
        expect(name).toBe(want.name);
        if (bins) expectNumbers(bins.flat(), (want.bins ?? []).flat(), name);
        else if (typeof values?.[0] === "string") expect(values).toEqual(want.values);
        else expectNumbers(values as number[], want.values as number[], name);
      });
      table.quantities.forEach(({ name, units, values, errors = [] }, q) => {
        const want = stored[t].quantities[q];
        expect({ name, units }).toEqual({ name: want.name, units: want.units });
        expectNumbers([...values], want.values, name);
        errors.forEach(({ label, minus, plus }, e) => {
          expect(label).toBe(want.errors?.[e].label);
          expectNumbers([...minus], want.errors?.[e].minus ?? [], `${name} −`);
          expectNumbers([...plus], want.errors?.[e].plus ?? [], `${name} +`);
        });
      });
    });
  });

  it("has a drawing that is well-formed, or is a table", () => {
    const svg = reference(`${id}/figure.svg`);
    if (existsSync(svg))
      expect(parseSvg(readFileSync(svg, "utf8")).documentElement?.tagName).toBe("svg");
    else expect(existsSync(reference(`${id}/table.txt`))).toBe(true);
  });

  it("draws without a fault, wide and in one column: text apart, legends off the data, data in frames", async () => {
    const { figure } = await make(id);
    if (figure === undefined) return;
    const look = { style: "paper", theme: "light", dpi: 300 } as const;
    for (const column of [undefined, "single"] as const) {
      const svg = renderSvg(inColumn(figure, column), styleOf(look));
      expect(textFaults(parseSvg(svg))).toEqual([]);
      expect(dataFaults(svg)).toEqual([]);
    }
    const dark = compactSvg(renderSvg(figure, styleOf({ ...look, theme: "dark" })));
    expect(dark).not.toMatch(/NaN|Infinity|undefined/);
    expect(parseSvg(dark).documentElement?.tagName).toBe("svg");
  });

  it("is a PDF whose parts fit together: one page of the figure's size, vectors, nothing of fonts", async () => {
    const { figure } = await make(id);
    if (figure === undefined) return;
    const svg = renderSvg(figure, styleOf({ style: "paper", theme: "light", dpi: 300 }));
    const { size, drawing, types } = readPdf(await renderPdf(svg));
    const page = pageBox(parseSvg(svg));
    expect(size[0]).toBeCloseTo(page.x1, 2);
    expect(size[1]).toBeCloseTo(page.y1, 2);
    expect([...types].filter((type) => /Font|XObject/.test(type))).toEqual([]);
    // Every path of the SVG that is painted is painted here.
    const painted = (drawing.match(/^(?:f\*?|S|B\*?)$/gm) ?? []).length;
    const drawn = ["path", "rect"].flatMap((name) => elements(parseSvg(svg), name));
    expect(painted).toBeGreaterThanOrEqual(drawn.length);
    const saved = ["q", "Q"].map(
      (operator) => (drawing.match(new RegExp(`^${operator}$`, "gm")) ?? []).length,
    );
    expect(saved[0]).toBe(saved[1]);
  });

  it("makes a HEPData submission that the schema accepts", async () => {
    const { tables } = await make(id);
    const at = (most: number) =>
      hepdataFiles({ comment: id, tables: tables.map((table) => thinned(table, most)) });
    for (const file of Object.values(at(GRID_POINTS_SHIPPED))) {
      expect(Buffer.byteLength(file)).toBeLessThan(LARGEST_FILE);
    }
    // The lines of a large grid are all alike: a small one is read.
    const files = at(GRID_POINTS);
    const [about, ...documents] = parseAllDocuments(files["submission.yaml"]).map((one) =>
      one.toJS(),
    );
    aboutDocument.parse(about);
    const entries = documents.map((one) => tableDocument.parse(one));
    expect(new Set(entries.map(({ name }) => name)).size).toBe(tables.length);
    // Every file is named by the submission, and the other way round.
    const named = entries.map((entry) => entry.data_file);
    expect(["submission.yaml", ...named].sort()).toEqual(Object.keys(files).sort());
    for (const [i, name] of named.entries()) {
      const { dependent_variables } = dataFile.parse(parse(files[name]));
      expect(dependent_variables).toHaveLength(tables[i].quantities.length);
    }
  });
});

it("every figure has a reference", () => {
  expect([...ids].sort()).toEqual(FIGURES.map((figure) => figure.id).sort());
});

it("the reference is small, and says of each figure what it says", () => {
  const sizes = readdirSync(reference("."), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => readFileSync(reference(name)).length);
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(2_500_000);
  for (const id of ids) {
    const record = JSON.parse(readFileSync(reference(`${id}/figure.json`), "utf8"));
    expect(record.id).toBe(id);
    expect(record.statements.length).toBeGreaterThan(0);
  }
});
