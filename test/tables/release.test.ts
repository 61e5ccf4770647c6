import { expect, it } from "vitest";
import { analysisNamed } from "../../src/analysis/registry.js";
import { standardModelPoint } from "../../src/model/parameters.js";
import type { TabulatedLikelihood } from "../../src/tables/table.js";
import { tabulate } from "../../src/tables/tabulate.js";
import { couplings } from "../engine/real.js";
import { generator } from "../random.js";
import { largestErrors, pointWith } from "./random-points.js";

const four = ["eps_ee_u", "eps_ee_d", "eps_mumu_u", "eps_mumu_d"];
const random = generator(79);
const signed = () => 2 * random() - 1;

it("tables of release with fluxes of their own are right at points of any couplings and without signal", async () => {
  const { description, observations } = analysisNamed("release").compile({ flux: "independent" });
  const combinations = [{ name: "csi+lar+ge", datasets: ["csi", "lar", "ge"] }];
  const problem = { description, observations, combinations };
  const axes = four.map((parameter) => ({ parameter, from: -1, to: 1 }));
  const box = { base: standardModelPoint(), axes };
  const made = await tabulate(problem, box, { threads: 2, cache: null });
  expect(made.reason).toBeUndefined();
  const pointsOf = (count: number, names: readonly string[], size: number) =>
    Array.from({ length: count }, () =>
      pointWith(Object.fromEntries(names.map((name) => [name, size * signed()]))),
    );
  const points = [
    ...pointsOf(500, four, 1),
    ...pointsOf(500, four, 0.15),
    ...pointsOf(500, couplings, 0.2),
    pointWith({ sigma_scale: 0 }),
  ];
  const tables = made.tables as TabulatedLikelihood;
  const { near, far, missing } = largestErrors(problem, tables, points);
  expect(missing).toBe(0);
  expect(near).toBeLessThan(1e-4);
  expect(far).toBeLessThan(2e-6);
});
