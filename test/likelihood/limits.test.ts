import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Effect, Nuisance, Problem } from "../../src/likelihood/description.js";
import { LikelihoodEvaluator } from "../../src/likelihood/evaluator.js";
import { bruteForce, chi2Of, generator, makeProblem, makeTerm, naiveChi2 } from "./naive.js";
import { randomProblem } from "./random-problem.js";

const nuisance = (name: string, sigma: number | null, lower = -Infinity): Nuisance => ({
  name,
  symbol: name,
  sigma,
  lower,
  upper: Infinity,
});
const f64 = (...values: number[]) => Float64Array.from(values);

/** An on/off measurement: signal q·s and a free background of nominal b, exposure ratio τ. */
function onOff(on: number, off: number, s: number, b: number, tau: number): Problem {
  return makeProblem(
    {
      nuisances: [nuisance("background", null, -1)],
      terms: [
        makeTerm({
          name: "beam",
          bins: 2,
          signal: f64(s, 0),
          backgrounds: [{ name: "flat", counts: f64(b, tau * b) }],
          effects: [{ kind: "norm", nuisance: 0, component: 0 }],
        }),
      ],
    },
    { beam: { counts: f64(on, off) } },
  );
}

/** Analytic profile of on/off (Rolke, Lopez and Conrad, NIM A 551 (2005) 493, section 3). */
function onOffChi2(on: number, off: number, signal: number, tau: number): number {
  const a = on + off - (1 + tau) * signal;
  const background = (a + Math.sqrt(a * a + 4 * (1 + tau) * off * signal)) / (2 * (1 + tau));
  const bin = (n: number, mu: number) => 2 * (mu - n + (n > 0 ? n * Math.log(n / mu) : 0));
  return bin(on, signal + background) + bin(off, tau * background);
}

