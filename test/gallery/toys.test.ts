import { describe, expect, it } from "vitest";
import { parseLevel } from "../../src/contour/levels.js";
import { paperStyle } from "../../src/figures/style.js";
import { renderSvg } from "../../src/figures/svg.js";
import type { Layer, PanelSpec } from "../../src/figures/types.js";
import { histogram } from "../../src/gallery/histogram.js";
import { toysFigure } from "../../src/gallery/toys.js";
import { chi2Quantile } from "../../src/numerics/special.js";
import type { ToySet } from "../../src/toys/set.js";

const LEVELS = ["1sigma", "90%", "2sigma", "3sigma"].map((level) => parseLevel(level));

function setOf(deltaChi2: number[], names = ["sigma_scale"]): ToySet {
  return {
    schema: "nsiscan-toys/1",
    analysis: "coherent-2022",
    datasets: ["csi"],
    descriptionHash: "0",
    at: {},
    free: names.map((name) => ({ name, lower: 0, upper: 10 })),
    nuisances: "nominal",
    seed: 1,
    from: 0,
    to: deltaChi2.length,
    deltaChi2,
    chi2: deltaChi2,
    best: deltaChi2.map(() => names.map(() => 1)),
  };
}

/** As evenly as χ² has them. */
const even = (n: number, dof: number) =>
  Array.from({ length: n }, (_, i) => chi2Quantile((i + 0.5) / n, dof));
const panels = (set: ToySet) => toysFigure(set, LEVELS).panels.flat() as PanelSpec[];
const of = <K extends Layer["kind"]>({ layers }: PanelSpec, kind: K) =>
  layers.filter((layer): layer is Extract<Layer, { kind: K }> => layer.kind === kind);

describe("the distribution of Δχ²", () => {
  it.each([
    [1, ["sigma_scale"]],
    [2, ["sigma_scale_e", "sigma_scale_mu"]],
  ])("lies on χ² with %d degrees of freedom where the values do", (dof, names) => {
    const [above] = panels(setOf(even(20000, dof), names));
    const [{ points, yErrors = [] }] = of(above, "errorbars");
    const [{ lines }] = of(above, "lines");
    // The curve at a point, from the two of its positions beside it.
    const curve = (x: number) => {
      const at = lines[0].findIndex(([u]) => u > x);
      const [[a, f], [b, g]] = [lines[0][at - 1], lines[0][at]];
      return Math.exp(Math.log(f) + ((x - a) / (b - a)) * Math.log(g / f));
    };
    points.slice(1, 14).forEach(([x, y], i) => {
      const [down] = yErrors[i + 1];
      expect(Math.abs(y - curve(x))).toBeLessThan(0.2 * down + 1);
    });
  });

  it("has Poisson errors of each count and the levels named above", () => {
    const [above] = panels(setOf([0.1, 0.2, 3.9]));
    const [{ points, yErrors = [] }] = of(above, "errorbars");
    expect(points.map(([, y]) => y)).toEqual([2, 1]);
    // Garwood's interval of one event is 0.173 to 3.300.
    expect(yErrors[1][0]).toBeCloseTo(1 - 0.1728, 3);
    expect(yErrors[1][1]).toBeCloseTo(3.2995 - 1, 3);
    const labels = of(above, "reference").map(({ value, label }) => [value.toFixed(2), label]);
    expect(labels).toEqual([
      ["1.00", "1\\sigma"],
      ["2.71", "90\\,\\%"],
      ["4.00", "2\\sigma"],
      ["9.00", "3\\sigma"],
    ]);
  });

  it("has below it the coverage less its nominal value, with its error, in per cent", () => {
    const values = Array.from({ length: 100 }, (_, i) => (i < 60 ? 0.5 : i < 95 ? 2 : 5));
    const [, below] = panels(setOf(values));
    const [{ points, yErrors = [] }] = of(below, "errorbars");
    expect(points[0][1]).toBeCloseTo(60 - 68.27, 2);
    expect(points[1][1]).toBeCloseTo(5, 6);
    expect(yErrors[0][0]).toBeCloseTo(4.88, 1);
  });

  it.each([
    ["none but one", [0.3]],
    ["all at zero", [0, 0, 0]],
    ["one far out", [...even(50, 1), 400]],
    ["ten thousand", even(10000, 1)],
  ])("is drawn of %s", (_, values) => {
    const figure = toysFigure(setOf(values), LEVELS);
    const svg = renderSvg(figure, paperStyle());
    expect(svg).toContain("aria-label");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    const beyond = values.some((value) => value > 100);
    expect(svg.includes("1 beyond")).toBe(beyond);
  });
});

describe("a histogram", () => {
  it("holds every value that is not far out once, in bins of a round width", () => {
    for (const values of [[0.3], even(300, 1), even(9999, 2), [...even(20, 1), 1e6]]) {
      const bins = histogram(values, 9);
      const near = values.filter((value) => value < 1e5);
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(near.length);
      for (const { low, high, count } of bins) {
        expect(near.filter((value) => value >= low && value < high)).toHaveLength(count);
      }
      expect(bins[0].low).toBe(0);
      expect(bins.at(-1)?.high).toBeGreaterThan(9);
      expect(bins[0].high.toPrecision(1)).toMatch(/^0?\.?0*[125]$/);
      expect(bins.length).toBeLessThan(60);
    }
  });
});
