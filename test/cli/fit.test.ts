import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nsiscan } from "./nsiscan.js";
import { expectRefusal, workplace } from "./workplace.js";

const work = workplace();
const GE = ["fit", "--datasets", "ge", "--free", "sigma_scale"];

describe("nsiscan fit", () => {
  it("prints χ² per data set, their sum, and every pull in the Standard Model", () => {
    const { status, stdout, stderr } = nsiscan(["fit"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^All parameters at their Standard Model value\.\n/);
    expect(stdout).toMatch(/^csi +96\.7315 +88$/m);
    expect(stdout).toMatch(/^lar +107\.7697 +120$/m);
    expect(stdout).toMatch(/^ge +18\.1157 +24$/m);
    expect(stdout).toMatch(/^total +222\.6169$/m);
    expect(stdout).toMatch(/^csi\.signal_norm +-0\.0216 +0\.1145 +-0\.19$/m);
    expect(stdout).toMatch(/^ge\.signal_norm +-0\.1084 +0\.103 +-1\.05$/m);
    expect(stdout.match(/^(csi|lar|ge)\.\w+ /gm)).toHaveLength(14);
  });

  it("minimises over what is free and prints intervals, as JSON the same", () => {
    const args = ["fit", "--free", "exponent_x=1.5:2.5", "--level", "1sigma"];
    expect(nsiscan(args).stdout).toMatch(
      /^exponent_x +1\.961\d\d +\+0\.04\d+ +−0\.04\d+ +1\.92\d+ … 2\.00\d+$/m,
    );
    const { stdout, stderr } = nsiscan([...args, "--json"]);
    expect(stderr).toBe("");
    const fit = JSON.parse(stdout);
    expect(fit).toMatchObject({ analysis: "liao-2024", converged: true, level: "1σ" });
    expect(fit.parameters.exponent_x).toBeCloseTo(1.9616, 3);
    expect(fit.parameters.sin2_theta_w).toBe(0.238);
    expect(fit.intervals).toEqual([
      {
        name: "exponent_x",
        value: fit.parameters.exponent_x,
        valueIsEdge: false,
        lower: expect.closeTo(1.921, 2),
        upper: expect.closeTo(2.0018, 2),
        ranges: [
          {
            lower: fit.intervals[0].lower,
            upper: fit.intervals[0].upper,
            lowerIsEdge: false,
            upperIsEdge: false,
          },
        ],
        minima: [
          {
            value: expect.closeTo(fit.parameters.exponent_x, 3),
            isEdge: false,
            chi2: expect.closeTo(fit.chi2, 6),
            deltaChi2: expect.closeTo(0, 6),
            parameters: { exponent_x: expect.closeTo(fit.parameters.exponent_x, 3) },
          },
        ],
        isCertain: true,
      },
    ]);
    const { datasets, sharedPriors } = fit.chi2Shares;
    expect(datasets.csi + datasets.lar + datasets.ge + sharedPriors).toBeCloseTo(fit.chi2, 8);
    expect(Object.keys(fit.pulls)).toHaveLength(14);
  });

  it("fits some data sets at any point, with options of the analysis", () => {
    const args = ["fit", "--at", "eps_ee_u=0.1", "--datasets", "csi,lar"];
    const { stdout } = nsiscan([...args, "--option", "form_factor=helm", "--json"]);
    const { chi2Shares, parameters } = JSON.parse(stdout);
    expect(Object.keys(chi2Shares.datasets)).toEqual(["csi", "lar"]);
    expect(parameters.eps_ee_u).toBe(0.1);
    expect(JSON.parse(nsiscan([...args, "--json"]).stdout).chi2).not.toBe(
      chi2Shares.datasets.csi + chi2Shares.datasets.lar,
    );
  });

  it("ranks nuisances, largest impact first, and prints correlations, as JSON the same", () => {
    const args = ["fit", "--datasets", "lar", "--free", "sigma_scale"];
    const { stdout } = nsiscan([...args, "--impacts", "--correlations"]);
    expect(stdout).toMatch(
      /^nuisance +value +σ after the fit +kept +Δ sigma_scale at \+1σ +at −1σ$/m,
    );
    expect(stdout).toMatch(/^ *1 +sigma_scale +\+1\.00 *$/m);
    const fit = JSON.parse(nsiscan([...args, "--impacts", "--correlations", "--json"]).stdout);
    const { names, sigmas, correlation } = fit.uncertainty;
    const shifts: number[] = fit.impacts.map(
      ({ up, down }: Record<"up" | "down", { sigma_scale: number }>) =>
        Math.max(Math.abs(up.sigma_scale), Math.abs(down.sigma_scale)),
    );
    expect(shifts).toEqual([...shifts].sort((a, b) => b - a));
    expect(shifts).toHaveLength(names.length - 1);
    const [first] = fit.impacts;
    expect(first.nuisance).toBe("lar.signal_norm");
    // A shift is the correlation times the parameter's own width, as far as χ² is a parabola.
    const linear = correlation[0][names.indexOf(first.nuisance)] * sigmas[0];
    const [up, down] = [first.up.sigma_scale, first.down.sigma_scale];
    expect((up - down) / 2 / linear).toBeCloseTo(1, 1);
    expect(stdout).toContain(up.toFixed(5).replace("-", "−"));
  });

  it("holds nuisances: at its fitted value the same χ², elsewhere more, and no pull", () => {
    const fitted = (...more: string[]) => JSON.parse(nsiscan([...GE, ...more, "--json"]).stdout);
    const free = fitted();
    const held = fitted("--hold", "ge.signal_norm=0.1");
    expect(held.pulls["ge.signal_norm"] ?? 0.1).toBe(0.1);
    expect(held.chi2 - free.chi2).toBeCloseTo((0.1 / 0.103) ** 2, 3);
    expect(held.parameters.sigma_scale * 1.1).toBeCloseTo(free.parameters.sigma_scale, 3);
  });

  it("draws the ranking into one file or a folder, whole, and replaces none without --force", () => {
    const draw = (...more: string[]) =>
      nsiscan([...GE, "--impacts", "--plot", ...more], {}, { cwd: work.path });
    expect(draw(".").status).toBe(0);
    expect(work.files()).toEqual(["impacts.pdf", "impacts.png", "impacts.svg"]);
    const begins = (name: string) => readFileSync(join(work.path, name)).toString("latin1", 0, 5);
    expect(begins("impacts.pdf")).toBe("%PDF-");
    expect(begins("impacts.png")).toContain("PNG");
    const svg = readFileSync(join(work.path, "impacts.svg"), "utf8");
    expect(svg).toContain('aria-label="ge.signal_norm"');
    expectRefusal(draw("impacts.svg"), ["impacts.svg exists", "--force"]);
    writeFileSync(join(work.path, "impacts.svg"), "mine");
    expect(draw("impacts.svg", "--force").status).toBe(0);
    expect(readFileSync(join(work.path, "impacts.svg"), "utf8")).toBe(svg);
    expect(work.files()).toHaveLength(3);
  });

  it("prints every range that the level allows, and the other minima, as JSON the same", () => {
    const args = ["fit", "--free", "eps_ee_u", "--level", "90%"];
    const { status, stdout, stderr } = nsiscan(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^eps_ee_u .* -0\.0438\d … 0\.0803\d or 0\.3186\d … 0\.4256\d$/m);
    expect(stdout).toMatch(/^other minima \(90%\) +value +Δχ²$/m);
    expect(stdout).toMatch(/^eps_ee_u +0\.3765\d +0\.6589$/m);
    const [{ ranges, minima }] = JSON.parse(nsiscan([...args, "--json"]).stdout).intervals;
    const closed = { lowerIsEdge: false, upperIsEdge: false };
    expect(ranges).toEqual([
      { ...closed, lower: expect.closeTo(-0.0438, 4), upper: expect.closeTo(0.0804, 4) },
      { ...closed, lower: expect.closeTo(0.3187, 4), upper: expect.closeTo(0.4256, 4) },
    ]);
    expect(minima).toHaveLength(2);
  });

  it("is certain of a valley along which nothing is determined, and says so", () => {
    // Only the product of scale and weak charge counts.
    const valley = ["fit", "--datasets", "ge", "--free", "sigma_scale", "eps_ee_u=-3:3"];
    const { status, stdout, stderr } = nsiscan(valley);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^eps_ee_u .* -3\.00000 \(edge\) … 3\.00000 \(edge\)$/m);
    expect(stderr).toMatch(/^eps_ee_u is not limited within its range at this level\.$/m);
  });

  it("marks the edges of ranges, and a minimum there", () => {
    const { status, stdout, stderr } = nsiscan(["fit", "--free", "eps_ee_u=0.05:0.2"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^eps_ee_u +0\.05000 \(edge\) +\+0\.0\d+ +edge +0\.05000 \(edge\) … 0\.0\d+$/m,
    );
    expect(stderr).toMatch(/^edge: the range of the parameter ends there, [^\n]*--free[^\n]*\n$/);
    const [{ valueIsEdge, ranges, minima, lower }] = JSON.parse(
      nsiscan(["fit", "--free", "eps_ee_u=0.05:0.2", "--json"]).stdout,
    ).intervals;
    expect({ valueIsEdge, lower }).toEqual({ valueIsEdge: true, lower: null });
    expect(ranges).toMatchObject([{ lower: 0.05, lowerIsEdge: true, upperIsEdge: false }]);
    expect(minima).toMatchObject([{ value: 0.05, isEdge: true }]);
  });

  it.each([
    [
      ["--at", "eps_tautau_u=1"],
      ["eps_tautau_u", "no ν_τ", "eps_etau_*"],
    ],
    [
      ["--at", "eps_ee_u=NaN"],
      ["--at eps_ee_u", '"NaN"', "finite"],
    ],
    [
      ["--at", "eps_ee_u=0.5", "--free", "eps_ee_u=0:0.2"],
      ["--at eps_ee_u=0.5", "between 0 and 0.2", "--free eps_ee_u=from:to"],
    ],
    [
      ["--free", "eps_ee_u=1:0"],
      ["--free eps_ee_u=1:0", "swap"],
    ],
    [["--free"], ["Option --free needs a value", "nsiscan fit --help"]],
    [["--jsn"], ["Unknown option: --jsn", "nsiscan fit --help"]],
    [
      ["--analysis", "bogus"],
      ['"bogus"', "liao-2024"],
    ],
    [["--analysis", "a", "--analysis", "b"], ["--analysis is given twice"]],
    [
      ["--option", "foo=1"],
      ['no option "foo"', "form_factor"],
    ],
    [
      ["--option", "form_factor=cube"],
      ['"cube"', "klein-nystrand", "helm"],
    ],
    [["--option", "ge_energy_points=nope.csv"], ["nope.csv"]],
    [
      ["--datasets", "xenon"],
      ['no data set "xenon"', "csi, lar, ge"],
    ],
    [["--datasets", "csi,csi"], ['"csi" is named twice']],
    [
      ["--level", "100%"],
      ['"100%"', "2sigma"],
    ],
    [["--impacts"], ["--free sigma_scale"]],
    [["--plot", "a.svg"], ["--impacts"]],
    [["--free", "sigma_scale", "--impacts", "--plot", ""], ["--plot is empty"]],
    [
      ["--free", "sigma_scale", "--impacts", "--plot", "a.jpg"],
      ["a.jpg", ".svg, .pdf, .png"],
    ],
    [
      ["--free", "sigma_scale", "--impacts", "--plot", "nowhere/a.svg"],
      ["nowhere/a.svg", "does not exist"],
    ],
    [
      ["--hold", "beauty=1"],
      ['no nuisance "beauty"', "csi.signal_norm"],
    ],
    [
      ["--hold", "csi.signal_norm=x"],
      ["--hold csi.signal_norm", '"x"'],
    ],
  ])("refuses %j", (args, words) => {
    expectRefusal(nsiscan(["fit", ...args]), words);
  });

  it("refuses a coupling beyond those that χ² keeps its digits for", () => {
    expectRefusal(nsiscan(["fit", "--at", "eps_ee_u=1e90"]), ["eps_ee_u = 1e+90", "-30 and 30"]);
  });
});
