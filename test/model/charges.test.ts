import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chargeModel } from "../../src/model/charges.js";
import { PARAMETERS, parameterIndex, standardModelPoint } from "../../src/model/parameters.js";

const nuclei = { Na: [11, 12], Ar: [18, 22], Ge: [32, 40.7], I: [53, 74], Cs: [55, 78] } as const;
const names = Object.keys(nuclei) as (keyof typeof nuclei)[];
const charges = names.flatMap((nucleus) =>
  (["e", "mu"] as const).map((flavour) => ({ nucleus, flavour })),
);
const model = chargeModel(charges);

function point(values: Record<string, number>): Float64Array {
  const parameters = standardModelPoint();
  for (const [name, value] of Object.entries(values)) parameters[parameterIndex(name)] = value;
  return parameters;
}

function charge(parameters: Float64Array): Float64Array {
  const out = new Float64Array(charges.length);
  model.fill(parameters, out);
  return out;
}

const coupling = fc.double({ min: -1.5, max: 1.5, noNaN: true });
const couplings = fc.tuple(...Array.from({ length: 10 }, () => coupling));

/** L24 eq. (12), typed again from the paper: a matrix of couplings summed over the final flavours. */
function equation12(Z: number, N: number, flavour: "e" | "mu", p: Float64Array): number {
  const at = (name: string) => p[parameterIndex(name)];
  let sum = 0;
  for (const other of ["e", "mu", "tau"]) {
    const pair = { "e,e": "ee", "mu,mu": "mumu", "e,mu": "emu", "mu,e": "emu" } as Record<
      string,
      string
    >;
    const name = pair[`${flavour},${other}`] ?? `${flavour}tau`;
    const [u, d] = [at(`eps_${name}_u`), at(`eps_${name}_d`)];
    const standard = flavour === other ? [0.5 - 2 * at("sin2_theta_w"), -0.5] : [0, 0];
    sum += ((standard[0] + 2 * u + d) * Z + (standard[1] + u + 2 * d) * N) ** 2;
  }
  return sum;
}

describe("squared weak charges", () => {
  it("are the Standard Model's without couplings: about (N/2)², the same for both flavours", () => {
    const q = charge(standardModelPoint());
    names.forEach((name, n) => {
      const [Z, N] = nuclei[name];
      const expected = ((0.5 - 2 * 0.238) * Z - N / 2) ** 2;
      expect(q[2 * n]).toBeCloseTo(expected, 9);
      expect(q[2 * n + 1]).toBe(q[2 * n]);
    });
  });

  it("follow L24 eq. (12) for any couplings, scales and exponent", () => {
    const scale = fc.double({ min: 0, max: 3, noNaN: true });
    const exponent = fc.double({ min: 0.5, max: 4, noNaN: true });
    fc.assert(
      fc.property(couplings, scale, scale, scale, exponent, (eps, s, se, smu, x) => {
        const p = Float64Array.from([...eps, 0.21, x, s, se, smu]);
        const q = charge(p);
        charges.forEach(({ nucleus, flavour }, c) => {
          const [Z, N] = nuclei[nucleus];
          const own = flavour === "e" ? se : smu;
          const expected = s * own * equation12(Z, N, flavour, p) ** (x / 2);
          expect(Math.abs(q[c] - expected)).toBeLessThanOrEqual(1e-11 * (1 + expected));
        });
      }),
    );
  });

  it("see ε_eμ in both flavours, ε_eτ in e only and ε_μτ in μ only", () => {
    const standard = charge(standardModelPoint());
    const changed = (name: string) =>
      [...charge(point({ [name]: 0.3 }))].map((q, c) => q !== standard[c]);
    const both = charges.map(() => true);
    expect(changed("eps_emu_d")).toEqual(both);
    expect(changed("eps_emu_u")).toEqual(both);
    expect(changed("eps_etau_u")).toEqual(charges.map((c) => c.flavour === "e"));
    expect(changed("eps_mutau_d")).toEqual(charges.map((c) => c.flavour === "mu"));
  });

  it("do not see the sign of a nucleus's amplitude (L24 eq. 14)", () => {
    fc.assert(
      fc.property(coupling, coupling, (u, d) => {
        charges.forEach(({ nucleus, flavour }, c) => {
          const [Z, N] = nuclei[nucleus];
          const standard = (0.5 - 2 * 0.238) * Z - N / 2;
          const amplitude = standard + (2 * Z + N) * u + (Z + 2 * N) * d;
          const name = flavour === "e" ? "eps_ee" : "eps_mumu";
          // Mirror ε^u so that the amplitude changes sign for this nucleus at the same ε^d.
          const mirrored = u - (2 * amplitude) / (2 * Z + N);
          const one = charge(point({ [`${name}_u`]: u, [`${name}_d`]: d }))[c];
          const two = charge(point({ [`${name}_u`]: mirrored, [`${name}_d`]: d }))[c];
          expect(Math.abs(one - two)).toBeLessThanOrEqual(1e-9 * (1 + one));
        });
      }),
    );
  });
});

describe("the Jacobian of the squared weak charges", () => {
  it("agrees with central differences in every parameter", () => {
    const positive = fc.double({ min: 0.2, max: 3, noNaN: true });
    const exponent = fc.oneof(fc.constant(2), fc.double({ min: 1.2, max: 3.5, noNaN: true }));
    fc.assert(
      fc.property(couplings, exponent, positive, positive, positive, (eps, x, s, se, smu) => {
        const p = Float64Array.from([...eps, 0.238, x, s, se, smu]);
        // Away from Q² = 0, where the power law has no third derivative to difference with.
        fc.pre(charge(Float64Array.from([...eps, 0.238, 2, 1, 1, 1])).every((q) => q > 1));
        const jacobian = new Float64Array(charges.length * PARAMETERS.length);
        model.jacobian(p, jacobian);
        PARAMETERS.forEach((_, k) => {
          const h = 1e-5;
          const q = charge(p);
          const above = charge(p.map((value, i) => (i === k ? value + h : value)));
          const below = charge(p.map((value, i) => (i === k ? value - h : value)));
          charges.forEach((_, c) => {
            const difference = (above[c] - below[c]) / (2 * h);
            const analytic = jacobian[c * PARAMETERS.length + k];
            const scale = 100 + Math.abs(analytic) + Math.abs(q[c]);
            expect(Math.abs(difference - analytic) / scale).toBeLessThan(1e-5);
          });
        });
      }),
      { numRuns: 50 },
    );
  });

  it("is finite, and zero for the couplings, where a charge vanishes", () => {
    for (const x of [1, 1.5, 2, 3]) {
      // sin²θ_W = 1/4 leaves −N/2; ε^d = N / (2 (Z + 2N)) cancels it for Ar.
      const p = point({ sin2_theta_w: 0.25, eps_ee_d: 11 / 62, exponent_x: x });
      const row = charges.findIndex((c) => c.nucleus === "Ar" && c.flavour === "e");
      expect(charge(p)[row]).toBeCloseTo(0, 12);
      const jacobian = new Float64Array(charges.length * PARAMETERS.length);
      model.jacobian(p, jacobian);
      expect(jacobian.every(Number.isFinite)).toBe(true);
    }
  });
});
