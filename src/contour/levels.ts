import { InputError } from "../errors.js";
import {
  chi2Quantile,
  chi2QuantileOfTail,
  chi2Survival,
  sigmaToProbability,
  sigmaToTail,
} from "../numerics/special.js";

/** A confidence level: a contour is drawn at the Δχ² that χ² with the plane's dof exceeds with 1 − probability. */
export interface Level {
  /** Canonical spelling, which {@link parseLevel} reads back: `2σ`, `90%`, `Δχ²=4.61`. */
  readonly label: string;
  readonly texLabel: string;
  readonly probability: (dof: number) => number;
  readonly deltaChi2: (dof: number) => number;
}

/** Beyond this the tail probability is too small for the quantile's digits (1e-89). */
const LARGEST_SIGMA = 20;

const NUMBER = String.raw`(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)`;
const SIGMAS = new RegExp(String.raw`^${NUMBER}\s*(?:sigma|σ)$`, "i");
const PERCENT = new RegExp(String.raw`^${NUMBER}\s*%\s*(?:cl|c\.l\.)?$`, "i");
const FRACTION = new RegExp(`^${NUMBER}$`, "i");
const DELTA = new RegExp(String.raw`^(?:Δχ²|Δχ2|Δχ\^2|dchi2|delta_?chi2)\s*=\s*${NUMBER}$`, "i");

function impossible(text: string, why: string): InputError {
  return new InputError(
    "impossible-level",
    `Confidence level "${text}" ${why}. Write a number of standard deviations (2sigma, 2σ; above 0, at most ${LARGEST_SIGMA}), a probability between 0 and 1 exclusive (90%, 0.9), or a threshold (dchi2=4.61).`,
    { level: text },
  );
}

function fromSigma(text: string, sigma: number): Level {
  if (!(sigma > 0)) throw impossible(text, "holds no probability");
  if (sigma > LARGEST_SIGMA) throw impossible(text, `is beyond ${LARGEST_SIGMA}σ`);
  return {
    label: `${sigma}σ`,
    texLabel: `${sigma}\\sigma`,
    probability: () => sigmaToProbability(sigma),
    deltaChi2: (dof) => chi2QuantileOfTail(sigmaToTail(sigma), dof),
  };
}

function fromPercent(text: string, percent: number): Level {
  if (!(percent > 0)) throw impossible(text, "holds no probability");
  if (percent > 100) throw impossible(text, "is more than certainty");
  if (!(percent < 100)) throw impossible(text, "is certainty, which no contour encloses");
  return {
    label: `${percent}%`,
    texLabel: `${percent}\\,\\%`,
    probability: () => percent / 100,
    deltaChi2: (dof) => chi2Quantile(percent / 100, dof),
  };
}

function fromDelta(text: string, delta: number): Level {
  if (!(delta > 0 && delta < Number.POSITIVE_INFINITY)) {
    throw impossible(text, "needs a finite Δχ² above zero");
  }
  return {
    label: `Δχ²=${delta}`,
    texLabel: `\\Delta\\chi^2 = ${delta}`,
    probability: (dof) => 1 - chi2Survival(delta, dof),
    deltaChi2: () => delta,
  };
}

/**
 * Reads a confidence level as users write it: `1sigma`, `2σ`, `90%`, `90 % CL`, `0.9`,
 * `Δχ²=4.61` (or `dchi2=4.61`). A bare number is a probability.
 * @throws InputError `impossible-level` for 0, 100 %, negative, NaN and whatever cannot be read
 */
export function parseLevel(level: string | number): Level {
  const text = String(level).trim();
  const matched = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? Number.NaN);
  if (SIGMAS.test(text)) return fromSigma(text, matched(SIGMAS));
  if (PERCENT.test(text)) return fromPercent(text, matched(PERCENT));
  if (DELTA.test(text)) return fromDelta(text, matched(DELTA));
  if (!FRACTION.test(text)) throw impossible(text, "cannot be read");
  const fraction = matched(FRACTION);
  if (fraction >= 1) {
    throw impossible(text, `is not a probability: write ${text}sigma or ${text}% if you mean that`);
  }
  // Rounded so that 0.29 reads 29%, not 28.999999999999996%.
  return fromPercent(text, Number((100 * fraction).toPrecision(12)));
}
