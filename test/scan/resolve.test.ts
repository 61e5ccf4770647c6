import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PARAMETERS, parameterIndex } from "../../src/model/parameters.js";
import { formatScan } from "../../src/scan/format.js";
import { loadScan } from "../../src/scan/load.js";
import { resolveScan } from "../../src/scan/resolve.js";
import { type ResolvedScan, scanBase } from "../../src/scan/scan.js";
import { catalogue } from "./catalogue.js";

const short = `
version: 1
analysis: liao-2024
axes:
  - { parameter: eps_ee_d, from: -1, to: 1.2, points: 41 }
  - { parameter: eps_ee_u, from: -1, to: 1.2, points: 41 }
`;

const resolve = (text: string, path = "plane.yaml") => resolveScan(text, path, catalogue);
const names = (scan: ResolvedScan) => scan.combinations.map(({ name }) => name);

describe("a short scan file", () => {
  it("gets every default", () => {
    const scan = resolve(short, "some/where/my plane.yaml");
    expect(scan).toMatchObject({
      version: 1,
      name: "my-plane",
      title: "my-plane",
      options: { form_factor: "klein-nystrand" },
      planes: [["eps_ee_d", "eps_ee_u"]],
      levels: ["90%", "2σ", "3σ"],
      reference: "joint",
      engine: "auto",
    });
    expect(names(scan)).toEqual(["csi", "lar", "ge", "csi+lar+ge"]);
    expect(scan.figure).toEqual({
      panels: [
        {
          title: "csi, lar, ge at 90%",
          regions: ["csi", "lar", "ge"].map((combination) => ({ combination, levels: ["90%"] })),
        },
        {
          title: "csi+lar+ge at 2σ, 3σ",
          regions: [{ combination: "csi+lar+ge", levels: ["2σ", "3σ"] }],
        },
      ],
    });
  });

  it("fixes every other parameter, at the Standard Model unless told", () => {
    const scan = resolve(`${short}fixed: { sin2_theta_w: 0.22, eps_mutau_u: 0.1 }`);
    expect(Object.keys(scan.fixed).sort()).toEqual(
      PARAMETERS.map((p) => p.name)
        .filter((name) => !name.startsWith("eps_ee"))
        .sort(),
    );
    const base = scanBase(scan);
    const expected = Float64Array.from(PARAMETERS, (p) => p.standardModel);
    expected[parameterIndex("sin2_theta_w")] = 0.22;
    expected[parameterIndex("eps_mutau_u")] = 0.1;
    expect(base).toEqual(expected);
  });

  it("may be JSON, indented as one likes", () => {
    const axis = { parameter: "exponent_x", from: 1, to: 3, points: 11 };
    const file = { version: 1, analysis: "coherent-2022", axes: [axis] };
    for (const indent of [undefined, 2, "\t"]) {
      const scan = resolve(JSON.stringify(file, null, indent), "x.json");
      expect(scan).toMatchObject({ name: "x", axes: [axis], planes: [] });
      // One data set is all there is: one panel.
      expect(scan.figure.panels).toHaveLength(1);
      expect(names(scan)).toEqual(["csi"]);
    }
  });
});

describe("combinations", () => {
  it("are named in one way however they are written", () => {
    const text = `${short}combinations: [ge+csi, [lar, csi], all, csi + ge, "lar"]`;
    expect(names(resolve(text))).toEqual(["csi+ge", "csi+lar", "csi+lar+ge", "lar"]);
  });

  it("include what the figure draws", () => {
    const panel = "{ regions: [{ combination: lar+ge, levels: [1sigma] }] }";
    const scan = resolve(`${short}combinations: [csi]\nfigure: { panels: [${panel}] }`);
    expect(names(scan)).toEqual(["csi", "lar+ge"]);
    expect(scan.levels).toEqual(["1σ"]);
  });

  it("include each data set alone where the reference is the sum of their minima", () => {
    const text = `${short}combinations: [lar+ge]\n`;
    expect(names(resolve(`${text}reference: joint`))).toEqual(["lar+ge"]);
    expect(names(resolve(`${text}reference: separate`))).toEqual(["lar+ge", "lar", "ge"]);
  });
});

describe("levels and planes", () => {
  it("levels that the scan lists are what its panels draw", () => {
    const scan = resolve(`${short}levels: [2sigma, 1 sigma, 2σ]`);
    expect(scan.levels).toEqual(["2σ", "1σ"]);
    const drawn = scan.figure.panels.map((panel) => panel.regions.map((region) => region.levels));
    expect(drawn).toEqual([Array(3).fill(["2σ", "1σ"]), [["2σ", "1σ"]]]);
  });

  it("planes are all pairs of axes unless listed", () => {
    const third = `${short}  - { parameter: eps_emu_d, from: -1, to: 1, points: 5 }\n`;
    expect(resolve(third).planes).toEqual([
      ["eps_ee_d", "eps_ee_u"],
      ["eps_ee_d", "eps_emu_d"],
      ["eps_ee_u", "eps_emu_d"],
    ]);
    const one = resolve(`${third}planes: [[eps_emu_d, eps_ee_d]]`);
    expect(one.planes).toEqual([["eps_emu_d", "eps_ee_d"]]);
  });
});

