import { describe, expect, it } from "vitest";
import { chi2Survival } from "../../src/numerics/special.js";
import { philox, Random } from "../../src/toys/random.js";

const N = 40_000;
const sample = (draw: (random: Random) => number, seed = 5) => {
  const random = new Random(seed, 0);
  return Float64Array.from({ length: N }, () => draw(random));
};
const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((a, b) => a + b) / values.length;

/** Probability of a χ² at least this large between counts and their expectation. */
function goodness(counts: readonly number[], expected: readonly number[]): number {
  const chi2 = counts.reduce((sum, n, i) => sum + (n - expected[i]) ** 2 / expected[i], 0);
  return chi2Survival(chi2, counts.length - 1);
}

describe("Philox-4×32-10", () => {
  // Known answers of the authors' Random123 library.
  it.each([
    [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [Array(4).fill(0xffffffff), Array(2).fill(0xffffffff), "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      "d16cfe09 94fdcceb 5001e420 24126ea1",
    ],
  ])("of %j with key %j", (counter, key, answer) => {
    const words = [...philox(counter, key)].map((word) => word.toString(16).padStart(8, "0"));
    expect(words.join(" ")).toBe(answer);
  });
});

describe("random numbers", () => {
  it("are a function of seed and index, also beyond 32 bits", () => {
    const first = (seed: number, index: number) => new Random(seed, index).uniform();
    expect(first(7, 3)).toBe(first(7, 3));
    const others = [
      [7, 4],
      [8, 3],
      [7 + 2 ** 32, 3],
      [7, 3 + 2 ** 32],
      [3, 7],
    ].map(([seed, index]) => first(seed, index));
    expect(new Set([first(7, 3), ...others]).size).toBe(6);
  });

  it("are uniform, in pairs too", () => {
    const random = new Random(1, 2);
    const cells = new Array(64).fill(0);
    for (let i = 0; i < N; i++) {
      const x = Math.floor(8 * random.uniform());
      cells[8 * x + Math.floor(8 * random.uniform())]++;
    }
    expect(goodness(cells, Array(64).fill(N / 64))).toBeGreaterThan(1e-4);
  });

  it("are normal to the fourth moment", () => {
    const random = new Random(5, 0);
    const N = 400_000;
    const values = Float64Array.from({ length: N }, () => random.normal());
    const moment = (k: number) => mean(values.map((x) => x ** k));
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(N));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / N));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / N));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / N));
  });

  it.each([0.01, 0.7, 4, 31, 32, 33, 75, 400])("are Poisson of mean %d", (mu) => {
    const values = sample((random) => random.poisson(mu));
    expect(Math.abs(mean(values) - mu)).toBeLessThan(4 * Math.sqrt(mu / N));
    const variance = mean(values.map((n) => (n - mu) ** 2));
    const spread = Math.sqrt((mu + 2 * mu * mu) / N);
    expect(Math.abs(variance - mu)).toBeLessThan(4 * spread);
  });

  it("are Poisson bin by bin, zero included", () => {
    const mu = 3.3;
    const values = sample((random) => random.poisson(mu));
    const probabilities = [Math.exp(-mu)];
    for (let n = 1; n < 10; n++) probabilities.push((probabilities[n - 1] * mu) / n);
    const tail = 1 - probabilities.reduce((a, b) => a + b);
    const counts = Array.from({ length: 11 }, (_, n) =>
      values.reduce((sum, value) => sum + (Math.min(value, 10) === n ? 1 : 0), 0),
    );
    const expected = [...probabilities, tail].map((p) => N * p);
    expect(goodness(counts, expected)).toBeGreaterThan(1e-4);
    expect(new Random(1, 1).poisson(0)).toBe(0);
  });
});
