import { beforeAll, describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import type { FigureContent, Verdict } from "../../src/gallery/figure.js";
import { bestRadii } from "../../src/gallery/l24/circles.js";
import { measuredCrossSections } from "../../src/gallery/l24/cross-sections.js";
import { runsAcross, valleySlopes } from "../../src/gallery/l24/figure-7.js";
import {
  allowedAt,
  gridOf,
  type StudiedPlane,
  studyOf,
  studyScan,
} from "../../src/gallery/plane.js";
import { figureNamed } from "../../src/gallery/registry.js";
import type { DataTable } from "../../src/gallery/table.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";

/*
 * What L24 says about its figures, held against ours; where our public inputs lead elsewhere, what we
 * find (SPEC's table of published numbers says why).
 */

const options = { engine: "cpu", threads: 1, points: 161 } as const;
const ALL = "csi+lar+ge";
/** χ² quantiles of two degrees of freedom at 1σ, 2σ, 3σ, from −2 ln(1 − p). */
const LEVELS = { "1σ": 2.29575, "2σ": 6.18007, "3σ": 11.82916 } as const;

const make = (id: string): Promise<FigureContent> => figureNamed(id).make(options);
const column = (table: DataTable, name: string) => {
  const found = table.quantities.find((one) => one.name === name);
  if (!found) throw new Error(`no column ${name} in ${table.name}`);
  return found;
};
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Verdict of each statement of a figure, in order. */
const VERDICTS: Readonly<Record<string, readonly Verdict[]>> = {
  // Numbers are held to the paper's digits, as in the validation.
  "l24-1": ["holds", "differs"],
  "l24-2": ["holds", "differs"],
  // The paper's 17 Ge energy points are not public.
  "l24-3": ["differs", "holds", "differs", "holds"],
  "l24-4": ["differs", "differs", "holds", "holds", "holds"],
  "l24-5": ["holds", "holds"],
  // CsI agrees; LAr's scale keeps all nuisances, Ge has other energy points.
  "l24-table-1": ["differs", "in part", "in part"],
  // The lower panel has no 2σ region, missed by 0.03 in χ²: nothing to be smaller, or broken.
  "l24-6": ["in part", "holds", "in part", "in part", "holds"],
  // Each band ends inside the plane on one side at 2σ only; at 3σ on none.
  "l24-7": ["holds", "holds", "in part", "holds", "differs"],
  // The 2σ ring is thin, but closed; one of the two 2σ specks is missed by 0.3 in χ².
  "l24-8": ["holds", "holds", "holds", "differs", "holds", "differs", "in part"],
};

describe("statements", () => {
  it.each(Object.entries(VERDICTS))("of %s", async (id, verdicts) => {
    const { statements } = await make(id);
    expect(statements.map(({ verdict }) => verdict)).toEqual(verdicts);
    for (const { verdict, why, paper, ours } of statements) {
      expect(`${paper}${ours}`).not.toMatch(/NaN|undefined|Infinity/);
      if (verdict !== "holds") expect(why).toBeTruthy();
    }
  });
});

describe("figures 1 to 3", () => {
  it.each([
    ["l24-1", ["SSB", "BRN + NIN", "CEvNS numu and antinumu", "CEvNS nue"], 1567],
    ["l24-2", ["SSB", "prompt BRN", "delayed BRN", "CEvNS numu and antinumu", "CEvNS nue"], 3752],
  ])("%s: the parts add up, and both projections hold every event", async (id, parts, observed) => {
    const { tables } = await make(id);
    expect(tables).toHaveLength(2);
    const totals = tables.map((table) => {
      const total = column(table, "total expected").values;
      const added = total.map((_, bin) =>
        sum(parts.map((part) => column(table, part).values[bin])),
      );
      expect(added).toEqual(total.map((value) => expect.closeTo(value, 9)));
      expect(sum([...column(table, "data").values])).toBe(observed);
      return sum([...total]);
    });
    expect(totals[0]).toBeCloseTo(totals[1], 8);
    // At the best fit the total expectation is close to what was observed.
    expect(Math.abs(totals[0] - observed)).toBeLessThan(0.03 * observed);
  });

  it.each(["l24-1", "l24-2"])("%s: draws data above, and less its background below", async (id) => {
    const { figure, tables } = await make(id);
    tables.forEach((table, side) => {
      const edges = table.coordinates[0].bins ?? [];
      const per = (values: readonly number[]) =>
        values.map((value, bin) => expect.closeTo(value / (edges[bin][1] - edges[bin][0]), 8));
      const data = column(table, "data").values;
      const background = table.quantities
        .filter(({ name }) => /SSB|BRN/.test(name))
        .map(({ values }) => values);
      const less = data.map((count, bin) => count - sum(background.map((one) => one[bin])));
      [data, less].forEach((expected, row) => {
        const layers = figure?.panels[row][side]?.layers ?? [];
        const [bars] = layers.filter((layer) => layer.kind === "errorbars");
        expect(bars.points.map(([, y]) => y)).toEqual(per(expected));
      });
    });
  });

  it("the CEvNS signal of CsI is the SM's 319.4 events, pulled by −0.0216, a third of it by ν_e", async () => {
    const [energy] = (await make("l24-1")).tables;
    const mu = sum([...column(energy, "CEvNS numu and antinumu").values]);
    const e = sum([...column(energy, "CEvNS nue").values]);
    expect(mu + e).toBeCloseTo(319.40025 * (1 - 0.021618), 1);
    expect(e / (mu + e)).toBeCloseTo((52.40588 + 51.95165) / 319.40025, 4);
  });

  it("Ge: seven energy columns and 17 times, the SM's 33.5 events pulled by −0.1084", async () => {
    const [energy, time] = (await make("l24-3")).tables;
    expect(energy.coordinates[0].bins?.map(([low]) => low)).toEqual([
      1.5, 3.5, 5.5, 11.5, 13.5, 15.5, 17.5,
    ]);
    expect(time.coordinates[0].bins).toHaveLength(17);
    expect(sum([...column(time, "SM best fit").values])).toBeCloseTo(33.50557 * (1 - 0.1084), 3);
    expect(sum([...column(energy, "SM best fit").values])).toBeCloseTo(31.91717 * (1 - 0.1084), 2);
  });
});

describe("what is drawn elsewhere than it is, or scaled, the captions say", () => {
  it("figure 3: the dashed line in energy is ours times the number in the caption", async () => {
    const { caption, tables } = await make("l24-3");
    const [, factor] =
      /in energy, the dashed line is ours times (\d\.\d\d)\./.exec(caption ?? "") ?? [];
    const [energy] = tables;
    const theirs = column(energy, "signal fitted freely by COHERENT").values;
    column(energy, "SM best fit").values.forEach((ours, bin) => {
      expect(theirs[bin] / ours).toBeCloseTo(Number(factor), 2);
    });
    expect(figureNamed("l24-3").caption).toContain("ours times its events over ours.");
  });

  it("figure 5: measured points stand beside their N by the number in the caption", async () => {
    const { figure } = await make("l24-5");
    const [, shift] =
      /drawn (\d\.\d) to the left of their N/.exec(figureNamed("l24-5").caption) ?? [];
    const bars = figure?.panels[0][0]?.layers.filter(({ kind }) => kind === "errorbars") ?? [];
    expect(bars).toHaveLength(2);
    const n = [22, 40.7, 76];
    bars.forEach((layer, i) => {
      if (layer.kind !== "errorbars") return;
      layer.points.forEach(([x], k) => {
        expect(x - n[k]).toBeCloseTo(i === 0 ? -Number(shift) : Number(shift), 9);
      });
    });
  });

  it("figures 6 to 8: what is our reading is called so", async () => {
    const { notes = [], statements } = await make("l24-6");
    expect(notes.join(" ")).toContain(
      "The paper does not say so: it is our reading of its figures",
    );
    expect(statements.map(({ why = "" }) => why).join(" ")).toContain("our reading of");
    expect(notes.join(" ")).not.toContain("as in the paper");
  });
});

describe("figure 4", () => {
  it("each curve is Δχ² of the likelihood itself, zero at its best exponent", async () => {
    const { tables } = await make("l24-4");
    const [table] = tables;
    const x = table.coordinates[0].values as number[];
    const analysis = analysisNamed("liao-2024").compile({}, "scanned");
    for (const [name, datasets, best] of [
      ["Delta chi2, CsI + LAr", ["csi", "lar"], 2.0],
      ["Delta chi2, CsI + LAr + Ge", ["csi", "lar", "ge"], 1.96],
    ] as const) {
      const { values, qualifiers } = column(table, name);
      const chi2 = new ChiSquare(analysis, datasets);
      const at = standardModelPoint();
      const value = (exponent: number) => {
        at[parameterIndex("exponent_x")] = exponent;
        return chi2.value(at);
      };
      const found = Number(qualifiers?.[0].value);
      expect(found).toBeCloseTo(best, 2);
      for (const i of [0, 40, 80, 160]) {
        expect(values[i]).toBeCloseTo(value(x[i]) - value(found), 5);
      }
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-1e-9);
    }
  });
});

