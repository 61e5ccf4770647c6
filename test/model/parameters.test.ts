import { describe, expect, it } from "vitest";
import {
  analysisNamed,
  bestFit,
  ChiSquare,
  createEngine,
  defaultRange,
  InputError,
  PARAMETERS,
  parameterIndex,
  signalCounts,
  standardModelPoint,
} from "../../src/index.js";

const analysis = analysisNamed("liao-2024").compile();
const chi2 = new ChiSquare(analysis, ["ge"]);
const { description, observations, datasets } = analysis;
const combinations = [{ name: "all", datasets }];

function withValue(name: string, value: number): Float64Array {
  const point = standardModelPoint();
  point[parameterIndex(name)] = value;
  return point;
}

/** Everything in the public API that takes a parameter vector. */
const DOORS: Record<string, (parameters: Float64Array) => unknown> = {
  value: (parameters) => chi2.value(parameters),
  profile: (parameters) => chi2.profile(parameters),
  gradient: (parameters) => chi2.gradient(parameters),
  signalCounts: (parameters) => signalCounts(analysis, parameters),
  bestFit: (parameters) => bestFit(chi2, parameters, [defaultRange("eps_ee_u")]),
  "bestFit of nothing": (parameters) => bestFit(chi2, parameters, []),
  "an engine's base": (base) =>
    createEngine("cpu", { description, observations, combinations, base }, { threads: 1 }),
};

const refused = {
  "a short vector": [new Float64Array(14), "has 15 numbers", { length: 14, expected: 15 }],
  "a long vector": [new Float64Array(16), "but 16 are given", { length: 16 }],
  "no vector": [new Float64Array(0), "but 0 are given", { length: 0 }],
  NaN: [withValue("eps_mutau_d", Number.NaN), '"eps_mutau_d"', { parameter: "eps_mutau_d" }],
  "NaN in what no charge is of": [withValue("exponent_x", Number.NaN), '"exponent_x"', {}],
  infinity: [
    withValue("sigma_scale_e", Number.POSITIVE_INFINITY),
    "is Infinity",
    { value: Number.POSITIVE_INFINITY },
  ],
} as const;

describe("a parameter vector", () => {
  it("is one number for each parameter", () => {
    expect(PARAMETERS).toHaveLength(15);
    expect(Number.isFinite(chi2.value(standardModelPoint()))).toBe(true);
  });

  it.each(
    Object.keys(DOORS).flatMap((door) => Object.keys(refused).map((what) => [door, what] as const)),
  )("is refused by %s where it is %s", async (door, what) => {
    const [parameters, words, fields] = refused[what as keyof typeof refused];
    const error = await (async () => DOORS[door](parameters))().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "bad-parameter-vector", exitStatus: 2, fields });
    expect((error as InputError).message).toContain(words);
  });

  it.each([
    ["NaN", [0, 0, 0, Number.NaN], "impossible-value"],
    ["a value too few", [0, 0, 0], "ragged-points"],
    ["a value too many", [0, 0, 0, 0, 0], "ragged-points"],
  ])("in an engine's list is refused where it has %s", async (_, values, code) => {
    const base = standardModelPoint();
    const problem = { description, observations, combinations, base };
    const engine = await createEngine("cpu", problem, { threads: 1 });
    const names = ["eps_ee_u", "eps_ee_d"];
    const source = { kind: "list" as const, names, values: Float64Array.from(values) };
    await expect(engine.evaluate(source)).rejects.toMatchObject({ code, exitStatus: 2 });
    await engine.close();
  });
});
