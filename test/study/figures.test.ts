import { describe, expect, it } from "vitest";
import type { FigureSpec, Layer, PanelSpec } from "../../src/figures/types.js";
import type { ResolvedScan } from "../../src/scan/scan.js";
import { curveResults } from "../../src/study/curve-results.js";
import { planeResults } from "../../src/study/plane-results.js";
import { evaluated, scanOf, shippedScan } from "./scans.js";

const AXES =
  "axes: [{parameter: eps_ee_d, from: -0.5, to: 0.8, points: 41}, {parameter: eps_mumu_d, from: -0.3, to: 0.7, points: 41}]";
const planeScan = (more = "") => scanOf(`{version: 1, analysis: liao-2024, ${AXES}${more}}`);

const planeOf = async (scan: ResolvedScan) => planeResults(await evaluated(scan)).figure;
const panelsOf = (figure: FigureSpec) => figure.panels[0] as PanelSpec[];
/** What the legend says of a panel's regions: label, fill and line. */
const legend = ({ legend }: PanelSpec) =>
  legend?.entries.map(({ label, fill, stroke }) => [label, fill?.color, stroke?.dash]);
const layers = <Kind extends Layer["kind"]>({ layers: all }: PanelSpec, kind: Kind) =>
  all.filter((layer): layer is Extract<Layer, { kind: Kind }> => layer.kind === kind);

describe("the figure of a plane", () => {
  it("of L24's figure 8 has each data set in its colour, the combination in shades", async () => {
    const [left, right] = panelsOf(await planeOf(shippedScan("figure-8-lower", 61)));
    expect(left.title).toBe("each data set, 90% CL");
    expect(legend(left)).toEqual([
      ["CsI", "series1", undefined],
      ["LAr", "series2", undefined],
      ["Ge", "series3", undefined],
      ["SM", undefined, undefined],
    ]);
    expect(right.title).toBe("combined");
    expect(legend(right)).toEqual([
      ["CsI + LAr + Ge, $2\\sigma$", "inner", undefined],
      ["CsI + LAr + Ge, $3\\sigma$", "outer", undefined],
      ["CsI + LAr, $2\\sigma$", undefined, "dashed"],
      ["SM", undefined, undefined],
    ]);
    expect(left.x).toMatchObject({ label: "$\\varepsilon^{dV}_{ee}$", domain: [-0.5, 0.8] });
    expect(left.y).toMatchObject({ label: "$\\varepsilon^{dV}_{\\mu\\mu}$", domain: [-0.3, 0.7] });
    expect(layers(left, "markers").map(({ points }) => points)).toEqual([[[0, 0]]]);
    // Largest first: LAr's and Ge's allowed rings have a hole each, CsI's region has four parts.
    const rings = layers(left, "region").map(({ rings }) => rings.length);
    expect(rings).toEqual([2, 2, 4]);
    expect(layers(right, "region").map(({ rings }) => rings.length)).toEqual([4, 1]);
  });

  it("has titles of its own where the scan has none, with σ that the typeface lacks", async () => {
    const [left, right] = panelsOf(await planeOf(planeScan()));
    expect(left.title).toBe("CsI, LAr, Ge at 90%");
    expect(right.title).toBe("CsI + LAr + Ge at 2$σ$, 3$σ$");
    expect(legend(right)?.slice(0, 2)).toEqual([
      ["CsI + LAr + Ge, $2\\sigma$", "inner", undefined],
      ["CsI + LAr + Ge, $3\\sigma$", "outer", undefined],
    ]);
  });

  it("tells all levels in one entry where they look alike", async () => {
    const figure = await planeOf(planeScan(", levels: [1sigma, 3sigma, 2sigma]"));
    const [left, right] = panelsOf(figure);
    expect(legend(left)?.slice(0, 3)).toEqual([
      ["CsI, $1\\sigma$, $2\\sigma$, $3\\sigma$", "series1", undefined],
      ["LAr, $1\\sigma$, $2\\sigma$, $3\\sigma$", "series2", undefined],
      ["Ge, $1\\sigma$, $2\\sigma$, $3\\sigma$", "series3", undefined],
    ]);
    expect(layers(left, "region")).toHaveLength(9);
    expect(legend(right)?.slice(0, 2)).toEqual([
      ["CsI + LAr + Ge, $1\\sigma$", "inner", undefined],
      ["CsI + LAr + Ge, $2\\sigma$, $3\\sigma$", "outer", undefined],
    ]);
  });

  it("names the level where the title does not", async () => {
    const figure =
      ', figure: {title: "ε^d_ee", panels: [{title: two, regions: [{combination: csi, levels: [90%]}, {combination: ge, levels: [68%]}]}]}';
    const spec = await planeOf(planeScan(figure));
    expect(spec.title).toBe("$ε^{d}_{ee}$");
    expect(legend(panelsOf(spec)[0])).toEqual([
      ["CsI, $90\\,\\%$", "series1", undefined],
      ["Ge, $68\\,\\%$", "series2", undefined],
      ["SM", undefined, undefined],
    ]);
  });

  it("leaves the Standard Model out where it is not in the plane", async () => {
    const scan = planeScan();
    const [x, y] = scan.axes;
    const [left] = panelsOf(await planeOf({ ...scan, axes: [{ ...x, from: 0.1 }, y] }));
    expect(layers(left, "markers")).toEqual([]);
  });
});

describe("the figure of a line", () => {
  it("has a curve for each combination, the sum of all thick, and the levels", async () => {
    const scan = scanOf(
      "{version: 1, analysis: liao-2024, levels: [1sigma, 90%], axes: [{parameter: sin2_theta_w, from: 0.1, to: 0.4, points: 11}]}",
    );
    const [panel] = panelsOf(curveResults(await evaluated(scan)).figure);
    expect(panel.legend?.entries.map(({ label, stroke }) => [label, stroke?.color])).toEqual([
      ["CsI", "series1"],
      ["LAr", "series2"],
      ["Ge", "series3"],
      ["CsI + LAr + Ge", "foreground"],
    ]);
    expect(layers(panel, "reference").map(({ value, label }) => [value, label])).toEqual([
      [expect.closeTo(1, 9), "$1\\sigma$"],
      [expect.closeTo(2.7055, 3), "$90\\,\\%$"],
    ]);
    expect(panel.y.domain).toEqual([0, expect.closeTo(1.3 * 2.7055, 3)]);
  });
});