describe("figure 5 and table I", () => {
  it("the five nuclei have the cross sections of an independent calculation", async () => {
    const { tables } = await make("l24-5");
    const nuclei = tables[0];
    expect(column(nuclei, "<sigma>, x = 2").values).toEqual(
      [5.48807362, 17.78795516, 56.84159408, 172.26769685, 189.86297622].map((value) =>
        expect.closeTo(value, 5),
      ),
    );
    const curve = tables[1];
    const n = curve.coordinates[0].values as number[];
    expect([n[0], n.at(-1)]).toEqual([12, 78]);
    for (const { values } of curve.quantities) {
      expect(values.every((value, i) => i === 0 || value > values[i - 1])).toBe(true);
    }
  });

  it("the measured scales times the paper's SM values are those of SPEC §4", () => {
    const measured = measuredCrossSections(analysisNamed("liao-2024").compile());
    const expected = { lar: [28.6, 9.6, 8.6], ge: [29.6, 11.4, 10.8], csi: [171, 29, 24] };
    for (const { detector, measured: ours } of measured) {
      const tolerance = detector.dataset === "csi" ? 0.5 : 0.05;
      ours.forEach((value, i) => {
        const want = expected[detector.dataset as keyof typeof expected][i];
        expect(Math.abs(value - want)).toBeLessThanOrEqual(tolerance + 1e-9);
      });
    }
  });
});

