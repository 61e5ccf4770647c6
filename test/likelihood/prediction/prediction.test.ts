import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liao2024 } from "../../../src/analysis/liao-2024/index.js";
import { Component } from "../../../src/likelihood/component.js";
import { CompressedPart } from "../../../src/likelihood/compress.js";
import { evaluateFeatures, nodeCharges } from "../../../src/likelihood/prediction/features.js";
import { fitPrediction } from "../../../src/likelihood/prediction/fit.js";
import { evaluateBasis, polynomialBasis } from "../../../src/likelihood/prediction/polynomials.js";
import { predictionError, predictor } from "../../../src/likelihood/prediction/predict.js";
import {
  type ChargePolynomial,
  quadraticForm,
} from "../../../src/likelihood/prediction/quadratic.js";
import { TermTemplates } from "../../../src/likelihood/templates.js";
import { chargeModel } from "../../../src/model/charges.js";
import { PARAMETERS, standardModelPoint } from "../../../src/model/parameters.js";

const { description, observations } = liao2024.compile();
const model = chargeModel(description.charges);
const chargesAt = (parameters: Float64Array) => {
  const charges = new Float64Array(description.charges.length);
  model.fill(parameters, charges);
  return charges;
};
const reference = chargesAt(standardModelPoint());
const componentOf = (...names: string[]) => {
  const terms = description.terms.filter(({ name }) => names.includes(name));
  const templates = terms.map((term) => new TermTemplates(term, description));
  return new Component(templates, description, observations, true);
};

/** Couplings up to 1, some of them. */
const couplings = fc.array(fc.oneof(fc.constant(0), fc.double({ min: -1, max: 1, noNaN: true })), {
  minLength: 10,
  maxLength: 10,
});
const chargesOf = (values: readonly number[]) => {
  const point = standardModelPoint();
  values.forEach((value, k) => {
    point[k] = value;
  });
  expect(PARAMETERS[9].name).toBe("eps_mutau_d");
  return chargesAt(point);
};

describe("predicted nuisances", () => {
  const component = componentOf("csi");
  const origin = Float64Array.of(-1, 0, 0, 0);
  const prediction = fitPrediction(component, description, origin, reference, 2);

  it("give χ² to 5e-5 for couplings up to 1, by one evaluation", () => {
    const sample = fc.sample(couplings, { numRuns: 2000, seed: 4 }).map(chargesOf);
    const edges = [0, 1e-3, 0.3, 3, 300].flatMap((e) =>
      [0, 1e-3, 0.3, 3, 300].map((mu) => reference.map((q, c) => q * (c % 2 ? mu : e))),
    );
    const samples = [...sample, ...edges];
    const { absolute, relative } = predictionError(prediction, component, description, samples, 2);
    expect(absolute).toBeLessThan(5e-5);
    expect(relative).toBeLessThan(5e-7);
  });

  it("are the nuisances themselves", () => {
    const theta = new Float64Array(4);
    predictor(prediction)(reference, theta);
    component.minimise(reference, 2, 1e-12);
    const sigma = prediction.nuisances.map((j) => description.nuisances[j].sigma as number);
    theta.forEach((value, j) => {
      expect(Math.abs(value - component.theta[j]) / sigma[j]).toBeLessThan(5e-3);
    });
  });

  it("keep the signal finite however large the charges", () => {
    const theta = new Float64Array(4);
    predictor(prediction)(
      reference.map((q) => 1e9 * q),
      theta,
    );
    expect(theta[0]).toBeGreaterThan(-1);
    expect(1 + theta[0]).toBeLessThan(1e-8);
  });

  it("have coefficients that float32 holds", () => {
    for (const x of prediction.coefficients) expect(Math.abs(x)).toBeLessThan(20);
  });

  it("are known to fail where they do: each flavour's charges out of step", () => {
    const swapped = reference.map((q, c) => (description.charges[c].nucleus === "Cs" ? 0 : 2 * q));
    const strange = Array.from({ length: 9 }, (_, i) => swapped.map((q) => q * i));
    const { absolute } = predictionError(prediction, component, description, strange, 2);
    expect(absolute).toBeGreaterThan(1e-4);
  });

  it("rest on variables between 0 and 1 that sum to what signal there is", () => {
    const g = new Float64Array(2);
    for (const charges of nodeCharges(prediction.features, reference, 10)) {
      const rest = evaluateFeatures(prediction.features, charges, g);
      expect(rest).toBeCloseTo(1 - g[0] - g[1], 14);
      expect(Math.min(...g, rest)).toBeGreaterThanOrEqual(0);
    }
    evaluateFeatures(prediction.features, reference, g);
    expect(g[0] + g[1]).toBeCloseTo(0.5, 14);
  });
});

describe("the polynomial basis", () => {
  it("reproduces any polynomial of its degree", () => {
    const basis = polynomialBasis(2, 2);
    expect(basis.exponents).toHaveLength(6);
    const at = (x: number, y: number) => {
      const values = new Float64Array(6);
      evaluateBasis(basis, Float64Array.of(x, y), values);
      return values;
    };
    // T_1(2x − 1) T_1(2y − 1) and T_2(2y − 1), written out
    const [, , t02, , t11] = at(0.3, 0.8);
    expect(t11).toBeCloseTo((2 * 0.3 - 1) * (2 * 0.8 - 1), 14);
    expect(t02).toBeCloseTo(2 * (2 * 0.8 - 1) ** 2 - 1, 14);
  });
});

describe("the quadratic form of Gaussian terms", () => {
  const component = componentOf("lar");
  const parts = component.parts.filter((part) => part instanceof CompressedPart);
  const own = component.terms[0].term.charges;
  const evaluate = ({ constant, terms }: ChargePolynomial, q: Float64Array) =>
    terms.reduce((x, { charges, coefficient }) => {
      return x + charges.reduce((product, c) => product * q[c], coefficient);
    }, constant);

  it.each([[0], [-1]])("is the part itself, from θ₀ = %d", (start) => {
    const origin = Float64Array.of(start, 0, 0);
    const form = quadraticForm(parts, origin, own, reference, 2);
    fc.assert(
      fc.property(
        couplings,
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (values, eta) => {
          const q = chargesOf(values);
          parts[0].setPoint(q, 2);
          const theta = Float64Array.from(eta, (value, j) => value + origin[j]);
          const chi2 = parts[0].chi2At(theta);
          let found = evaluate(form.c, q);
          let entry = 0;
          for (let i = 0; i < 3; i++) {
            found -= 2 * evaluate(form.b[i], q) * eta[i];
            for (let j = 0; j <= i; j++) {
              found += (i === j ? 1 : 2) * evaluate(form.A[entry++], q) * eta[i] * eta[j];
            }
          }
          expect(Math.abs(found - chi2)).toBeLessThan(1e-9 * (1 + Math.abs(chi2)));
        },
      ),
    );
  });

  it("has no charge in its constant where the signal counts from nothing", () => {
    const from = (start: number) =>
      quadraticForm(parts, Float64Array.of(start, 0, 0), own, reference, 2);
    expect(from(-1).c.terms).toEqual([]);
    expect(from(0).c.terms.length).toBeGreaterThan(0);
    expect(
      from(-1).b.every(({ terms }) => terms.every(({ charges }) => charges.length === 1)),
    ).toBe(true);
  });
});
