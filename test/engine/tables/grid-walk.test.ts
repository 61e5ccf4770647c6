import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GridWalk } from "../../../src/engine/cpu/tables/grid-walk.js";
import { WalkPieces } from "../../../src/engine/cpu/tables/pieces.js";
import type { FlatRange, GridAxis } from "../../../src/engine/engine.js";
import { gridSize, pointAt } from "../../../src/engine/points.js";
import type { TabulatedLikelihood } from "../../../src/tables/table.js";
import { naiveProfiles } from "../naive-profiles.js";
import { plainLookUp } from "./plain-look-up.js";
import { syntheticTables, tablesProblem } from "./synthetic.js";

const scale = {
  nuisance: 0,
  sigma: 0.1,
  measured: 0,
  step: 0.12,
  first: -6,
  last: 5,
  reach: 3,
};
const plain = syntheticTables({ seed: 1 });
const scaled = syntheticTables({ seed: 2, scale });
const powered = syntheticTables({ seed: 3, exponents: [1.5, 2, 2.5] });

const ranges: Record<string, readonly [number, number]> = {
  sigma_scale: [0, 3],
  sigma_scale_e: [0, 3],
  sigma_scale_mu: [0, 3],
  sin2_theta_w: [0.1, 0.4],
  exponent_x: [1.6, 2.4],
};
const parameters = [
  "eps_ee_u",
  "eps_ee_d",
  "eps_etau_u",
  "eps_etau_d",
  "sigma_scale_e",
  "eps_mumu_u",
  "eps_mumu_d",
  "eps_mutau_u",
  "eps_mutau_d",
  "sigma_scale_mu",
  "eps_emu_u",
  "sin2_theta_w",
  "sigma_scale",
];

/** Axes in any order, of which one at least changes one flavour alone; couplings about 0 make ties. */
const grids = (names: readonly string[]) =>
  fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 5 })
    .filter((own) => own.some((name) => parameters.slice(0, 10).includes(name)))
    .chain((own) =>
      fc.tuple(
        ...own.map((parameter) => {
          const [from, to] = ranges[parameter] ?? [-0.6, 0.6];
          const most = own.length > 4 ? 4 : own.length > 3 ? 6 : 7;
          return fc
            .integer({ min: 2, max: most })
            .map((points): GridAxis => ({ parameter, from, to, points }));
        }),
      ),
    );

function sampled(walk: GridWalk): Float64Array {
  const width = 5;
  const size = gridSize(walk.axes);
  const chi2 = new Float64Array(size * width);
  for (let i = 0; i < size; i++) walk.sample(i, chi2.subarray(i * width, (i + 1) * width));
  return chi2;
}

function reduced(walk: GridWalk, range: FlatRange) {
  walk.clear();
  const pieces = new WalkPieces(walk, range);
  for (let i = 0; i < pieces.count; i++) walk.add(pieces.piece(i));
  return walk.profiles();
}

function expectLookedUp(likelihood: TabulatedLikelihood, axes: readonly GridAxis[]): void {
  const walk = new GridWalk(tablesProblem, likelihood, axes);
  const out = new Float64Array(5);
  const size = gridSize(axes);
  for (let i = 0; i < size; i += Math.ceil(size / 40)) {
    walk.sample(i, out);
    const point = pointAt(axes, i);
    const named = Object.fromEntries(axes.map(({ parameter }, k) => [parameter, point[k]]));
    plainLookUp(likelihood, named).forEach((value, k) => {
      expect(Math.abs(out[k] - value)).toBeLessThan(3e-5 + 2e-6 * Math.abs(value));
    });
  }
}

describe("a walk of a grid", () => {
  it.each([
    ["tables", plain, parameters],
    ["tables that share a scale", scaled, parameters],
    ["tables of several exponents", powered, [...parameters, "exponent_x"]],
  ] as const)("looks %s up as their formula says", (_, likelihood, names) => {
    fc.assert(
      fc.property(grids(names), (axes) => expectLookedUp(likelihood, axes)),
      { numRuns: 40 },
    );
  });

  it.each([
    ["tables", plain, parameters, 120],
    ["tables that share a scale", scaled, parameters, 30],
    ["tables of several exponents", powered, [...parameters, "exponent_x"], 40],
  ] as const)(
    "reduces any part of a grid of %s to the profiles of its points",
    (_, likelihood, names, numRuns) => {
      fc.assert(
        fc.property(grids(names), fc.nat(), fc.nat(), (axes, a, b) => {
          const walk = new GridWalk(tablesProblem, likelihood, axes);
          const chi2 = sampled(walk);
          const size = gridSize(axes);
          expect(reduced(walk, { start: 0, count: size })).toEqual(naiveProfiles(axes, 5, chi2));
          const [start, end] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y);
          const inside = (index: number) => index >= start && index < end;
          const part = naiveProfiles(axes, 5, chi2, inside);
          expect(reduced(walk, { start, count: end - start })).toEqual(part);
        }),
        { numRuns },
      );
    },
  );
});
