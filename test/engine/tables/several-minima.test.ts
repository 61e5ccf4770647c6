import { describe, expect, it } from "vitest";
import { GridWalk } from "../../../src/engine/cpu/tables/grid-walk.js";
import { WalkPieces } from "../../../src/engine/cpu/tables/pieces.js";
import { ScatteredPoints } from "../../../src/engine/cpu/tables/scattered-points.js";
import type { FlatRange, GridAxis } from "../../../src/engine/engine.js";
import { gridSize, pointAt } from "../../../src/engine/points.js";
import { chargeModel } from "../../../src/model/charges.js";
import { parameterIndex } from "../../../src/model/parameters.js";
import { LikelihoodLookUp } from "../../../src/tables/likelihood-look-up.js";
import { TableLookUp } from "../../../src/tables/look-up.js";
import type { SharedScale, TabulatedLikelihood } from "../../../src/tables/table.js";
import { naiveProfiles } from "../naive-profiles.js";
import { syntheticTables, tablesProblem } from "./synthetic.js";

/** A weak prior, under which valleys of several tables compete. */
const scale: SharedScale = {
  nuisance: 0,
  sigma: 0.6,
  measured: 0,
  step: 0.1,
  first: -24,
  last: 12,
  reach: 3,
};
const axis = (parameter: string, from: number, to: number, points: number): GridAxis => {
  return { parameter, from, to, points };
};
/** Both flavours walked; and short rows, each far from the row before, that leap between valleys. */
const grids = [
  [axis("eps_ee_u", -0.3, 0.5, 11), axis("eps_ee_d", -0.3, 0.5, 13), axis("eps_mumu_u", 0, 0.3, 9)],
  [axis("eps_mumu_u", 0, 0.3, 9), axis("eps_ee_u", -0.4, 0.5, 15), axis("eps_mutau_d", 0, 0.2, 7)],
  [axis("eps_ee_u", -0.4, 0.5, 97), axis("eps_ee_d", 0, 0.004, 2), axis("eps_mumu_u", 0, 0.01, 8)],
];
const WIDTH = 5;
/** Two minima this close in χ² at the nodes are told apart by the digits of float32. */
const TIE = 1e-3;

/** Squared charges of a grid's points. */
function chargesOf(axes: readonly GridAxis[]): Float64Array[] {
  const { charges } = tablesProblem.description;
  const model = chargeModel(charges);
  return Array.from({ length: gridSize(axes) }, (_, index) => {
    const point = Float64Array.from(tablesProblem.base);
    pointAt(axes, index).forEach((value, i) => {
      point[parameterIndex(axes[i].parameter)] = value;
    });
    const q = new Float64Array(charges.length);
    model.fill(point, q);
    return q;
  });
}

/** χ² at the minima among the nodes of the joint profile of all tables, ascending. */
function minimaAt(tables: readonly TableLookUp[], q: Float64Array): number[] {
  const { first, last, step, sigma } = scale;
  const whole = Array.from({ length: last - first + 1 }, (_, i) => {
    const factor = Math.exp(step * (first + i));
    const prior = ((factor - 1) / sigma) ** 2;
    return tables.reduce((sum, table) => sum + table.chi2(q, 2, factor), prior);
  });
  const isLow = (value: number, i: number) =>
    value < (whole[i - 1] ?? Infinity) && value <= (whole[i + 1] ?? Infinity);
  return whole.filter(isLow).sort((a, b) => a - b);
}

function reduced(walk: GridWalk, range: FlatRange) {
  walk.clear();
  const pieces = new WalkPieces(walk, range);
  for (let i = 0; i < pieces.count; i++) walk.add(pieces.piece(i));
  return walk.profiles();
}

function expectNear(chi2: ArrayLike<number>, expected: Float64Array): void {
  expected.forEach((value, k) => {
    expect(Math.abs(chi2[k] - value)).toBeLessThan(1e-4 + 2e-6 * Math.abs(value));
  });
}

describe.each([1, 2, 3, 4])("a scale with several minima, tables %d", (seed) => {
  const valleyed = { seed: 50 + seed, cells: 44, reach: 400, valley: 60, scale };
  const likelihood: TabulatedLikelihood = syntheticTables(valleyed);
  const tables = likelihood.tables.map((table) => new TableLookUp(table));
  const lookUp = new LikelihoodLookUp(likelihood);

  it.each(grids.map((axes) => ({ axes })))("is minimised for each point by itself", ({ axes }) => {
    const size = gridSize(axes);
    const walk = new GridWalk(tablesProblem, likelihood, axes);
    const chi2 = new Float64Array(size * WIDTH);
    for (let i = 0; i < size; i++) walk.sample(i, chi2.subarray(i * WIDTH, (i + 1) * WIDTH));
    expect(reduced(walk, { start: 0, count: size })).toEqual(naiveProfiles(axes, WIDTH, chi2));
    const [start, end] = [Math.floor(size / 3), size - 5];
    const inside = (index: number) => index >= start && index < end;
    const part = naiveProfiles(axes, WIDTH, chi2, inside);
    expect(reduced(walk, { start, count: end - start })).toEqual(part);

    const scattered = new Float64Array(size * WIDTH);
    const points = new ScatteredPoints(tablesProblem, likelihood);
    points.evaluate({ kind: "grid", axes, start: 0, count: size }, 0, size, scattered, () => {
      throw new Error("a point was not looked up");
    });
    const expected = new Float64Array(WIDTH);
    let several = 0;
    let ties = 0;
    chargesOf(axes).forEach((q, i) => {
      const minima = [tables, tables.slice(0, 2)].map((own) => minimaAt(own, q));
      if (minima.some((own) => own.length > 1)) several++;
      if (minima.some(([least, next]) => next - least < TIE)) {
        ties++;
        return;
      }
      lookUp.chi2(q, 2, expected);
      expectNear(chi2.subarray(i * WIDTH, (i + 1) * WIDTH), expected);
      expectNear(scattered.subarray(i * WIDTH, (i + 1) * WIDTH), expected);
    });
    expect(several).toBeGreaterThan(size / 10);
    expect(ties).toBeLessThan(size / 100);
  });
});
