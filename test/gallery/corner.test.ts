import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseLevel } from "../../src/contour/levels.js";
import type { GridAxis } from "../../src/engine/engine.js";
import { axisValues } from "../../src/engine/points.js";
import { paperStyle } from "../../src/figures/style.js";
import { renderSvg } from "../../src/figures/svg.js";
import type { Layer } from "../../src/figures/types.js";
import { cornerFigure } from "../../src/gallery/corner.js";
import { scanCorner } from "../../src/gallery/corner-results.js";
import { readProfiledScan } from "../../src/gallery/corner-source.js";
import { writeProfiles } from "../../src/results/profile-files.js";
import { writeResults } from "../../src/results/results.js";
import { formatScan } from "../../src/scan/format.js";
import { naiveProfiles } from "../engine/naive-profiles.js";
import { exampleResults } from "../results/example.js";

const axis = (parameter: string): GridAxis => ({ parameter, from: -1, to: 1, points: 31 });
const axes = ["eps_ee_d", "eps_ee_u", "eps_mutau_d"].map(axis);
/** Widths and correlation of a Gaussian of three parameters. */
const [A, B, C, RHO] = [0.3, 0.2, 0.4, 0.5];

/** χ² = 10 + a Gaussian's, whose profiles are known. */
function chi2Of([x, y, z]: readonly number[]): number {
  const [u, v] = [x / A, y / B];
  return 10 + (u * u - 2 * RHO * u * v + v * v) / (1 - RHO * RHO) + (z / C) ** 2;
}

const values = axisValues(axes[0]);
const chi2 = Float64Array.from({ length: 31 ** 3 }, (_, p) =>
  chi2Of([values[Math.floor(p / 961)], values[Math.floor(p / 31) % 31], values[p % 31]]),
);
const data = {
  axes,
  profiles: naiveProfiles(axes, 1, chi2),
  combination: 0,
  reference: 10,
  label: "CsI",
};
const levels = ["1sigma", "90%"].map(parseLevel);
const of = <Kind extends Layer["kind"]>(layers: readonly Layer[], kind: Kind) =>
  layers.filter((layer): layer is Extract<Layer, { kind: Kind }> => layer.kind === kind);

describe("a corner figure", () => {
  const figure = cornerFigure(data, levels);

  it("is a triangle: lines on the diagonal, planes below, nothing above", () => {
    expect(figure.panels.map((row) => row.map((panel) => panel !== null))).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
    for (const [row, panels] of figure.panels.entries()) {
      for (const [column, panel] of panels.entries()) {
        if (panel === null) continue;
        expect(panel.x.label !== undefined).toBe(row === 2);
        expect(panel.y.label !== undefined).toBe(column === 0);
        expect(of(panel.layers, "region").length).toBe(row === column ? 0 : 2);
      }
    }
  });

  it("shows the 1-D profiles of a Gaussian: a parabola of its marginal width", () => {
    const [line] = of(figure.panels[1][1]?.layers ?? [], "lines");
    for (const [x, y] of line.lines[0]) {
      // Minimised on the grid, so a little above the parabola.
      const parabola = (x / B) ** 2;
      if (parabola > 15) continue;
      expect(y).toBeGreaterThanOrEqual(parabola - 1e-9);
      expect(y).toBeLessThan(parabola + 0.05);
    }
  });

  it("shows the 2-D profiles: ellipses of area π Δχ² a b √(1 − ρ²)", () => {
    const area = (ring: readonly (readonly number[])[]) =>
      Math.abs(ring.slice(1).reduce((s, [x, y], i) => s + ring[i][0] * y - x * ring[i][1], 0)) / 2;
    const regions = of(figure.panels[1][0]?.layers ?? [], "region");
    const expected = levels
      .map((level) => Math.PI * level.deltaChi2(2) * A * B * Math.sqrt(1 - RHO * RHO))
      .sort((a, b) => b - a);
    regions.forEach(({ rings }, i) => {
      expect(rings).toHaveLength(1);
      expect(area(rings[0]) / expected[i]).toBeCloseTo(1, 1);
    });
  });

  it("can be drawn, three axes on two columns, two on one", () => {
    expect(renderSvg(figure, paperStyle())).toContain('width="178mm"');
    const two = axes.slice(0, 2);
    const flat = chi2.filter((_, p) => p % 31 === 15);
    const small = cornerFigure(
      { ...data, axes: two, profiles: naiveProfiles(two, 1, flat) },
      levels,
    );
    expect(renderSvg(small, paperStyle())).toContain('width="86mm"');
  });
});

describe("the corner of a finished scan", () => {
  it("has its star at the minimum that the scan polished, says of one on the frame, and its warnings", async () => {
    const parent = mkdtempSync(join(tmpdir(), "nsiscan-corner-"));
    try {
      const results = exampleResults();
      const { combinations, axes: own } = results.scan;
      const point = own.map(({ from, to }) => from + 0.123 * (to - from));
      const minima = combinations.map(({ name }) => ({
        combination: name,
        minima: [{ point, chi2: 3.5, deltaChi2: 0.5, onFrame: true }],
      }));
      const folder = join(parent, "result");
      await writeResults(folder, { ...results, minima });
      const profiled = await readProfiledScan(folder);
      expect(profiled.warnings).toEqual([...results.uncertain, ...results.warnings]);
      expect(profiled.minima?.[0]).toEqual({ point, onFrame: true, reference: 3 });
      const figure = scanCorner(profiled, { levels: ["90%"] });
      const marked = figure.panels.flat().flatMap((panel) => of(panel?.layers ?? [], "markers"));
      expect(marked.flatMap(({ points }) => points)).toContainEqual(point);
      expect(JSON.stringify(figure)).toContain("minimum, on the frame");
    } finally {
      rmSync(parent, { recursive: true });
    }
  });

  it("asks for a result folder where it is given another", async () => {
    await expect(readProfiledScan("src")).rejects.toThrow(/src is no result folder.*scan\.yaml/);
  });

  it("is reduced from its result folder", async () => {
    const parent = mkdtempSync(join(tmpdir(), "nsiscan-corner-"));
    try {
      const folder = join(parent, "result");
      const results = exampleResults();
      await writeResults(folder, results);
      const profiled = await readProfiledScan(folder);
      expect(profiled.scan.axes).toEqual(results.scan.axes);
      const { scan } = results;
      expect(profiled.profiles).toEqual(
        naiveProfiles(scan.axes, scan.combinations.length, results.chi2),
      );
      const { panels } = scanCorner(profiled, { levels: ["90%"] });
      expect(panels).toHaveLength(scan.axes.length);
      expect(() => scanCorner(profiled, { combination: "xenon" })).toThrow(
        expect.objectContaining({ code: "unknown-combination" }),
      );
      // A scan of many axes keeps its profiles and no grid.
      const [x, y] = scan.axes.map(({ parameter }) => parameter);
      const turned = { ...scan, planes: [[y, x] as const, ...scan.planes.slice(1)] };
      await writeFile(join(folder, "scan.yaml"), formatScan(turned));
      await writeProfiles(folder, turned, profiled.profiles, {});
      rmSync(join(folder, "chi2.zarr"), { recursive: true });
      expect((await readProfiledScan(folder)).profiles).toEqual(profiled.profiles);
      rmSync(join(folder, "profiles.zarr"), { recursive: true });
      await expect(readProfiledScan(folder)).rejects.toThrow(
        expect.objectContaining({ code: "no-grid" }),
      );
    } finally {
      rmSync(parent, { recursive: true });
    }
  });
});
