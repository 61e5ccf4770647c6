import { describe, expect, it } from "vitest";
import { liao2024 } from "../../../src/analysis/liao-2024/index.js";
import { loadLarData } from "../../../src/experiments/data/load.js";
import { ChiSquare } from "../../../src/fit/chi-square.js";
import { signalCounts } from "../../../src/fit/prediction.js";
import { parameterIndex, standardModelPoint } from "../../../src/model/parameters.js";

const events = (lar_normalisation: string, dataset: string, exponent?: 1.8 | "scanned") => {
  const at = standardModelPoint();
  if (exponent !== undefined) at[parameterIndex("exponent_x")] = 1.8;
  return signalCounts(liao2024.compile({ lar_normalisation }, exponent), at)
    .filter((counts) => counts.dataset === dataset)
    .reduce((sum, { total }) => sum + total, 0);
};

describe("lar_normalisation", () => {
  it("has the release's numbers, as its parameter file prints them", () => {
    expect(loadLarData().releaseExposure).toEqual({
      protonsOnTarget: 1.38e23,
      neutrinosPerProton: 0.09,
      mass: 24.4,
    });
  });

  it("multiplies LAr's signal by the ratio of exposures, or to the release's 128 events", () => {
    expect(events("paper", "lar")).toBeCloseTo(108.3, 1);
    const ratio = (0.09 * 24.4 * 1.38) / (0.0848 * 24 * 1.37);
    expect(events("release", "lar") / events("paper", "lar")).toBeCloseTo(ratio, 10);
    const released = loadLarData().cevns.flat(2);
    expect(events("release-events", "lar")).toBeCloseTo(
      released.reduce((sum, count) => sum + count),
      8,
    );
    expect(Math.round(events("release-events", "lar"))).toBe(128);
  });

  it("is one factor, whatever the exponent, so that away from x = 2 events are not held", () => {
    const factor = events("release-events", "lar") / events("paper", "lar");
    expect(events("release-events", "lar", 1.8) / events("paper", "lar", 1.8)).toBeCloseTo(
      factor,
      9,
    );
    expect(events("release-events", "lar", "scanned")).toBeCloseTo(
      events("release-events", "lar", 1.8),
      6,
    );
  });

  it("leaves CsI and Ge alone, and moves χ² of LAr", () => {
    const chi2 = (lar_normalisation: string, datasets: string[]) =>
      new ChiSquare(liao2024.compile({ lar_normalisation }), datasets).value(standardModelPoint());
    for (const name of ["release", "release-events"]) {
      expect(chi2(name, ["csi", "ge"])).toBe(chi2("paper", ["csi", "ge"]));
      for (const dataset of ["csi", "ge"])
        expect(events(name, dataset)).toBe(events("paper", dataset));
    }
    // The data have more than the SM: the larger the signal, the better it fits.
    const [paper, release, most] = ["paper", "release", "release-events"].map((n) =>
      chi2(n, ["lar"]),
    );
    expect(paper).toBeCloseTo(107.77, 2);
    expect(release).toBeLessThan(paper - 0.3);
    expect(most).toBeLessThan(release - 0.3);
  });
});
