import { describe, expect, it } from "vitest";
import { signImages } from "../../src/fit/sign-images.js";
import { chargeModel } from "../../src/model/charges.js";
import { parameterIndex, standardModelPoint } from "../../src/model/parameters.js";

const charge = (nucleus: string, flavour: "e" | "mu") => ({ nucleus, flavour });
const range = (name: string, lower = -2, upper = 2) => ({ name, lower, upper });

/** Squared charges with the named parameters moved. */
function squared(charges: ReturnType<typeof charge>[], values: Record<string, number>): number[] {
  const at = standardModelPoint();
  for (const [name, value] of Object.entries(values)) at[parameterIndex(name)] = value;
  const out = new Float64Array(charges.length);
  chargeModel(charges).fill(at, out);
  return [...out];
}

describe("images of a point in the signs of its amplitudes", () => {
  it("have the very same squared charges where one nucleus is seen along one coupling each", () => {
    const charges = [charge("Cs", "e"), charge("Cs", "mu")];
    const free = [range("eps_ee_d"), range("eps_mumu_u")];
    const at = standardModelPoint();
    const images = signImages(charges, at, at, free);
    expect(images).toHaveLength(4);
    for (const [x, y] of images) {
      const found = squared(charges, { eps_ee_d: x, eps_mumu_u: y });
      const wanted = squared(charges, {});
      found.forEach((value, i) => {
        expect(value / wanted[i]).toBeCloseTo(1, 4);
      });
    }
    expect(new Set(images.map(([x, y]) => `${x > 0.1} ${y > 0.1}`)).size).toBe(4);
  });

  it("solve two nuclei at once where both couplings of a flavour are free, any combination of signs", () => {
    const charges = [charge("Cs", "e"), charge("Ar", "e")];
    const free = [range("eps_ee_d", -30, 30), range("eps_ee_u", -30, 30)];
    const at = standardModelPoint();
    const wanted = squared(charges, {});
    const images = signImages(charges, at, at, free);
    expect(images).toHaveLength(4);
    for (const [x, y] of images) {
      squared(charges, { eps_ee_d: x, eps_ee_u: y }).forEach((value, i) => {
        expect(value / wanted[i]).toBeCloseTo(1, 1);
      });
    }
    expect(Math.max(...images.map(([x]) => Math.abs(x)))).toBeGreaterThan(2);
  });

  it("flip couplings that change flavour, and leave what changes no amplitude", () => {
    const at = standardModelPoint();
    at[parameterIndex("eps_emu_d")] = 0.3;
    at[parameterIndex("sigma_scale")] = 1.7;
    const free = [range("eps_emu_d"), range("sigma_scale", 0, 10)];
    const images = signImages([charge("Ge", "e")], at, at, free);
    expect(images.map(([x]) => x).sort()).toEqual([
      expect.closeTo(-0.3, 4),
      expect.closeTo(0.3, 4),
    ]);
    for (const [, scale] of images) expect(scale).toBeCloseTo(1.7, 9);
  });

  it("stay within the ranges", () => {
    const at = standardModelPoint();
    for (const [x] of signImages([charge("Cs", "e")], at, at, [range("eps_ee_d", -0.1, 0.2)])) {
      expect(x).toBeGreaterThanOrEqual(-0.1);
      expect(x).toBeLessThanOrEqual(0.2);
    }
  });
});