describe("free backgrounds", () => {
  it("have the analytic on/off profile, empty bins and an empty background included", () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.nat(40),
        fc.integer({ min: 1, max: 3000 }).map((value) => value / 100),
        fc.integer({ min: 20, max: 500 }).map((value) => value / 100),
        (on, off, signal, tau) => {
          const evaluator = new LikelihoodEvaluator(onOff(on, off, 2, 7, tau));
          const expected = onOffChi2(on, off, signal, tau);
          expect(Math.abs(chi2Of(evaluator, [signal / 2])[0] - expected)).toBeLessThan(1e-8);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("go exactly to their bound where the signal explains too much", () => {
    const evaluator = new LikelihoodEvaluator(onOff(3, 0, 2, 7, 1));
    const profile = evaluator.profile(f64(10), 0, 0);
    expect(profile.pulls[0]).toBe(-1);
    expect(profile.chi2).toBeCloseTo(2 * (20 - 3 + 3 * Math.log(3 / 20)), 10);
  });

  it("may be degenerate, or act on nothing, without making the profile singular", () => {
    const effects = [0, 1, 2].map(
      (j): Effect => ({ kind: "norm", nuisance: j, component: j === 2 ? 1 : 0 }),
    );
    for (const statistic of ["poisson", "gaussian"] as const) {
      for (const lower of [-1, -Infinity]) {
        const problem = makeProblem(
          {
            nuisances: ["a", "b", "c"].map((name) => nuisance(name, null, lower)),
            terms: [
              makeTerm({
                name: "t",
                statistic,
                bins: 2,
                signal: f64(1, 0.5),
                backgrounds: [
                  { name: "b", counts: f64(4, 4) },
                  { name: "nothing", counts: f64(0, 0) },
                ],
                effects,
              }),
            ],
          },
          { t: { counts: f64(12, 9), variance: f64(2, 3) } },
        );
        const evaluator = new LikelihoodEvaluator(problem);
        const single = new LikelihoodEvaluator({
          ...problem,
          description: {
            ...problem.description,
            terms: problem.description.terms.map((t) => ({ ...t, effects: effects.slice(0, 1) })),
          },
        });
        expect(chi2Of(evaluator, [3])[0]).toBeCloseTo(chi2Of(single, [3])[0], 9);
        expect(evaluator.profile(f64(3), 0, 0).pulls.every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe("vanishing counts", () => {
  const shape = (counts: Float64Array, deviation: Float64Array, background: Float64Array) =>
    makeProblem(
      {
        nuisances: [nuisance("shape", 1)],
        terms: [
          makeTerm({
            name: "t",
            bins: counts.length,
            signal: new Float64Array(counts.length).fill(1),
            backgrounds: [{ name: "b", counts: background }],
            effects: [{ kind: "relative", nuisance: 0, component: 0, deviation }],
          }),
        ],
      },
      { t: { counts } },
    );

  it("give +Infinity where events were seen that nothing explains, and 2μ where none were", () => {
    const problem = shape(f64(2, 0), f64(0.1, 0.1), f64(0, 0));
    const evaluator = new LikelihoodEvaluator(problem);
    expect(chi2Of(evaluator, [0])[0]).toBe(Infinity);
    const profile = evaluator.profile(f64(0), 0, 0);
    expect(profile.chi2).toBe(Infinity);
    expect(profile.chargeGradient[0]).toBeNaN();
    expect(chi2Of(evaluator, [2])[0]).toBeCloseTo(2 * 2, 12);
    expect(chi2Of(new LikelihoodEvaluator(shape(f64(0, 0), f64(1, 0), f64(0, 0))), [0])[0]).toBe(0);
  });

  it("are never negative: the minimum stops where an empty bin's μ reaches zero", () => {
    // Bin 0 pulls θ up to 9 (N = 100 from 10 + 10 θ); bin 1, empty, allows θ ≤ 5 (μ = 5 − θ).
    const problem = shape(f64(100, 0), f64(1, -0.2), f64(10, 5));
    const evaluator = new LikelihoodEvaluator({
      ...problem,
      description: { ...problem.description, nuisances: [nuisance("shape", 20)] },
    });
    const expected = 2 * (60 - 100 + 100 * Math.log(100 / 60)) + (5 / 20) ** 2;
    expect(chi2Of(evaluator, [0])[0]).toBeCloseTo(expected, 9);
    const { pulls, chargeGradient } = evaluator.profile(f64(0.01), 0, 0);
    expect(pulls[0]).toBeCloseTo(5.01, 9);
    const h = 1e-4;
    const [up, down] = [0.01 + h, 0.01 - h].map((q) => chi2Of(evaluator, [q])[0]);
    expect(chargeGradient[0]).toBeCloseTo((up - down) / (2 * h), 2);
  });

  it("agrees with brute force along edges of several empty bins", () => {
    const random = generator(7);
    let edges = 0;
    for (let i = 0; i < 40; i++) {
      const row = (f: () => number) => Float64Array.from({ length: 6 }, f);
      const problem = makeProblem(
        {
          nuisances: [nuisance("a", 3), nuisance("b", 3)],
          terms: [
            makeTerm({
              name: "t",
              bins: 6,
              signal: row(() => 0.2),
              backgrounds: [{ name: "b", counts: row(() => 1 + random()) }],
              effects: [0, 1].map((j) => ({
                kind: "relative",
                nuisance: j,
                component: 0,
                deviation: row(() => 2 * random() - 1),
              })),
            }),
          ],
        },
        { t: { counts: row(() => (random() < 0.6 ? 0 : Math.floor(8 * random()))) } },
      );
      const evaluator = new LikelihoodEvaluator(problem);
      const f = (theta: Float64Array) => naiveChi2(problem, ["t"], f64(0.3), theta);
      const chi2 = chi2Of(evaluator, [0.3])[0];
      const { pulls, expected } = evaluator.profile(f64(0.3), 0, 0);
      const least = Math.min(
        ...expected[0].signal.map((s, b) => s + expected[0].backgrounds[0][b]),
      );
      if (least < 1e-9) edges++;
      expect(least).toBeGreaterThan(-1e-12);
      // A coordinate search can stick to an edge: start it from all around, and from our minimum.
      const starts = [f64(0, 0), f64(1, -1), f64(-1, 1), f64(0.5, 0.5), pulls];
      const brute = Math.min(...starts.map((start) => bruteForce(f, start, [1, 1]).chi2));
      expect(Math.abs(chi2 - brute)).toBeLessThan(1e-6);
    }
    expect(edges).toBeGreaterThan(10);
  });

  it("finds counts that are zero at nominal nuisances but not elsewhere", () => {
    const problem = makeProblem(
      {
        nuisances: [nuisance("onset", 1)],
        terms: [
          makeTerm({
            name: "t",
            bins: 2,
            signal: f64(5, 0),
            effects: [
              {
                kind: "morph",
                nuisance: 0,
                component: "signal",
                linear: f64(-1, 1),
                quadratic: f64(0, 0),
              },
            ],
          }),
        ],
      },
      { t: { counts: f64(4, 2) } },
    );
    const f = (theta: Float64Array) => naiveChi2(problem, ["t"], f64(1), theta);
    const brute = bruteForce(f, f64(1), [1]);
    expect(chi2Of(new LikelihoodEvaluator(problem), [1])[0]).toBeCloseTo(brute.chi2, 8);
  });
});

describe("invariances", () => {
  it("a Gaussian bin split into two halves of twice the relative variance changes nothing", () => {
    const problem = randomProblem(5, { statistics: ["gaussian"], morphs: false });
    const [term] = problem.description.terms;
    const { bins } = term;
    const halve = (row: Float64Array) =>
      Float64Array.from({ length: 2 * row.length }, (_, i) => {
        const block = Math.floor(i / (2 * bins));
        return row[block * bins + (i % bins)] / 2;
      });
    const repeat = (row: Float64Array) => halve(row).map((value) => 2 * value);
    const { counts, variance } = problem.observations.t0;
    const split: Problem = {
      ...problem,
      description: {
        ...problem.description,
        terms: [
          {
            ...term,
            bins: 2 * bins,
            signal: halve(term.signal),
            backgrounds: term.backgrounds.map((b) => ({ ...b, counts: halve(b.counts) })),
            effects: term.effects.map((effect) =>
              effect.kind === "relative"
                ? { ...effect, deviation: repeat(effect.deviation) }
                : effect,
            ),
          },
        ],
      },
      observations: {
        t0: { counts: halve(counts), variance: halve(variance as Float64Array) },
      },
    };
    const charges = [1.5, 0.7];
    const [whole, halves] = [problem, split].map((p) =>
      chi2Of(new LikelihoodEvaluator(p), charges),
    );
    expect(halves[0]).toBeCloseTo(whole[0], 10);
  });

  it("a combination is the sum of its parts where nothing is shared, and more where it is", () => {
    const combine = (shared: boolean) => {
      const problem = randomProblem(3, { statistics: ["poisson", "gaussian"], shared });
      const combinations = [["t0"], ["t1"], ["t0", "t1"]].map((datasets) => ({
        name: datasets.join("+"),
        datasets,
      }));
      const effects = problem.description.terms.map((term) =>
        term.effects.filter((effect) => shared || effect.nuisance !== 0 || term.name === "t0"),
      );
      const terms = problem.description.terms.map((term, t) => ({ ...term, effects: effects[t] }));
      return chi2Of(
        new LikelihoodEvaluator({
          ...problem,
          description: { ...problem.description, terms },
          combinations,
        }),
        [1.3, 0.4, 2.6],
      );
    };
    const apart = combine(false);
    expect(apart[2]).toBe(apart[0] + apart[1]);
    const joint = combine(true);
    expect(joint[2]).toBeGreaterThan(joint[0] + joint[1] + 1e-6);
  });
});

describe("template families", () => {
  it("interpolate templates and morphs to rounding, remembering values without mixing them", () => {
    const nodes = f64(1, 1.25, 1.6, 1.9, 2.1);
    // Polynomials of degree 4 in x are interpolated exactly.
    const at = (x: number) => f64(3 + x ** 4, 2 * x * x, 5 - x);
    const morphAt = (x: number) => f64(0.1 * x, 0.2, -0.1 * x ** 3);
    const problem = (signal: Float64Array, linear: Float64Array, family: boolean) =>
      makeProblem(
        {
          nuisances: [nuisance("shape", 1), nuisance("norm", 0.1, -1)],
          ...(family ? { family: { parameter: "exponent_x", nodes } as const } : {}),
          terms: (["poisson", "gaussian"] as const).map((statistic) =>
            makeTerm({
              name: statistic,
              statistic,
              bins: 3,
              signal,
              backgrounds: [{ name: "b", counts: f64(1, 2, 3) }],
              effects: [
                { kind: "norm", nuisance: 1, component: "signal" },
                {
                  kind: "morph",
                  nuisance: 0,
                  component: "signal",
                  linear,
                  quadratic: new Float64Array(linear.length),
                },
              ],
            }),
          ),
        },
        Object.fromEntries(
          ["poisson", "gaussian"].map((name) => [
            name,
            { counts: f64(12, 7, 8), variance: f64(10, 9, 8) },
          ]),
        ),
        [
          { name: "poisson", datasets: ["poisson"] },
          { name: "gaussian", datasets: ["gaussian"] },
        ],
      );
    const table = (f: (x: number) => Float64Array) =>
      Float64Array.from([...nodes].flatMap((x) => [...f(x)]));
    const family = new LikelihoodEvaluator(problem(table(at), table(morphAt), true));
    for (const x of [
      1,
      1.37,
      2.05,
      1.37,
      1.6,
      ...Array.from({ length: 300 }, (_, i) => 1 + i / 300),
      1.37,
    ]) {
      const direct = new LikelihoodEvaluator(problem(at(x), morphAt(x), false));
      const expected = chi2Of(direct, [1.4]);
      chi2Of(family, [1.4], x).forEach((chi2, k) => {
        expect(chi2).toBeCloseTo(expected[k], 9);
      });
    }
  });
});
