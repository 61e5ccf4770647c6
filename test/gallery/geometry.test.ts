import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Point } from "../../src/contour/plane.js";
import { relativePath } from "../../src/gallery/compact.js";
import { simplified } from "../../src/gallery/simplify.js";
import { slopeOf, valley } from "../../src/gallery/valley.js";

const distance = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point) => {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / squared;
  const u = Math.min(Math.max(t, 0), 1);
  return Math.hypot(x - ax - u * dx, y - ay - u * dy);
};

describe("simplified lines", () => {
  const coordinate = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 100);
  const line = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 60 });

  it("keep both ends and stay within the tolerance of every vertex", () => {
    fc.assert(
      fc.property(line, fc.constantFrom(0.01, 0.3, 2), (points, tolerance) => {
        const left = simplified(points, [1, 1], tolerance);
        expect([left[0], left.at(-1)]).toEqual([points[0], points.at(-1)]);
        for (const point of points) {
          const away = left.slice(1).map((end, i) => distance(point, left[i], end));
          expect(Math.min(...away, left.length === 1 ? 0 : Infinity)).toBeLessThanOrEqual(
            tolerance + 1e-12,
          );
        }
      }),
    );
  });

  it("reduce a straight line to its ends, and keep a circle round and closed", () => {
    const straight = Array.from({ length: 50 }, (_, i): Point => [i, 3 - 2 * i]);
    expect(simplified(straight, [50, 100], 1e-9)).toEqual([straight[0], straight[49]]);
    const circle = Array.from({ length: 721 }, (_, i): Point => {
      const angle = (i % 720) * (Math.PI / 360);
      return [Math.cos(angle), Math.sin(angle)];
    });
    const fewer = simplified(circle, [2, 2], 1e-4);
    expect(fewer.length).toBeLessThan(300);
    expect(fewer.length).toBeGreaterThan(150);
    expect(fewer[0]).toEqual(fewer.at(-1));
  });
});

/** Coordinates of path data, relative commands followed. */
function places(d: string): number[][] {
  let at = [0, 0];
  let start = at;
  const found: number[][] = [];
  for (const [, command, list] of d.matchAll(/([mlqtczMLQTCZ])([^a-zA-Z]*)/g)) {
    if (command.toLowerCase() === "z") {
      at = start;
      continue;
    }
    const numbers = (list.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
    const from = command === command.toLowerCase() ? at : [0, 0];
    for (let i = 0; i < numbers.length; i += 2)
      found.push([from[0] + numbers[i], from[1] + numbers[i + 1]]);
    at = found[found.length - 1];
    if (command.toLowerCase() === "m") start = at;
  }
  return found;
}

describe("path data in relative commands", () => {
  const number = fc.integer({ min: -500_000, max: 500_000 }).map((n) => n / 1000);
  const pairs = (n: number) => fc.array(fc.tuple(number, number), { minLength: n, maxLength: n });
  const command = fc
    .constantFrom(["M", 1], ["L", 1], ["Q", 2], ["T", 1], ["C", 3], ["Z", 0])
    .chain(([letter, n]) =>
      pairs(n as number).map((list) => letter + list.map((pair) => pair.join(" ")).join(" ")),
    );

  it("names the same places to 1/100 pt, however long the path", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const d = `M1 2${commands.join("")}`;
        const [before, after] = [places(d), places(relativePath(d))];
        expect(after.length).toBe(before.length);
        after.forEach(([x, y], i) => {
          expect(Math.abs(x - before[i][0])).toBeLessThanOrEqual(0.00501);
          expect(Math.abs(y - before[i][1])).toBeLessThanOrEqual(0.00501);
        });
      }),
    );
  });
});

describe("the valley of a plane", () => {
  const x = Float64Array.from({ length: 81 }, (_, i) => -1 + i / 40);
  const y = Float64Array.from({ length: 101 }, (_, j) => -1 + j / 50);
  const plane = (f: (u: number, v: number) => number) => ({
    x,
    y,
    values: Float64Array.from({ length: 81 * 101 }, (_, p) =>
      f(x[Math.floor(p / 101)], y[p % 101]),
    ),
  });

  it("has the slope of a line along which nothing changes, for either of two parallel valleys", () => {
    fc.assert(
      fc.property(fc.integer({ min: -150, max: 150 }), fc.boolean(), (hundredths, upper) => {
        const slope = hundredths / 100;
        const charge = (u: number, v: number) => v - slope * u;
        const double = plane((u, v) => (charge(u, v) ** 2 - 0.25 ** 2) ** 2);
        const points = valley(double, [0, upper ? 0.2 : -0.2]);
        expect(slopeOf(points)).toBeCloseTo(slope, 2);
        expect(
          points.some(([u, v]) => Math.abs(charge(u, v) - (upper ? 0.25 : -0.25)) < 0.01),
        ).toBe(true);
      }),
    );
  });

  it("is nothing where the plane has none", () => {
    expect(
      slopeOf(
        valley(
          plane((u, v) => u + v),
          [0, 0],
        ),
      ),
    ).toBeNaN();
  });
});
