import { describe, expect, it } from "vitest";
import {
  barycentricWeights,
  cardinalValues,
  chebyshevNodes,
} from "../../src/numerics/interpolation.js";

describe("barycentric interpolation at Chebyshev nodes", () => {
  const nodes = chebyshevNodes(24, 0.5, 3);
  const weights = barycentricWeights(nodes);

  it("has its nodes inside the interval, ascending, symmetric about the middle", () => {
    expect(nodes[0]).toBeGreaterThan(0.5);
    nodes.forEach((node, i) => {
      if (i > 0) expect(node).toBeGreaterThan(nodes[i - 1]);
      expect(node + nodes[23 - i]).toBeCloseTo(3.5, 14);
    });
    // Roots of T_24.
    for (const node of nodes) {
      expect(Math.cos(24 * Math.acos((node - 1.75) / 1.25))).toBeCloseTo(0, 12);
    }
  });

  it("reproduces an analytic function to rounding, and its nodes exactly", () => {
    const f = (x: number) => 30 ** x * Math.exp(-x * x);
    for (let x = 0.5; x <= 3; x += 0.013) {
      const values = cardinalValues(nodes, weights, x);
      const sum = values.reduce((total, value, i) => total + value * f(nodes[i]), 0);
      expect(Math.abs(sum / f(x) - 1)).toBeLessThan(1e-12);
    }
    expect([...cardinalValues(nodes, weights, nodes[4])].indexOf(1)).toBe(4);
  });
});
