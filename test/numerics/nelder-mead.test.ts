import { describe, expect, it } from "vitest";
import { nelderMead } from "../../src/numerics/nelder-mead.js";

const free = (point: Float64Array) => point;

describe("nelderMead", () => {
  it("finds a minimum in a kink that is oblique to the axes", () => {
    const kink = ([x, y, z]: Float64Array) =>
      Math.abs(x - 0.3) + 2 * Math.abs(y + x) + Math.abs(z - y + 1);
    const { point, value } = nelderMead(
      kink,
      new Float64Array(3),
      Float64Array.of(1, 1, 1),
      free,
      1e-9,
    );
    expect(value).toBeLessThan(1e-7);
    [0.3, -0.3, -1.3].forEach((x, i) => {
      expect(point[i]).toBeCloseTo(x, 6);
    });
  });

  it("starts on a bound and ends on another", () => {
    const slope = ([x, y]: Float64Array) => y - x + (x - y) ** 2;
    const clamp = (point: Float64Array) => point.map((x) => Math.min(Math.max(x, 0), 1));
    const { value } = nelderMead(
      slope,
      Float64Array.of(1, 1),
      Float64Array.of(0.1, 0.1),
      clamp,
      1e-12,
    );
    // x − y = ½, wherever in the square.
    expect(value).toBeCloseTo(-0.25, 9);
  });
});
