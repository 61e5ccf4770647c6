import { describe, expect, it } from "vitest";
import type { Objective } from "../../src/contour/plane.js";
import { jointReference, type Surface, separateReference } from "../../src/contour/references.js";
import { NumericalError } from "../../src/errors.js";
import { linspace, sample } from "./planes.js";

function surface(name: string, objective: Objective, x: number[], y: number[]): Surface {
  const plane = sample(
    (u, v) => objective([u, v]),
    linspace(x[0], x[1], 24),
    linspace(y[0], y[1], 31),
  );
  return { name, plane, objective };
}

const csi: Objective = ([x, y]) => 96 + 50 * (x - 0.1) ** 2 + 20 * (y + 0.2) ** 2;
const lar: Objective = ([x, y]) => 107 + 10 * (x + 0.3) ** 2 + 40 * (y - 0.4) ** 2;
const sum: Objective = (point) => csi(point) + lar(point);

describe("references", () => {
  const [x, y] = [
    [-0.5, 0.8],
    [-0.3, 0.7],
  ];

  it("joint: the minimum of the sum, here that of a quadratic in closed form", () => {
    const reference = jointReference(surface("csi+lar", sum, x, y));
    const point = [(50 * 0.1 - 10 * 0.3) / 60, (40 * 0.4 - 20 * 0.2) / 60];
    expect(reference.kind).toBe("joint");
    expect(reference.value).toBeCloseTo(sum(point), 8);
    expect(reference.minima).toHaveLength(1);
    expect(reference.minima[0].name).toBe("csi+lar");
    reference.minima[0].point.forEach((p, axis) => {
      expect(p).toBeCloseTo(point[axis], 5);
    });
    expect(reference.rectangle).toEqual({ x, y });
  });

  it("separate: the sum of the data sets' own minima, never above the joint one", () => {
    const reference = separateReference([surface("csi", csi, x, y), surface("lar", lar, x, y)]);
    expect(reference.value).toBeCloseTo(96 + 107, 8);
    expect(reference.minima.map(({ name }) => name)).toEqual(["csi", "lar"]);
    expect(reference.minima[1].point[0]).toBeCloseTo(-0.3, 5);
    expect(reference.value).toBeLessThan(jointReference(surface("both", sum, x, y)).value);
  });

  it("depends on the rectangle where the minimum lies outside of it", () => {
    const reference = separateReference([
      surface("csi", csi, [0.2, 0.8], y),
      surface("lar", lar, [0.2, 0.8], y),
    ]);
    expect(reference.value).toBeCloseTo(96 + 50 * 0.01 + 107 + 10 * 0.25, 8);
    expect(reference.rectangle.x).toEqual([0.2, 0.8]);
  });

  it("takes the deeper of two wells although the grid shows the other one lower", () => {
    const wells: Objective = ([u, v]) =>
      Math.min(900 * (u - 0.025) ** 2 + 40 * v * v, 0.2 + 900 * (u - 0.8) ** 2 + 40 * v * v);
    const plane = sample((u, v) => wells([u, v]), linspace(0, 1, 21), linspace(-1, 1, 21));
    expect(plane.values[16 * 21 + 10]).toBeLessThan(plane.values[10]);
    expect(jointReference({ name: "wells", plane, objective: wells }).value).toBeCloseTo(0, 8);
  });

  it("says so where no χ² is finite", () => {
    const nothing = surface("ge", () => Number.POSITIVE_INFINITY, x, y);
    expect(() => separateReference([nothing])).toThrow(NumericalError);
    expect(() => jointReference(nothing)).toThrow(/ge is not finite anywhere/);
  });
});
