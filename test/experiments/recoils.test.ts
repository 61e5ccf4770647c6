import { describe, expect, it } from "vitest";
import { csiTarget } from "../../src/experiments/csi.js";
import { loadCsiData, loadGeData, loadLarData } from "../../src/experiments/data/load.js";
import { allTimes, geTarget } from "../../src/experiments/ge.js";
import { larTarget } from "../../src/experiments/lar.js";
import { foldRecoils } from "../../src/experiments/recoils.js";
import { totalCrossSection } from "../../src/physics/cross-section.js";
import { FLUX } from "../../src/physics/flux.js";
import { FORM_FACTORS, formFactor } from "../../src/physics/form-factor.js";
import { NUCLEI, nucleus } from "../../src/physics/nuclei.js";
import { largestError, relativeError } from "../physics/relative-error.js";

const PULSE = { mean: 0.44, width: 0.15 };
const everything = {
  bins: 1,
  breakpoints: [],
  accept: (_: number, out: Float64Array) => {
    out[0] = 1;
  },
};
const detectors = {
  csi: csiTarget(loadCsiData(), loadCsiData().bins.energyEdges, PULSE),
  lar: larTarget(loadLarData(), PULSE),
  ge: geTarget(
    loadGeData(),
    [
      [[1.5, 3.5]],
      [[15.5, 17.5]],
      [
        [1.5, 8.5],
        [11, 20],
      ],
    ],
    allTimes,
  ),
};

describe("foldRecoils", () => {
  it.each(Object.entries(detectors))(
    "has converged for %s: doubled panels change nothing",
    (_, target) => {
      for (const name of FORM_FACTORS) {
        const options = { formFactor: formFactor({ name }), exponents: [0, 0.5, 2, 4] };
        for (const { name: on } of target.nuclei) {
          for (const flux of FLUX) {
            const usual = foldRecoils(nucleus(on), flux, target.response, options);
            const doubled = foldRecoils(nucleus(on), flux, target.response, options, 16);
            const bins = target.response.bins;
            for (let k = 0; k < options.exponents.length; k++) {
              const [a, b] = [usual, doubled].map((all) => all.subarray(k * bins, (k + 1) * bins));
              // Bins with less than a millionth of the events are held to the largest bin's 1e-15.
              const floor = 1e-6 * Math.max(...b);
              expect(largestError(a, b, floor)).toBeLessThan(1e-9);
            }
          }
        }
      }
    },
  );

  it("over every recoil is the cross section", () => {
    const F = formFactor({ name: "helm" });
    for (const target of [NUCLEI.Ar, NUCLEI.Cs]) {
      for (const flux of FLUX) {
        const options = { formFactor: F, exponents: [2, 1] };
        const [square, first] = foldRecoils(target, flux, everything, options);
        expect(relativeError(square, totalCrossSection(target, [flux], F))).toBeLessThan(1e-12);
        expect(relativeError(first, totalCrossSection(target, [flux], F, 1))).toBeLessThan(1e-12);
      }
    }
  });

  it("ends panels at the response's steps, wherever they are", () => {
    const edge = 0.0123;
    const step = {
      bins: 2,
      breakpoints: [0, edge, 7],
      accept: (recoil: number, out: Float64Array) => {
        out[0] = recoil < edge ? 1 : 0;
        out[1] = recoil < edge ? 0 : 1;
      },
    };
    const options = { formFactor: formFactor({ name: "helm" }), exponents: [2] };
    const [below, above] = foldRecoils(NUCLEI.Ar, FLUX[2], step, options);
    const [whole] = foldRecoils(NUCLEI.Ar, FLUX[2], everything, options);
    expect(relativeError(below + above, whole)).toBeLessThan(1e-12);
    const [finer] = foldRecoils(NUCLEI.Ar, FLUX[2], step, options, 100);
    expect(relativeError(below, finer)).toBeLessThan(1e-12);
  });
});
