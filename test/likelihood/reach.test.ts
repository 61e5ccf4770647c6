import { describe, expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { ChiSquare } from "../../src/fit/chi-square.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../../src/model/parameters.js";

/** Far beyond any coupling that a fit may meet, where compressed sums would have lost all digits. */
const POINTS: Record<string, number>[] = [
  { eps_ee_u: 30 },
  { eps_ee_u: 30, sigma_scale: 10, sigma_scale_e: 10 },
  { eps_emu_d: -30, eps_mumu_u: 30, sigma_scale: 10, sigma_scale_mu: 10 },
  Object.fromEntries(PARAMETERS.slice(0, 10).map(({ name, upper }) => [name, upper])),
];

describe("χ² at charges beyond the reach of compressed terms", () => {
  const analysis = analysisNamed("liao-2024").compile();
  it.each(POINTS)("is that of the bins one by one: %j", (values) => {
    const at = standardModelPoint();
    for (const [name, value] of Object.entries(values)) at[parameterIndex(name)] = value;
    for (const dataset of ["lar", "ge"]) {
      const chi2 = new ChiSquare(analysis, [dataset]);
      const bins = chi2.profile(at).chi2;
      expect(Math.abs(chi2.value(at) - bins), dataset).toBeLessThan(1e-4);
      // A signal that its norm alone absorbs leaves the χ² of no signal and a pull of −1, nearly.
      expect(bins).toBeGreaterThan(0);
      expect(bins).toBeLessThan(200);
    }
  });
});
