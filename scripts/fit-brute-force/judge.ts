import { bruteForce } from "./brute-force.js";
import type { RandomFit } from "./cases.js";
import { differences } from "./compare.js";
import { type Report, runFit } from "./program.js";

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

/** Random starts of the second look where fit and brute force differ, in those of the first. */
const DILIGENCE = 8;

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
  const own = bruteForce(fit, seed);
  let wrong = differences(fit, report, own.result, own.probe);
  if (report.chi2 < own.result.chi2 - TOLERANCE || wrong.length > 0) {
    // It may have missed what the fit has found: where it starts from does not matter to what is lower. And
    // one node of a flat valley that was not found makes two minima of it: more starts decide.
    const again = bruteForce(fit, seed, pointsOf(fit, report), DILIGENCE);
    const now = differences(fit, report, again.result, again.probe);
    if (now.join() !== wrong.join() || again.result.chi2 < own.result.chi2 - TOLERANCE) {
      texts.push(
        `brute force missed something, χ² ${own.result.chi2} at first: ${wrong.join("; ")}`,
      );
    }
    wrong = now;
  }
  texts.push(...wrong);
  if (answer.status === 4) {
    return { verdict: "uncertain", texts: [said, ...texts], seconds: took() };
  }
  return { verdict: wrong.length > 0 ? "wrong" : "right", texts, seconds: took() };
}

/** The minimum of a fit, and every other that it tells, as values of its free parameters. */
function pointsOf(fit: RandomFit, { parameters, intervals }: Report): Float64Array[] {
  const minima = intervals.flatMap((interval) => interval.minima.map((m) => m.parameters));
  return [parameters, ...minima].flatMap((values) =>
    values ? [Float64Array.from(fit.free, ({ name }) => values[name])] : [],
  );
}