/** Connected parts of a mask on a grid, neighbours along edges (or corners too). */
function parts(mask: readonly boolean[], nx: number, ny: number, corners: boolean): number[][] {
  const seen = new Set<number>();
  const found: number[][] = [];
  mask.forEach((inside, start) => {
    if (!inside || seen.has(start)) return;
    const part = [start];
    seen.add(start);
    for (let at = 0; at < part.length; at++) {
      const [i, j] = [Math.floor(part[at] / ny), part[at] % ny];
      for (let di = -1; di <= 1; di++) {
        for (let dj = -1; dj <= 1; dj++) {
          if (!corners && di !== 0 && dj !== 0) continue;
          const [u, v] = [i + di, j + dj];
          const next = u * ny + v;
          if (u < 0 || v < 0 || u >= nx || v >= ny || !mask[next] || seen.has(next)) continue;
          seen.add(next);
          part.push(next);
        }
      }
    }
    found.push(part);
  });
  return found;
}

/** Parts of the region below a level, and holes in it, by flooding the grid: no contour is needed. */
function flood(plane: StudiedPlane, level: keyof typeof LEVELS) {
  const { x, y, values } = gridOf(plane, ALL);
  const height = studyOf(plane, ALL).reference.value + LEVELS[level];
  const inside = Array.from(values, (value) => value <= height);
  const [nx, ny] = [x.length, y.length];
  const outside = parts(
    inside.map((one) => !one),
    nx,
    ny,
    false,
  );
  const frame = (p: number) => p < ny || p >= (nx - 1) * ny || p % ny === 0 || p % ny === ny - 1;
  return {
    regions: parts(inside, nx, ny, true).length,
    holes: outside.filter((part) => !part.some(frame)).length,
    points: inside.filter(Boolean).length,
  };
}

