import { type CurveRange, curveRanges, settle } from "../contour/curve-features.js";
import { ProfileCurve } from "../contour/profile-curve.js";
import { parameterIndex } from "../model/parameters.js";
import { type BestFit, certified, fallOf } from "./best-fit.js";
import { ChargeSurrogate } from "./charge-surrogate.js";
import type { ChiSquare } from "./chi-square.js";
import type { FreeParameter } from "./free-parameter.js";
import { FreeSpace } from "./free-space.js";
import { landmarks } from "./landmarks.js";
import { localMinimum } from "./local-minimum.js";
import { ParameterProfile } from "./parameter-profile.js";
import { minimaOf, type Profiled, type ProfileMinimum, verify } from "./profiled.js";

/** Values of a parameter where its profile lies below the level. */
export interface ParameterRange extends CurveRange {}

/** What the profile of one parameter allows at a level. */
export interface ParameterInterval {
  readonly name: string;
  /** At the minimum of χ². */
  readonly value: number;
  readonly valueIsEdge: boolean;
  /** Ends of the range that holds the value, from which errors of the form +a −b are; null: an edge. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Every range below the level, ascending. */
  readonly ranges: readonly ParameterRange[];
  /** Every local minimum below the level, lowest first. */
  readonly minima: readonly ProfileMinimum[];
  /** Whether every end was met again by minimising anew there, and nothing lower was found. */
  readonly isCertain: boolean;
}

/** A minimum, and the interval of each free parameter around it. */
export interface IntervalFit {
  /** The minimum given, or a lower one that was met along a profile. */
  readonly best: BestFit;
  readonly intervals: readonly ParameterInterval[];
}

/** Called with the share of the work that is done, and what comes next. */
export type FitProgress = (share: number, next: string) => void;

/** Rounds of looking again before an interval is called uncertain. */
const MOST_ROUNDS = 6;
/** χ² below which two minima are the same. */
const SAME_CHI2 = 1e-5;

/**
 * The profile intervals of each free parameter, the other free ones minimised over globally: every
 * range where χ² is less than `deltaChi2` above its minimum. Each end and each minimum is verified by
 * minimising there anew.
 * @param best a minimum that {@link bestFit} found
 * @param deltaChi2 rise of χ², 1 for 1σ
 */
export function intervalFit(
  chi2: ChiSquare,
  best: BestFit,
  free: readonly FreeParameter[],
  deltaChi2: number,
  onProgress: FitProgress = () => {},
): IntervalFit {
  const space = new FreeSpace(best.parameters, free);
  const fall = fallOf(chi2, free);
  const surrogate = new ChargeSurrogate(chi2, best.parameters);
  let lowest = { parameters: best.parameters, value: best.chi2 };
  const profiled = free.map((parameter, i): Profiled => {
    const { name, lower, upper } = parameter;
    onProgress((0.5 * i) / free.length, `profile of ${name}`);
    const profile = new ParameterProfile(fall, space, name, surrogate, best.chi2, deltaChi2);
    const every = free.length > 1 ? 2 : 1;
    const places = landmarks(chi2.analysis.description, best.parameters, parameter, every);
    return {
      parameter,
      profile,
      curve: new ProfileCurve(profile.evaluate, [lower, upper], places),
    };
  });
  const known: Float64Array[] = [best.parameters];
  const take = (one: Profiled, parameters: Float64Array): void => {
    const node = one.curve.at(parameters[parameterIndex(one.parameter.name)]);
    one.profile.offer(one.curve.nodes, node, parameters);
  };
  /** Refines every profile; what one finds lowest is told to all. */
  const refine = (): void => {
    for (const one of profiled) {
      one.curve.refine(deltaChi2);
      settle(one.curve, one.curve.lowest.value + deltaChi2);
      const found = one.curve.lowest;
      if (found.value < lowest.value - SAME_CHI2 / 10) {
        const anew = localMinimum(fall, space, space.point(found.parameters));
        lowest = { parameters: space.parameters(anew.point), value: anew.value };
        known.push(lowest.parameters);
      }
    }
  };
  for (const one of profiled) take(one, best.parameters);
  for (let round = 0; round < 2; round++) {
    onProgress(0.5 + 0.1 * round, "refining");
    refine();
    const minima = profiled.flatMap((one) => minimaOf(one, lowest.value, deltaChi2));
    for (const one of profiled) {
      for (const { parameters } of minima) if (free.length > 1) take(one, parameters);
      for (const parameters of known) take(one, parameters);
    }
  }
  let isVerified = false;
  for (let round = 0; round < MOST_ROUNDS && !isVerified; round++) {
    onProgress(0.7 + (0.3 * round) / MOST_ROUNDS, "minimising anew at ends and minima");
    refine();
    isVerified = profiled
      .map((one) => verify(one, lowest.value + deltaChi2))
      .every((nothingLower) => nothingLower);
  }
  refine();
  const final =
    lowest.value < best.chi2 - SAME_CHI2
      ? certified(chi2, space, space.point(lowest.parameters))
      : best;
  const intervals = profiled.map((one) => intervalOf(one, chi2, final, deltaChi2, isVerified));
  return { best: final, intervals };
}

/** The intervals of {@link intervalFit} alone. */
export function parameterIntervals(
  chi2: ChiSquare,
  best: BestFit,
  free: readonly FreeParameter[],
  deltaChi2: number,
): readonly ParameterInterval[] {
  return intervalFit(chi2, best, free, deltaChi2).intervals;
}

function intervalOf(
  one: Profiled,
  likelihood: ChiSquare,
  { parameters, chi2 }: BestFit,
  deltaChi2: number,
  isVerified: boolean,
): ParameterInterval {
  const { name, lower, upper } = one.parameter;
  const value = parameters[parameterIndex(name)];
  const { ranges, isCertain } = curveRanges(one.curve, chi2 + deltaChi2);
  const isSettled = one.curve.nodes.every(
    (node) => node.value > chi2 + deltaChi2 + 1 || node.valleys[0].isSettled,
  );
  const minima = minimaOf(one, chi2, deltaChi2);
  // What is published must rest on nuisances that reached their minimum.
  const isProfiled = [
    ...minima.map((minimum) => minimum.parameters),
    ...ranges
      .flatMap(({ lower: from, upper: to }) => [from, to])
      .map((x) => one.curve.at(x).parameters),
  ].every((place) => likelihood.profile(place).converged);
  const own = ranges.find((range) => value >= range.lower && value <= range.upper);
  return {
    name,
    value,
    valueIsEdge: value <= lower || value >= upper,
    lower: !own || own.lowerIsEdge ? null : own.lower,
    upper: !own || own.upperIsEdge ? null : own.upper,
    ranges,
    minima,
    isCertain: isVerified && isCertain && isSettled && isProfiled && !one.curve.isExhausted,
  };
}
