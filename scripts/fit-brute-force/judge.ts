import { bruteForce } from "./brute-force.js";
import type { RandomFit } from "./cases.js";
import { differences } from "./compare.js";
import { runFit } from "./program.js";

/** Uncertain: the fit ended with status 4. Failed: with neither 0 nor 4. */
export type Verdict = "right" | "wrong" | "uncertain" | "failed";

export interface Judged {
  readonly verdict: Verdict;
  /** What the fit said or has wrong. */
  readonly texts: readonly string[];
  /** Of the fit and of brute force. */
  readonly seconds: readonly [number, number];
}

/** Largest difference of χ² by which a fit may be below brute force. */
const TOLERANCE = 1e-3;

/** Runs a fit and brute force. @param root of the repository */
export function judge(fit: RandomFit, seed: number, root: string): Judged {
  const answer = runFit(fit, root);
  const began = performance.now();
  const took = () => [answer.seconds, (performance.now() - began) / 1000] as const;
  const said = answer.stderr.trim();
  const { report } = answer;
  if (!report || (answer.status !== 0 && answer.status !== 4)) {
    return { verdict: "failed", texts: [said], seconds: took() };
  }
  const texts: string[] = [];
  let { result, probe } = bruteForce(fit, seed);
  if (report.chi2 < result.chi2 - TOLERANCE) {
    texts.push(`brute force missed χ² ${report.chi2.toFixed(4)}: it had ${result.chi2.toFixed(4)}`);
    const point = Float64Array.from(fit.free, ({ name }) => report.parameters[name]);
    ({ result, probe } = bruteForce(fit, seed, [point]));
  }
  const wrong = differences(fit, report, result, probe);
  texts.push(...wrong);
  if (answer.status === 4) {
    return { verdict: "uncertain", texts: [said, ...texts], seconds: took() };
  }
  return { verdict: wrong.length > 0 ? "wrong" : "right", texts, seconds: took() };
}
