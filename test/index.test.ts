import { describe, expect, it } from "vitest";
import * as api from "../src/index.js";

describe("the public API", () => {
  it("is what it was: a change here is a change of version", () => {
    expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
      [
        "ANALYSES",
        "ChiSquare",
        "ENGINES",
        "EnvironmentError",
        "InputError",
        "LikelihoodEvaluator",
        "NsiscanError",
        "NumericalError",
        "PARAMETERS",
        "analysisNamed",
        "bestFit",
        "createEngine",
        "defaultRange",
        "intervalFit",
        "isolines",
        "loadScan",
        "parameterIndex",
        "parameterIntervals",
        "parseLevel",
        "regionRings",
        "regions",
        "runScan",
        "signalCounts",
        "standardModelPoint",
        "validate",
        "verdictOf",
      ]
    `);
  });
});
