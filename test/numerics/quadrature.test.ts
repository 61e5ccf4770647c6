import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compositeRule, gaussLegendre, integrate } from "../../src/numerics/quadrature.js";
import { uniform } from "../physics/uniform.js";

const coefficient = uniform(-1, 1);

describe("gaussLegendre", () => {
  it("has the published nodes and weights of order 5", () => {
    const { nodes, weights } = gaussLegendre(5);
    const [a, b] = [-1, 1].map((sign) => Math.sqrt(5 + sign * 2 * Math.sqrt(10 / 7)) / 3);
    const [wa, wb] = [1, -1].map((sign) => (322 + sign * 13 * Math.sqrt(70)) / 900);
    for (const [i, node] of [-b, -a, 0, a, b].entries()) expect(nodes[i]).toBeCloseTo(node, 15);
    for (const [i, w] of [wb, wa, 128 / 225, wa, wb].entries()) {
      expect(weights[i]).toBeCloseTo(w, 15);
    }
  });

  it.each([1, 2, 3, 8, 16, 33, 64])("order %i integrates every monomial up to 2n − 1", (order) => {
    const { nodes, weights } = gaussLegendre(order);
    for (let power = 0; power < 2 * order; power++) {
      const sum = nodes.reduce((total, x, i) => total + weights[i] * x ** power, 0);
      expect(Math.abs(sum - (power % 2 ? 0 : 2 / (power + 1)))).toBeLessThan(2e-14);
    }
    // … and not the next one: the rule is Gaussian, not better by accident of the test.
    const beyond = nodes.reduce((total, x, i) => total + weights[i] * x ** (2 * order), 0);
    if (order <= 8) expect(Math.abs(beyond - 2 / (2 * order + 1))).toBeGreaterThan(1e-6);
  });

  it("has ascending nodes inside the interval and positive weights", () => {
    for (const order of [2, 7, 16, 64]) {
      const { nodes, weights } = gaussLegendre(order);
      expect(nodes.every((x, i) => Math.abs(x) < 1 && (i === 0 || x > nodes[i - 1]))).toBe(true);
      expect(weights.every((w) => w > 0)).toBe(true);
    }
  });
});

describe("compositeRule and integrate", () => {
  it("are exact for polynomials between any breakpoints", () => {
    const polynomial = fc.array(coefficient, { minLength: 1, maxLength: 12 });
    const cuts = fc.uniqueArray(uniform(-3, 3), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(polynomial, cuts, fc.integer({ min: 1, max: 4 }), (c, unsorted, panels) => {
        const edges = [...unsorted].sort((a, b) => a - b);
        const { nodes, weights } = compositeRule(edges, panels, 6);
        const sum = nodes.reduce(
          (total, x, i) => total + weights[i] * c.reduceRight((y, k) => y * x + k, 0),
          0,
        );
        const primitive = (x: number) =>
          c.reduce((y, k, power) => y + (k * x ** (power + 1)) / (power + 1), 0);
        const exact = primitive(edges[edges.length - 1]) - primitive(edges[0]);
        return Math.abs(sum - exact) < 1e-9;
      }),
    );
  });

  it("sees a kink only through a breakpoint", () => {
    const kinked = (x: number) => Math.abs(x - 0.3);
    const { nodes, weights } = compositeRule([0, 0.3, 1], 1, 4);
    const sum = nodes.reduce((total, x, i) => total + weights[i] * kinked(x), 0);
    expect(sum).toBeCloseTo((0.09 + 0.49) / 2, 15);
    expect(Math.abs(integrate(kinked, 0, 1, 1, 4) - 0.29)).toBeGreaterThan(1e-4);
  });

  it("converge on a smooth function, and see nothing in an empty interval", () => {
    expect(integrate(Math.exp, -1, 2)).toBeCloseTo(Math.E ** 2 - 1 / Math.E, 13);
    expect(integrate((x) => 1 / (1 + x * x), 0, 10, 8)).toBeCloseTo(Math.atan(10), 13);
    expect(integrate(Math.exp, 1, 1)).toBe(0);
  });
});
