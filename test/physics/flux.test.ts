import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLUX, fluence, PROMPT_ENERGY } from "../../src/physics/flux.js";
import { relativeError } from "./relative-error.js";
import { tanhSinh } from "./tanh-sinh.js";
import { uniform } from "./uniform.js";

const [PION, MUON] = [139.57039, 105.6583755];
const [numu, numubar, nue] = FLUX;

/** L24 eq. (2), typed from the paper, per MeV and normalised to one. */
const paper = {
  numubar: (E: number) => (64 / MUON) * ((E / MUON) ** 2 * (3 / 4 - E / MUON)),
  nue: (E: number) => (192 / MUON) * ((E / MUON) ** 2 * (1 / 2 - E / MUON)),
};

describe("the flux of a pion at rest", () => {
  it("is one neutrino of each kind per decay, in this order, with its flavour and class of time", () => {
    expect(FLUX.map(({ name, flavour, timing }) => [name, flavour, timing])).toEqual([
      ["numu", "mu", "prompt"],
      ["numubar", "mu", "delayed"],
      ["nue", "e", "delayed"],
    ]);
    for (const component of FLUX) expect(component.moments(0)[0]).toBeCloseTo(1, 14);
  });

  it("has the line at the energy that two-body kinematics gives", () => {
    // The muon's momentum is the neutrino's, and their energies add to the pion's mass.
    expect(PROMPT_ENERGY + Math.hypot(MUON, PROMPT_ENERGY)).toBeCloseTo(PION, 12);
    expect(PROMPT_ENERGY).toBeCloseTo(29.79, 2);
    expect(numu.endpoint).toBe(PROMPT_ENERGY);
    expect(numu.spectrum).toBeUndefined();
    expect(numu.moments(PROMPT_ENERGY)).toEqual([0, 0, 0]);
    const [zeroth, first, second] = numu.moments(PROMPT_ENERGY - 1e-9);
    expect([zeroth, first * PROMPT_ENERGY, second * PROMPT_ENERGY ** 2]).toEqual([1, 1, 1]);
  });

  it.each([numubar, nue])("$name follows the paper's Michel spectrum up to m_μ/2", (component) => {
    expect(component.endpoint).toBe(MUON / 2);
    for (let energy = 0; energy <= component.endpoint; energy += 0.37) {
      const expected = paper[component.name as keyof typeof paper](energy);
      expect(component.spectrum?.(energy)).toBeCloseTo(expected, 15);
    }
    expect(component.spectrum?.(component.endpoint + 1e-9)).toBe(0);
    expect(component.spectrum?.(-1e-9)).toBe(0);
  });

  it("ends sharply for ν̄_μ and goes to zero for ν_e, with mean energies 7/20 and 3/10 of m_μ", () => {
    expect(numubar.spectrum?.(MUON / 2)).toBeCloseTo(4 / MUON, 14);
    expect(nue.spectrum?.(MUON / 2)).toBeCloseTo(0, 14);
    const mean = (phi: (E: number) => number) => tanhSinh((E) => E * phi(E), [0, MUON / 2]);
    expect(mean(paper.numubar)).toBeCloseTo((7 / 20) * MUON, 10);
    expect(mean(paper.nue)).toBeCloseTo((3 / 10) * MUON, 10);
  });

  it.each([numubar, nue])("$name has the moments of its spectrum above any energy", (component) => {
    const name = component.name as keyof typeof paper;
    fc.assert(
      fc.property(uniform(0, 0.98), (fraction) => {
        const lower = fraction * component.endpoint;
        const moments = component.moments(lower);
        for (const power of [0, 1, 2]) {
          const exact = tanhSinh(
            (E) => (E > 0 ? paper[name](E) / E ** power : 0),
            [lower, component.endpoint],
          );
          expect(relativeError(moments[power], exact)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 50 },
    );
    expect(component.moments(component.endpoint)).toEqual([0, 0, 0]);
    expect(component.moments(component.endpoint + 10)).toEqual([0, 0, 0]);
  });
});

describe("fluence", () => {
  it("spread over the sphere of the baseline gives the neutrinos back", () => {
    const sphere = 4 * Math.PI * (19.3 * 100) ** 2;
    expect(relativeError(fluence(0.0848, 3.198e23, 19.3) * sphere, 2.711904e22)).toBeLessThan(
      1e-14,
    );
  });
});
