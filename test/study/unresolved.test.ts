import { describe, expect, it } from "vitest";
import { regions } from "../../src/contour/regions.js";
import { unresolvedMinima } from "../../src/study/unresolved.js";

/** A bowl on a grid of unit steps from 0 to 10, its minimum at `centre`. */
function bowl(centre: readonly [number, number], curvature: number) {
  const axis = Float64Array.from({ length: 11 }, (_, i) => i);
  const values = new Float64Array(121);
  axis.forEach((x, i) => {
    axis.forEach((y, j) => {
      values[i * 11 + j] = curvature * ((x - centre[0]) ** 2 + (y - centre[1]) ** 2);
    });
  });
  return { x: axis, y: axis, values };
}
const minimum = (point: readonly [number, number], value = 0) => ({ point, value, deltaChi2: 0 });

describe("regions smaller than a cell", () => {
  it("are told where no vertex lies in them", () => {
    const plane = bowl([4.5, 5.5], 10);
    expect(regions(plane, 4)).toEqual([]);
    expect(unresolvedMinima(plane, [minimum([4.5, 5.5])], 4)).toEqual([minimum([4.5, 5.5])]);
  });

  it("are not told where contours show them, or where the minimum is above the level", () => {
    expect(unresolvedMinima(bowl([4.5, 5.5], 10), [minimum([4.5, 5.5])], 6)).toEqual([]);
    expect(unresolvedMinima(bowl([4.5, 5.5], 10), [minimum([4.5, 5.5], 5)], 4)).toEqual([]);
    expect(unresolvedMinima(bowl([0, 10], 10), [minimum([0, 10])], 4)).toEqual([]);
  });

  it("are not told where the next vertex along a valley is in their region", () => {
    const plane = bowl([4.5, 4.5], 10);
    plane.values[3 * 11 + 5] = 1;
    expect(unresolvedMinima(plane, [minimum([4.5, 4.5])], 4)).toEqual([]);
    plane.values[3 * 11 + 5] = 9;
    plane.values[2 * 11 + 5] = 1;
    expect(unresolvedMinima(plane, [minimum([4.5, 4.5])], 4)).toHaveLength(1);
  });

  it("are told even within the extent of a larger region", () => {
    const plane = bowl([4.5, 4.5], 10);
    // A region along the frame, all around.
    plane.values.forEach((_, k) => {
      const [i, j] = [Math.floor(k / 11), k % 11];
      if (i % 10 === 0 || j % 10 === 0) plane.values[k] = 0;
    });
    expect(regions(plane, 4)).toHaveLength(1);
    expect(unresolvedMinima(plane, [minimum([4.5, 4.5])], 4)).toHaveLength(1);
  });
});
