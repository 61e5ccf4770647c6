import { describe, expect, it } from "vitest";
import type { Objective } from "../../src/contour/plane.js";
import { isJoined } from "../../src/contour/same-basin.js";

const box = { lower: [-2, -2], upper: [2, 2] };
const ring: Objective = ([x, y]) => 200 * (Math.hypot(x, y) - 1) ** 2;
const joined = (objective: Objective, a: number[], b: number[], height: number) =>
  isJoined(objective, [a, b], height, box, [0.1, 0.1]);

describe("whether two points lie in one basin", () => {
  it("they do where a curved valley leads from one to the other", () => {
    expect(joined(ring, [1, 0], [-1, 0], 0.05)).toBe(true);
    expect(joined(ring, [1, 0], [0, 1], 0.05)).toBe(true);
  });

  it("they do not where the valley is cut, and do again one climb higher", () => {
    const cut: Objective = ([x, y]) => ring([x, y]) + (Math.abs(x) < 0.2 ? 1 : 0);
    expect(joined(cut, [1, 0], [-1, 0], 0.5)).toBe(false);
    expect(joined(cut, [1, 0], [-1, 0], 1.5)).toBe(true);
    const halfCut: Objective = ([x, y]) => ring([x, y]) + (Math.abs(x) < 0.2 && y > 0 ? 1 : 0);
    expect(joined(halfCut, [1, 0], [-1, 0], 0.5)).toBe(true);
  });

  it("a barrier between them is seen however thin their wells are", () => {
    const wells: Objective = ([x]) => 9 * (x * x - 0.01) ** 2 * 1e4;
    expect(joined(wells, [0.1, 0], [-0.1, 0], 0.05)).toBe(false);
  });
});
