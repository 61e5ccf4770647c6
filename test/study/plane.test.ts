import { beforeAll, describe, expect, it } from "vitest";
import { parseLevel } from "../../src/contour/levels.js";
import { type CombinationStudy, studyPlane } from "../../src/study/plane.js";
import { planeResults } from "../../src/study/plane-results.js";
import { evaluated, scanOf, shippedScan } from "./scans.js";

const LEVELS = ["1sigma", "2sigma", "3sigma", "90%"].map(parseLevel);
const ALL = "csi+lar+ge";

async function study(kind: "joint" | "separate", points: number): Promise<CombinationStudy[]> {
  const { scan, ...rest } = await evaluated(shippedScan("figure-8-lower", points));
  const [x, y] = scan.axes;
  return studyPlane({ ...rest, axes: [x, y], combinations: scan.combinations }, kind, LEVELS);
}

let separate: CombinationStudy[];
let joint: CombinationStudy[];
beforeAll(async () => {
  separate = await study("separate", 81);
  joint = await study("joint", 81);
});
const of = (studies: readonly CombinationStudy[], name = ALL) =>
  studies.find(({ combination }) => combination.name === name) as CombinationStudy;
const at = ({ allowed }: CombinationStudy, label: string) =>
  allowed.find(({ level }) => level.label === label) as CombinationStudy["allowed"][number];

describe("figure 8 (ε^d_ee, ε^d_μμ) of L24, above the separate minima", () => {
  it("has the four minima of SPEC §4", () => {
    const places = of(separate).minima.map(({ point: [x, y], deltaChi2 }) => [x, y, deltaChi2]);
    const near = (x: number, y: number, deltaChi2: number) => [
      expect.closeTo(x, 3),
      expect.closeTo(y, 3),
      expect.closeTo(deltaChi2, 2),
    ];
    expect(places).toEqual([
      near(-0.0287, 0.03, 6.161),
      near(0.3816, 0.0301, 6.448),
      near(-0.0284, 0.323, 6.638),
      near(0.3814, 0.323, 7.035),
    ]);
  });

  it("allows nothing at 1σ, and four regions at 3σ, one around each minimum", () => {
    const all = of(separate);
    expect(at(all, "1σ")).toMatchObject({ regions: [], lines: [], rings: [], unresolved: [] });
    const { regions, rings, lines } = at(all, "3σ");
    expect([regions.length, rings.length, lines.length]).toEqual([4, 4, 4]);
    for (const { point } of all.minima) {
      const around = regions.filter(
        ({ x, y }) => x[0] < point[0] && point[0] < x[1] && y[0] < point[1] && point[1] < y[1],
      );
      expect(around).toHaveLength(1);
    }
  });

  it("has a speck at 2σ, which lies between the vertices of this grid", async () => {
    const [region, ...others] = at(of(separate), "2σ").regions;
    expect(others).toEqual([]);
    const [x, y] = of(separate).minima[0].point;
    expect(region.x[0] < x && x < region.x[1] && region.y[0] < y && y < region.y[1]).toBe(true);
    expect(region.x[1] - region.x[0]).toBeLessThan(1.3 / 80);
    const found = planeResults(await evaluated(shippedScan("figure-8-lower", 81)));
    expect(found.uncertain).toEqual([]);
    expect(JSON.stringify(found.regions)).toContain('"resolution":{"isCertain":true}');
  });
});

describe("references", () => {
  it("separate is the sum of the minima of each data set, joint the minimum of the sum", () => {
    const sum = ["csi", "lar", "ge"].reduce(
      (total, name) => total + of(separate, name).minima[0].value,
      0,
    );
    expect(of(separate).reference).toMatchObject({
      kind: "separate",
      value: expect.closeTo(sum, 9),
    });
    const [lowest] = of(joint).minima;
    expect(of(joint).reference).toMatchObject({ kind: "joint", value: lowest.value });
    expect(lowest).toMatchObject({ deltaChi2: 0, value: of(separate).minima[0].value });
    expect(of(separate).reference.rectangle).toEqual({ x: [-0.5, 0.8], y: [-0.3, 0.7] });
  });

  it("are the same for a data set alone", () => {
    for (const name of ["csi", "lar", "ge"]) {
      expect(of(separate, name).reference.value).toBe(of(joint, name).reference.value);
      expect(at(of(separate, name), "90%")).toEqual(at(of(joint, name), "90%"));
    }
  });

  it("joint has a 1σ region, where separate has none", () => {
    expect(at(of(joint), "1σ").regions.length).toBeGreaterThan(0);
  });

  it("levels count with two degrees of freedom", () => {
    const rises = at(of(joint), "90%").deltaChi2;
    expect(rises).toBeCloseTo(4.605, 3);
    expect(at(of(joint), "2σ").deltaChi2).toBeCloseTo(6.18, 2);
  });
});

