import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ANALYSES, analysisNamed } from "../../src/analysis/registry.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { standardModelPoint } from "../../src/model/parameters.js";
import { nsiscan } from "./nsiscan.js";
import { expectRefusal, workplace } from "./workplace.js";

const work = workplace();
const chi2 = (name: string, options: Record<string, unknown>, datasets: string[]) =>
  new ChiSquare(analysisNamed(name).compile(options), datasets).value(standardModelPoint());

describe("options of the analyses", () => {
  it.each(["scan", "fit", "evaluate", "predict", "toys"])(
    "are explained by %s --help",
    (command) => {
      const help = nsiscan([command, "--help"]).stdout.replace(/\s+/g, " ");
      for (const { options } of ANALYSES) {
        for (const { name, takes, meaning } of options) {
          expect(help).toContain(`${name} ${takes}: ${meaning} [`);
        }
      }
      expect(help).toContain("default klein-nystrand in liao-2024, helm in coherent-2022");
      expect(help).toContain("[liao-2024; default paper]");
      expect(help).toContain("[coherent-2022, release; default counts]");
      expect(help).toContain("docs/analysis-options.md");
    },
  );

  it("are used by a fit, and said in its JSON with the defaults", () => {
    const args = ["fit", "--datasets", "lar", "--json"];
    const fit = JSON.parse(nsiscan([...args, "--option", "lar_normalisation=release"]).stdout);
    expect(fit.options).toEqual(
      analysisNamed("liao-2024").completeOptions({ lar_normalisation: "release" }),
    );
    expect(fit.chi2).toBeCloseTo(chi2("liao-2024", { lar_normalisation: "release" }, ["lar"]), 9);
    expect(JSON.parse(nsiscan(args).stdout).options.lar_normalisation).toBe("paper");
  });

  it.each([
    ["liao-2024", "lar_normalisation", "release-events", "lar"],
    ["coherent-2022", "radius_uncertainty", "shape", "csi"],
    ["release", "radius_uncertainty", "none", "csi"],
  ])("go from a scan file of %s to its results: %s", (analysis, option, value, dataset) => {
    const axis = "axes: [{parameter: eps_ee_d, from: 0, to: 0.1, points: 2}]\n";
    const run = (name: string, options: string) => {
      const text = `version: 1\nanalysis: ${analysis}\ncombinations: [${dataset}]\n${axis}${options}`;
      writeFileSync(join(work.path, `${name}.yaml`), text);
      const args = ["scan", `${name}.yaml`, "--out", name, "--threads", "1", "--engine", "cpu"];
      const { status } = nsiscan([...args, "--json"], {}, { cwd: work.path });
      const read = (file: string) => readFileSync(join(work.path, name, file), "utf8");
      return { status, read };
    };
    const usual = run("usual", "");
    const chosen = run("chosen", `options: {${option}: ${value}}\n`);
    expect(parse(chosen.read("scan.yaml")).options).toEqual(
      analysisNamed(analysis).completeOptions({ [option]: value }),
    );
    const hash = ({ read }: typeof usual) => JSON.parse(read("provenance.json")).description_sha256;
    expect(hash(chosen)).not.toBe(hash(usual));
    const [, standard] = chosen.read("chi2.csv").trim().split("\n").slice(-3);
    const cells = standard.split(",").map(Number);
    expect(cells[0]).toBe(0);
    expect(cells.at(-1)).toBeCloseTo(chi2(analysis, { [option]: value }, [dataset]), 6);
    expect(chi2(analysis, { [option]: value }, [dataset])).not.toBeCloseTo(
      chi2(analysis, {}, [dataset]),
      3,
    );
  });

  it.each([
    ["coherent-2022", "radius_uncertainty=all", ["counts, cross-section-held, shape, none"]],
    ["liao-2024", "radius_uncertainty=none", ["has no option", "lar_normalisation"]],
    ["release", "lar_normalisation=release", ["has no option", "radius_uncertainty"]],
  ])("refuse in %s %s", (analysis, option, words) => {
    expectRefusal(nsiscan(["fit", "--analysis", analysis, "--option", option]), words);
  });
});
