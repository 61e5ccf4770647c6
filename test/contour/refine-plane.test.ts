import { describe, expect, it } from "vitest";
import { isolines, regionRings } from "../../src/contour/isolines.js";
import { FineValues, refinePlane } from "../../src/contour/refine-plane.js";
import { regions } from "../../src/contour/regions.js";
import { linspace, sample } from "./planes.js";

const total = (found: { area: number }[]) => found.reduce((sum, one) => sum + one.area, 0);
function refined(f: (x: number, y: number) => number, n: number, level: number, budget = 1e6) {
  const grid = sample(f, linspace(-1, 1, n), linspace(-1, 1, n + 2));
  const fine = new FineValues(grid, ([x, y]) => f(x, y));
  return { ...refinePlane(fine, level, { budget }), grid, fine };
}

describe("a plane whose cells are cut near a level", () => {
  it("has strips thinner than a cell in one piece each, with their area, and what lies off them", () => {
    for (const [p, q] of [
      [1, 0.37],
      [0.8, -1.21],
      [0.2, 1],
    ]) {
      const strip = (x: number, y: number) => 400 * ((p * x + q * y) ** 2 - 0.01) ** 2 * 100;
      const { plane, grid, unresolved, fine } = refined(strip, 41, 1);
      const found = regions(plane, 1);
      expect(unresolved).toEqual([]);
      expect(found).toHaveLength(2);
      expect(total(regions(grid, 1))).not.toBeCloseTo(total(found), 2);
      const dense = sample(strip, linspace(-1, 1, 801), linspace(-1, 1, 801));
      expect(Math.abs(total(found) / total(regions(dense, 1)) - 1)).toBeLessThan(0.02);
      expect(isolines(plane, 1)).toHaveLength(4);
      expect(regionRings(plane, 1)).toHaveLength(2);
      expect(fine.evaluations).toBeLessThan(40_000);
    }
  });

  it("finds gaps that the grid bridges, and holes", () => {
    const ring = (x: number, y: number) => 900 * (Math.hypot(x - 0.02, y + 0.01) - 0.08) ** 2;
    const { plane } = refined(ring, 21, 1);
    const [annulus, ...others] = regions(plane, 1);
    expect(others).toEqual([]);
    const area = Math.PI * ((0.08 + 1 / 30) ** 2 - (0.08 - 1 / 30) ** 2);
    expect(annulus.area / area).toBeCloseTo(1, 1);
    expect(regionRings(plane, 1).filter(({ hole }) => hole)).toHaveLength(1);
  });

  it("leaves a plane alone that its grid resolves", () => {
    const bowl = (x: number, y: number) => x * x + 2 * y * y;
    const { plane, grid, fine } = refined(bowl, 81, 0.3);
    expect(plane).toBe(grid);
    expect(fine.evaluations).toBe(0);
  });

  it("tells where the budget ended", () => {
    const strip = (x: number, y: number) => 4e4 * ((x + 0.3 * y) ** 2 - 0.01) ** 2;
    const { unresolved, plane } = refined(strip, 41, 1, 300);
    expect(unresolved.length).toBeGreaterThan(0);
    expect(regions(plane, 1).length).toBeGreaterThan(1);
  });
});
