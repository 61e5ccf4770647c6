import { describe, expect, it } from "vitest";
import {
  chi2Density,
  chi2Quantile,
  chi2QuantileOfTail,
  chi2Survival,
  erf,
  erfc,
  logGamma,
  sigmaToProbability,
  sigmaToTail,
} from "../../src/numerics/special.js";

const relative = (value: number, exact: number) => Math.abs(value / exact - 1);

// Values of erf x and erfc x from mpmath 1.3 at 40 digits, rounded to double.
const ERRORS = [
  [0.125, 0.1403162048013338, 0.8596837951986662],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [1.25, 0.9229001282564583, 0.07709987174354177],
  [2, 0.9953222650189527, 0.004677734981047266],
  [3.5, 0.9999992569016276, 7.430983723414128e-7],
  [5.5, 0.9999999999999927, 7.357847917974398e-15],
  [-0.75, -0.7111556336535151, 1.7111556336535152],
  [-4, -0.9999999845827421, 1.999999984582742],
] as const;

const LOG_GAMMAS = [
  [0.125, 2.0194183575537963],
  [0.5, 0.5723649429247001],
  [1.5, -0.12078223763524522],
  [2.5, 0.2846828704729192],
  [10.5, 13.940625219403763],
  [320.25, 1525.339544309891],
  [1e6, 12815504.569147611],
] as const;

const SURVIVALS = [
  [1, 1, 0.3173105078629141],
  [25, 1, 5.733031437583878e-7],
  [4.5, 2, 0.10539922456186433],
  [98, 98, 0.4810006930928078],
  [200, 98, 5.668789903385056e-9],
  [400, 3, 2.2138865931011176e-86],
] as const;

describe("error function", () => {
  it.each(ERRORS)("agrees with multiprecision values at %d", (x, exact, complement) => {
    expect(relative(erf(x), exact)).toBeLessThan(1e-14);
    expect(relative(erfc(x), complement)).toBeLessThan(1e-14);
  });

  it("reaches its limits without an underflow error", () => {
    expect(relative(erfc(26), 5.663192408856143e-296)).toBeLessThan(1e-13);
    expect([27, 30, 1e9, Number.POSITIVE_INFINITY].map(erfc)).toEqual([0, 0, 0, 0]);
    expect([-30, Number.NEGATIVE_INFINITY].map(erfc)).toEqual([2, 2]);
    expect([-30, 6.5, Number.POSITIVE_INFINITY].map(erf)).toEqual([-1, 1, 1]);
    expect(erf(Number.NaN)).toBeNaN();
  });
});

describe("logGamma", () => {
  it.each(LOG_GAMMAS)("agrees with multiprecision values at %d", (x, exact) => {
    expect(relative(logGamma(x), exact)).toBeLessThan(1e-14);
  });

  it("is ln (n − 1)! at integers and infinite at its poles", () => {
    let factorial = 1;
    for (let n = 3; n < 20; n++) {
      factorial *= n - 1;
      expect(relative(logGamma(n), Math.log(factorial))).toBeLessThan(1e-14);
    }
    expect([0, -1, -2].map(logGamma)).toEqual([0, 1, 2].map(() => Number.POSITIVE_INFINITY));
  });
});

describe("χ² distribution", () => {
  it.each(SURVIVALS)("P(χ² > %d) for %d dof agrees with multiprecision values", (x, dof, exact) => {
    expect(relative(chi2Survival(x, dof), exact)).toBeLessThan(1e-12);
  });

  it.each(SURVIVALS)("has its density at %d for %d dof, as the survival falls", (x, dof) => {
    const h = 1e-5 * x;
    const fall = (chi2Survival(x - h, dof) - chi2Survival(x + h, dof)) / (2 * h);
    expect(relative(fall, chi2Density(x, dof))).toBeLessThan(1e-5);
  });

  it("has the published quantiles for 1 and 2 degrees of freedom", () => {
    const oneDof = [sigmaToProbability(1), sigmaToProbability(2), sigmaToProbability(3), 0.9];
    expect(oneDof.map((p) => chi2Quantile(p, 1).toFixed(2))).toEqual([
      "1.00",
      "4.00",
      "9.00",
      "2.71",
    ]);
    expect(oneDof.map((p) => chi2Quantile(p, 2).toFixed(2))).toEqual([
      "2.30",
      "6.18",
      "11.83",
      "4.61",
    ]);
  });

  it("is −2 ln(tail) for 2 dof, far into the tail", () => {
    for (const sigma of [0.1, 1, 5, 11.6, 20]) {
      const tail = sigmaToTail(sigma);
      expect(relative(chi2QuantileOfTail(tail, 2), -2 * Math.log(tail))).toBeLessThan(1e-13);
      expect(relative(chi2QuantileOfTail(tail, 1), sigma ** 2)).toBeLessThan(1e-12);
    }
    expect(chi2QuantileOfTail(1, 2)).toBe(0);
  });

  it("survives arguments whose probability underflows", () => {
    expect(chi2Survival(5000, 2)).toBe(0);
    expect(chi2Survival(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect(chi2Survival(0, 3)).toBe(1);
    expect(chi2Survival(1e-9, 98)).toBe(1);
    expect(chi2Survival(1300, 1)).toBeGreaterThan(0);
  });
});