describe("figures 6 to 8", () => {
  const planes: Record<string, StudiedPlane> = {};
  beforeAll(async () => {
    for (const figure of [6, 7, 8]) {
      for (const row of ["upper", "lower"]) {
        const name = `figure-${figure}-${row}`;
        planes[name] = await studyScan(name, options);
      }
    }
  });

  it.each([6, 7, 8].flatMap((figure) => [`figure-${figure}-upper`, `figure-${figure}-lower`]))(
    "%s: the combination has no 1σ region",
    (name) => {
      const plane = planes[name];
      expect(allowedAt(plane, ALL, "1σ").regions).toEqual([]);
      expect(studyOf(plane, ALL).minima[0].deltaChi2).toBeGreaterThan(LEVELS["1σ"]);
      expect(flood(plane, "1σ").points).toBe(0);
      // Each data set alone has one, and CsI with LAr: it is Ge that disagrees with them.
      for (const dataset of ["csi", "lar", "ge", "csi+lar"]) {
        expect(allowedAt(plane, dataset, "1σ").regions.length).toBeGreaterThan(0);
      }
    },
  );

  it.each([6, 7, 8].flatMap((figure) => [`figure-${figure}-upper`, `figure-${figure}-lower`]))(
    "%s: Ge leaves at most 0.7 of the 2σ region of CsI and LAr, counted in points of the grid",
    (name) => {
      const plane = planes[name];
      const below = (combination: string) => {
        const height = studyOf(plane, combination).reference.value + LEVELS["2σ"];
        return Array.from(gridOf(plane, combination).values).filter((value) => value <= height);
      };
      expect(below("csi+lar").length).toBeGreaterThan(200);
      expect(below(ALL).length).toBeLessThan(0.7 * below("csi+lar").length);
    },
  );

  /** χ² of a data set at couplings and weak mixing angle of choice. */
  const chi2At = (dataset: string, values: Readonly<Record<string, number>>) => {
    const chi2 = new ChiSquare(analysisNamed("liao-2024").compile(), [dataset]);
    const at = standardModelPoint();
    for (const [name, value] of Object.entries(values)) at[parameterIndex(name)] = value;
    return chi2.value(at);
  };

  it("figure 6: with ν_e alone sin²θ_W and ε^u_ee would be one; the muon flavours tell them apart", () => {
    // ε^u_ee that keeps ν_e's charge on Ar, (1/2 − 2s² + 2ε) 18 + (−1/2 + ε) 22, as s² moves.
    const kept = (s2: number) => (36 * (s2 - 0.238)) / 58;
    const along = (s2: number, coupling: string) =>
      chi2At("lar", { sin2_theta_w: s2, [coupling]: kept(s2) });
    // Both flavours together: the same shift of both keeps χ² exactly.
    const both = chi2At("lar", {
      sin2_theta_w: 0.1,
      eps_ee_u: kept(0.1),
      eps_mumu_u: kept(0.1),
    });
    expect(both).toBeCloseTo(chi2At("lar", {}), 6);
    for (const coupling of ["eps_ee_u", "eps_mumu_u"]) {
      expect(Math.abs(along(0.1, coupling) - both)).toBeGreaterThan(0.3);
    }
  });

  it("figure 6: the 3σ regions of all three are as large as the 2σ ones without Ge, within a factor of 2", () => {
    for (const name of ["figure-6-upper", "figure-6-lower"]) {
      const area = (combination: string, level: string) =>
        sum(allowedAt(planes[name], combination, level).regions.map((one) => one.area));
      const ratio = area(ALL, "3σ") / area("csi+lar", "2σ");
      expect(ratio).toBeGreaterThan(0.5);
      expect(ratio).toBeLessThan(2);
    }
  });

  it("figure 7: the muon couplings are held more tightly than the electron ones", () => {
    const points = (name: string, level: keyof typeof LEVELS) => flood(planes[name], level).points;
    for (const level of ["2σ", "3σ"] as const) {
      expect(points("figure-7-lower", level)).toBeLessThan(0.6 * points("figure-7-upper", level));
    }
  });

  it("figure 8: a circle of equal charge has one χ² all the way round, L24 eq. 15; each nucleus its own", () => {
    for (const [dataset, Z, N] of [
      ["lar", 18, 22],
      ["ge", 32, 40.7],
    ] as const) {
      const centre = (0.5 * N - 0.024 * Z) / (Z + 2 * N);
      const on = (angle: number) =>
        chi2At(dataset, {
          eps_mumu_d: centre * (1 - Math.cos(angle)),
          eps_mutau_d: centre * Math.sin(angle),
        });
      const start = chi2At(dataset, {});
      for (const angle of [0.7, 2, Math.PI, 4.4]) expect(on(angle)).toBeCloseTo(start, 4);
      const radii = bestRadii(planes["figure-8-upper"], dataset, centre);
      expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(1e-4);
      // The other nucleus' centre shows it: no circle about it.
      const off = bestRadii(planes["figure-8-upper"], dataset, centre + 0.004);
      expect(Math.max(...off) - Math.min(...off)).toBeGreaterThan(5e-3);
    }
  });

  it("figure 8: four minima of a nucleus mirror each other about its centre, L24 eq. 16", () => {
    for (const [dataset, Z, N] of [
      ["lar", 18, 22],
      ["ge", 32, 40.7],
    ] as const) {
      const centre = (0.5 * N - 0.024 * Z) / (Z + 2 * N);
      const point = { eps_ee_d: -0.05, eps_mumu_d: 0.03 };
      const mirrored = (value: number, sign: number) => centre + sign * (value - centre);
      const values = [1, -1].flatMap((e) =>
        [1, -1].map((mu) =>
          chi2At(dataset, {
            eps_ee_d: mirrored(point.eps_ee_d, e),
            eps_mumu_d: mirrored(point.eps_mumu_d, mu),
          }),
        ),
      );
      expect(values).toEqual(values.map(() => expect.closeTo(values[0], 5)));
      for (const { point: found } of studyOf(planes["figure-8-lower"], dataset).minima) {
        const value = (at: readonly number[]) =>
          chi2At(dataset, { eps_ee_d: at[0], eps_mumu_d: at[1] });
        const other = found.map((one) => 2 * centre - one);
        expect(value(other)).toBeCloseTo(value(found), 4);
      }
    }
  });

  it("figure 6: Ge takes one of the two 2σ regions of CsI + LAr in the upper plane, both in the lower", () => {
    const [upper, lower] = [planes["figure-6-upper"], planes["figure-6-lower"]];
    expect(allowedAt(upper, "csi+lar", "2σ").regions).toHaveLength(2);
    expect(allowedAt(lower, "csi+lar", "2σ").regions).toHaveLength(2);
    const [left, ...others] = allowedAt(upper, ALL, "2σ").regions;
    expect(others).toEqual([]);
    expect(left.touchesFrame).toBe(false);
    expect(left.minimum.point[1]).toBeCloseTo(-0.066, 2);
    expect(allowedAt(lower, ALL, "2σ").regions).toEqual([]);
    expect(studyOf(lower, ALL).minima[0].deltaChi2).toBeCloseTo(6.21, 2);
  });

  it("figure 7: the degeneracies have the slope of each nucleus, L24 eq. 14", () => {
    // −(Z + 2N)/(2Z + N), written out.
    const slopes = { ar: -62 / 58, ge: -113.4 / 104.7, cs: -211 / 188, i: -201 / 180 };
    for (const row of ["upper", "lower"]) {
      const [csi, lar, ge] = valleySlopes(planes[`figure-7-${row}`]);
      expect(lar.measured).toBeCloseTo(slopes.ar, 3);
      expect(ge.measured).toBeCloseTo(slopes.ge, 3);
      expect(csi.measured).toBeGreaterThan(slopes.cs - 1e-3);
      expect(csi.measured).toBeLessThan(slopes.i + 1e-3);
    }
  });

  it("figure 7: at 2σ no band of the combination runs across the plane, unlike without Ge; at 3σ both do", () => {
    for (const name of ["figure-7-upper", "figure-7-lower"]) {
      const across = (combination: string, level: string) =>
        allowedAt(planes[name], combination, level).regions.filter((region) =>
          runsAcross(region, planes[name]),
        ).length;
      expect(across("csi+lar", "2σ")).toBe(2);
      expect(across(ALL, "2σ")).toBe(0);
      expect(across(ALL, "3σ")).toBe(2);
    }
  });

  it("figure 8: (ε^d_μμ, ε^d_μτ) is a ring at 3σ, and a thin one at 2σ too", () => {
    const plane = planes["figure-8-upper"];
    expect(flood(plane, "3σ")).toMatchObject({ regions: 1, holes: 1 });
    expect(flood(plane, "2σ")).toMatchObject({ regions: 1, holes: 1 });
    const three = allowedAt(plane, ALL, "3σ");
    expect(three.regions).toHaveLength(1);
    expect(three.rings.map(({ hole }) => hole).sort()).toEqual([false, true]);
    const best = studyOf(plane, ALL).minima[0].point;
    expect(best[0]).toBeCloseTo(0.018, 2);
    expect(best[1]).toBeCloseTo(0, 3);
  });

  it("figure 8: (ε^d_ee, ε^d_μμ) has four minima; one speck near the SM at 2σ, four regions at 3σ", () => {
    const plane = planes["figure-8-lower"];
    expect(studyOf(plane, ALL).minima).toHaveLength(4);
    const [speck, ...others] = allowedAt(plane, ALL, "2σ").regions;
    expect(others).toEqual([]);
    expect(speck.x[0]).toBeLessThan(-0.029);
    expect(speck.x[1]).toBeGreaterThan(-0.029);
    expect(speck.x[1] - speck.x[0]).toBeLessThan(0.03);
    expect(speck.y[1] - speck.y[0]).toBeLessThan(0.02);
    expect(allowedAt(plane, ALL, "3σ").regions).toHaveLength(4);
    expect(flood(plane, "3σ").regions).toBe(4);
  });

  it("small regions are drawn from a finer grid: their edge lies on the level", () => {
    const plane = planes["figure-8-lower"];
    const { lines } = allowedAt(plane, ALL, "2σ");
    expect(lines).toHaveLength(1);
    const { analysis, base, scan } = plane.evaluated;
    const chi2 = new ChiSquare(analysis, ["csi", "lar", "ge"]);
    const at = base.slice();
    const height = studyOf(plane, ALL).reference.value + LEVELS["2σ"];
    expect(lines[0].closed).toBe(true);
    expect(lines[0].points.length).toBeGreaterThan(12);
    for (const point of lines[0].points) {
      scan.axes.forEach((axis, k) => {
        at[parameterIndex(axis.parameter)] = point[k];
      });
      expect(Math.abs(chi2.value(at) - height)).toBeLessThan(2e-3);
    }
  });
});