describe("minima", () => {
  const plane = async (text: string) => {
    const { scan, ...rest } = await evaluated(scanOf(text));
    return {
      ...rest,
      axes: [scan.axes[0], scan.axes[1]] as const,
      combinations: scan.combinations,
    };
  };
  const text = (x: string, y: string) =>
    `version: 1\nanalysis: liao-2024\naxes: [${x}, ${y}]\ncombinations: [csi+lar+ge]\n`;
  const [sigma3] = [parseLevel("3sigma")];

  it("are found wherever the grid's vertices lie: the four of figure 8, ±10 in 21 points", async () => {
    const [{ minima }] = studyPlane(
      await plane(
        text(
          "{parameter: eps_ee_d, from: -10, to: 10, points: 21}",
          "{parameter: eps_mumu_d, from: -10.3, to: 9, points: 17}",
        ),
      ),
      "joint",
      [sigma3],
    );
    const near = of(joint).minima.map(({ point: [x, y], deltaChi2 }) => ({
      point: [expect.closeTo(x, 4), expect.closeTo(y, 4)],
      deltaChi2: expect.closeTo(deltaChi2, 4),
    }));
    expect(minima.filter(({ deltaChi2 }) => deltaChi2 < 10)).toEqual(
      near.map((one) => expect.objectContaining(one)),
    );
  });

  it("nothing is published of a minimum that a value of the grid is below", async () => {
    const found = await plane(
      text(
        "{parameter: eps_ee_d, from: -0.5, to: 0.8, points: 11}",
        "{parameter: eps_mumu_d, from: -0.3, to: 0.7, points: 11}",
      ),
    );
    const chi2 = found.chi2.map((value, at) => (at === 30 ? 200 : value));
    expect(() => studyPlane({ ...found, chi2 }, "joint", [sigma3])).toThrow(/own lowest value 200/);
  });

  it("a scan of coarse and of fine steps agree on regions, their areas and extents", async () => {
    const study = (points: number) => studyOf(shippedScan("figure-8-lower", points));
    const studyOf = async (scan: ReturnType<typeof shippedScan>) => {
      const { scan: s, ...rest } = await evaluated(scan);
      const axes = [s.axes[0], s.axes[1]] as const;
      const combinations = s.combinations;
      return studyPlane({ ...rest, axes, combinations }, "joint", LEVELS);
    };
    const [coarse, fine] = [await study(13), await study(121)];
    coarse.forEach(({ allowed }, k) => {
      allowed.forEach(({ regions, level, resolution }, l) => {
        const same = fine[k].allowed[l].regions;
        const what = `${fine[k].combination.name} ${level.label}`;
        expect(resolution, what).toEqual({ isCertain: true });
        expect(regions.length, what).toBe(same.length);
        const total = (all: typeof regions) => all.reduce((sum, { area }) => sum + area, 0);
        expect(Math.abs(total(regions) / total(same) - 1), what).toBeLessThan(0.05);
      });
    });
  });

  it("strips thinner than a cell are two, or said to be not resolved", async () => {
    const { scan, ...rest } = await evaluated(
      scanOf(
        text(
          "{parameter: eps_ee_d, from: -3, to: 3, points: 31}",
          "{parameter: eps_ee_u, from: -3, to: 3, points: 31}",
        ).replace("[csi+lar+ge]", "[csi]\nlevels: [90%, 2sigma, 3sigma]"),
      ),
    );
    const { regions, uncertain } = planeResults({ scan, ...rest });
    expect(uncertain).toEqual([]);
    const [{ levels }] = regions as { levels: { count: number; level: string }[] }[];
    expect(levels.map(({ level, count }) => [level, count])).toEqual([
      ["90%", 2],
      ["2σ", 2],
      ["3σ", 1],
    ]);
  });
});
