import { describe, expect, it } from "vitest";
import { parseLevel } from "../../src/contour/levels.js";
import { withoutBeads } from "../../src/study/beads.js";
import { studyPlane } from "../../src/study/plane.js";
import { evaluated, shippedScan } from "./scans.js";

describe("beads at the tip of a tapering region", () => {
  it("are joined to it where cells are cut: figure 7's 2σ regions are two, and no speck beside", async () => {
    const { scan, ...rest } = await evaluated(shippedScan("figure-7-upper", 201));
    const [x, y] = scan.axes;
    const plane = { ...rest, axes: [x, y] as const, combinations: scan.combinations };
    const studies = studyPlane(plane, "separate", [parseLevel("2sigma")]);
    const all = studies.find(({ combination }) => combination.name === "csi+lar+ge");
    const [{ regions, beads, resolution, lines }] = all?.allowed ?? [];
    expect(regions).toHaveLength(2);
    expect(beads).toEqual([]);
    expect(resolution).toEqual({ isCertain: true });
    expect(lines).toHaveLength(2);
  });

  const plane = { x: [0, 1, 2], y: [0, 1, 2], values: new Float64Array(9) };
  const speck = {
    x: [0.9, 1.1] as const,
    y: [0.9, 1.1] as const,
    area: 0.02,
    touchesFrame: false,
    minimum: { point: [1, 1] as const, value: 0 },
  };

  it("a speck around a minimum of its own is a region", () => {
    const minimum = { point: [1.05, 0.98] as const, value: 0, deltaChi2: 0 };
    expect(withoutBeads([speck], plane, [minimum]).regions).toEqual([speck]);
    expect(withoutBeads([speck], plane, []).beads).toEqual([speck]);
  });

  it("a speck at the frame, or larger than a cell, is a region", () => {
    const atFrame = { ...speck, touchesFrame: true };
    const large = { ...speck, area: 1.01 };
    expect(withoutBeads([atFrame, large], plane, []).regions).toEqual([atFrame, large]);
  });
});