describe("the written form of a resolved scan", () => {
  it("resolves to the same scan, whatever was asked", () => {
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    const names = fc.uniqueArray(fc.constantFrom(...PARAMETERS.slice(0, 10).map((p) => p.name)), {
      minLength: 1,
      maxLength: 6,
    });
    const combination = fc.subarray(["csi", "lar", "ge"], { minLength: 1 });
    const level = fc.constantFrom("1sigma", "90%", "3σ", 0.68, "Δχ²=4.61");
    fc.assert(
      fc.property(
        names,
        number,
        fc.array(combination, { minLength: 1, maxLength: 4 }),
        fc.option(fc.array(level, { minLength: 1, maxLength: 3 }), { nil: undefined }),
        fc.constantFrom("joint", "separate"),
        (parameters, from, combinations, levels, reference) => {
          const axes = parameters.map((parameter) => ({
            parameter,
            from,
            to: from + 1,
            points: 3,
          }));
          const file = { version: 1, analysis: "liao-2024", axes, combinations, levels, reference };
          const scan = resolve(JSON.stringify(file));
          expect(resolve(formatScan(scan), "other.yaml")).toEqual(scan);
          expect(formatScan(resolve(formatScan(scan)))).toBe(formatScan(scan));
        },
      ),
    );
  });
});

describe("store_grid", () => {
  const axes = ["eps_ee_u", "eps_ee_d", "eps_emu_u"].map((parameter) => {
    return { parameter, from: 0, to: 1, points: 3 };
  });
  const file = (more: object) => JSON.stringify({ version: 1, analysis: "liao-2024", ...more });

  it("is no unless the scan says yes, and stays what it is", () => {
    const resolved = resolve(file({ axes }));
    expect(resolved.store_grid).toBe(false);
    const stored = resolve(file({ axes, store_grid: true }));
    expect(stored.store_grid).toBe(true);
    expect(resolve(formatScan(stored)).store_grid).toBe(true);
  });

  it("means nothing for a plane or a line, whose grid is the result", () => {
    for (const store_grid of [true, false]) {
      const plane = resolve(file({ axes: axes.slice(1), store_grid }));
      expect(plane).not.toHaveProperty("store_grid");
    }
  });

  it("is true or false", () => {
    expect(() => resolve(file({ axes, store_grid: "yes" }))).toThrow(
      '"store_grid" cannot be "yes"',
    );
  });
});

describe("the scans that come with nsiscan", () => {
  const files = readdirSync("scans").filter((file) => file.endsWith(".yaml"));

  it("include one of four axes, whose whole grid is not kept", async () => {
    const scan = await loadScan("scans/four-couplings.yaml", catalogue);
    expect(scan.axes.map((axis) => axis.points)).toEqual([41, 41, 41, 41]);
    expect(scan.planes).toHaveLength(6);
    expect(scan.store_grid).toBe(false);
  });

  it.each(files.filter((file) => file.startsWith("figure")))("%s resolves", async (file) => {
    const scan = await loadScan(`scans/${file}`, catalogue);
    expect(`${scan.name}.yaml`).toBe(file);
    expect(scan.reference).toBe("separate");
    expect(names(scan)).toEqual(["csi", "lar", "ge", "csi+lar", "csi+lar+ge"]);
    expect(scan.axes.map((axis) => axis.points)).toEqual([401, 401]);
    const title = (parameter: string) => parameter.replace(/^eps_(\w+)_([ud])$/, "ε^$2_$1");
    for (const { parameter } of scan.axes.filter((axis) => axis.parameter.startsWith("eps"))) {
      const greek = title(parameter).replace(/mu/g, "μ").replace("tau", "τ");
      expect(scan.title).toContain(greek);
    }
  });

  it("cover the rectangles of L24's figures 6 to 8", async () => {
    const limits = async (file: string) =>
      (await loadScan(`scans/${file}.yaml`, catalogue)).axes.flatMap(({ from, to }) => [from, to]);
    for (const half of ["upper", "lower"]) {
      expect(await limits(`figure-6-${half}`)).toEqual([0, 0.5, -0.5, 1]);
      expect(await limits(`figure-7-${half}`)).toEqual([-1, 1.2, -1, 1.2]);
    }
    expect(await limits("figure-8-upper")).toEqual([-0.3, 0.7, -0.5, 0.5]);
    expect(await limits("figure-8-lower")).toEqual([-0.5, 0.8, -0.3, 0.7]);
  });
});
