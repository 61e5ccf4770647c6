import { describe, expect, it } from "vitest";
import { foldRecoils, type RecoilResponse } from "../../src/experiments/recoils.js";
import { chargesOf, signalTemplates, type Target } from "../../src/experiments/templates.js";
import { FLUX } from "../../src/physics/flux.js";
import { formFactor } from "../../src/physics/form-factor.js";
import { NUCLEI } from "../../src/physics/nuclei.js";
import { largestError } from "../physics/relative-error.js";

const options = { formFactor: formFactor({ name: "helm" }), exponents: [2, 0.7] };
const [numu, numubar, nue] = FLUX;

/** A threshold at 10 keV and two bins above and below 40 keV. */
const response: RecoilResponse = {
  bins: 2,
  breakpoints: [0.01, 0.04],
  accept: (recoil, out) => {
    out[0] = recoil >= 0.01 && recoil < 0.04 ? 0.5 : 0;
    out[1] = recoil >= 0.04 ? 0.9 : 0;
  },
};
const shares = { prompt: [0.6, 0.3, 0.1], delayed: [0.2, 0.3, 0.4] };
const target: Target = {
  nuclei: [
    { name: "Ar", exposure: 3e40 },
    { name: "Na", exposure: 5e40 },
  ],
  response,
  times: (timing) => Float64Array.from(shares[timing]),
};

describe("signalTemplates", () => {
  it("is [exponents × charges × energy × time]: exposure, spectrum and time of each component", () => {
    const { charges, bins, values } = signalTemplates(target, options);
    expect(bins).toBe(6);
    expect(charges).toEqual(chargesOf(["Ar", "Na"]));
    const expected = options.exponents.flatMap((_, k) =>
      target.nuclei.flatMap(({ name, exposure }) => {
        const spectrum = (flux: typeof nue, energy: number) =>
          foldRecoils(NUCLEI[name as "Ar"], flux, response, options)[2 * k + energy];
        const both = [0, 1];
        const times = [0, 1, 2];
        const e = both.flatMap((i) => times.map((j) => spectrum(nue, i) * shares.delayed[j]));
        const mu = both.flatMap((i) =>
          times.map(
            (j) => spectrum(numu, i) * shares.prompt[j] + spectrum(numubar, i) * shares.delayed[j],
          ),
        );
        return [...e, ...mu].map((share) => exposure * share);
      }),
    );
    expect(largestError(values, expected)).toBeLessThan(1e-13);
  });

  it("gives a nucleus its own rows, whatever else is in the detector", () => {
    const alone = signalTemplates({ ...target, nuclei: target.nuclei.slice(1) }, options);
    const together = signalTemplates(target, options);
    const size = 2 * alone.bins;
    for (const k of [0, 1]) {
      const rows = together.values.subarray(k * 2 * size + size, (k + 1) * 2 * size);
      expect(rows).toEqual(alone.values.subarray(k * size, (k + 1) * size));
    }
  });
});

describe("chargesOf", () => {
  it("sees every nucleus by ν_e and by ν_μ, in this order", () => {
    expect(chargesOf(["Cs", "I"])).toEqual([
      { nucleus: "Cs", flavour: "e" },
      { nucleus: "Cs", flavour: "mu" },
      { nucleus: "I", flavour: "e" },
      { nucleus: "I", flavour: "mu" },
    ]);
  });
});
