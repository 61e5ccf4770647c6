import type { LikelihoodEvaluator } from "./evaluator.js";

/** Profiles along a line of points. */
export interface LineProfiles {
  /** [points] */
  readonly chi2: Float64Array;
  /** ∂χ²/∂q_c, [points × charges]. */
  readonly gradients: Float64Array;
  /** Nuisances of the description at the minimum, [points × nuisances]. */
  readonly theta: Float64Array;
  /** How many points were searched for the lowest of all minima, not only followed. */
  readonly searched: number;
  /** Points whose minimum was not reached for certain. */
  readonly unsettled: number;
}

/** Every so many-th point is searched, at least; in between, minima are followed from point to point. */
const STRIDE = 16;
/** Points less apart than this, whose minima do not lead to each other, have a crossing between them. */
const CLOSEST = 2;
/** χ² that is as low as another, as a fraction of it. */
const SAME = 1e-9;

/**
 * Profiles one combination at points of which each is a small step from the next (a row of a grid), many
 * times as fast as one by one: a profile starts from its neighbours' nuisances, extrapolated.
 *
 * So that no higher branch of minima is followed, every 16th point and the ends are searched for the
 * lowest of all minima. Between two of them the minimum is followed from the left and from the right, and
 * the lower is kept; where either does not arrive at the other's end, the point in the middle is searched,
 * and so on in both halves: searches are dense where branches cross. Points
 * in between may still have a branch of their own that no search met: hold some of them against
 * {@link LikelihoodEvaluator.chargeGradient}, and pass `phase` from row to row, so that the searched
 * points of neighbouring rows are not side by side. Depends on nothing but its arguments.
 *
 * @param combination index of the evaluator's combinations
 * @param charges squared charges of the points, [points × charges]
 * @param nuisances of the description
 * @param phase shifts the points that are searched, any integer: the index of a row
 */
export function profileLine(
  evaluator: LikelihoodEvaluator,
  combination: number,
  charges: Float64Array,
  familyValue: number,
  size: { readonly charges: number; readonly nuisances: number },
  phase = 0,
): LineProfiles {
  const points = charges.length / size.charges;
  const chi2 = new Float64Array(points).fill(Number.NaN);
  const gradients = new Float64Array(charges.length);
  const theta = new Float64Array(points * size.nuisances);
  const gradient = new Float64Array(size.charges);
  const trial = new Float64Array(size.nuisances);
  const settled = new Uint8Array(points);
  let searched = 0;
  const chargesAt = (k: number) => charges.subarray(k * size.charges, (k + 1) * size.charges);
  const thetaAt = (k: number) => theta.subarray(k * size.nuisances, (k + 1) * size.nuisances);
  const keepLower = (k: number, value: number): void => {
    if (value >= chi2[k]) return;
    chi2[k] = value;
    settled[k] = evaluator.converged ? 1 : 0;
    gradients.set(gradient, k * size.charges);
    thetaAt(k).set(trial);
  };
  const search = (k: number): void => {
    searched++;
    trial.fill(0);
    const at = chargesAt(k);
    keepLower(k, evaluator.chargeGradient(at, familyValue, combination, gradient, trial));
  };
  /** Whether the minimum followed from a point arrives at one as low as that known at another. */
  const follow = (from: number, to: number): boolean => {
    const step = from < to ? 1 : -1;
    const last = thetaAt(from).slice();
    const before = last.slice();
    let arrives = true;
    for (let k = from + step; k !== to + step; k += step) {
      // Along the line through the latest two; from the first, straight on.
      for (let j = 0; j < trial.length; j++) trial[j] = 2 * last[j] - before[j];
      before.set(last);
      const at = chargesAt(k);
      const value = evaluator.chargeGradientNear(at, familyValue, combination, gradient, trial);
      last.set(trial);
      if (k === to) arrives = value <= chi2[k] + SAME * Math.abs(chi2[k]);
      keepLower(k, value);
    }
    return arrives;
  };
  /** Both ends have been searched. */
  const between = (left: number, right: number): void => {
    if (right - left < CLOSEST) return;
    const isOneBranch = follow(left, right);
    // A branch may end beyond its crossing with another, in which its descents arrive: from the right
    // that other one is followed to where it ends.
    if (follow(right, left) && isOneBranch) return;
    const middle = (left + right) >> 1;
    search(middle);
    between(left, middle);
    between(middle, right);
  };

  const first = (((phase * 5) % STRIDE) + STRIDE) % STRIDE;
  const anchors = [0];
  for (let k = first || STRIDE; k < points - 1; k += STRIDE) anchors.push(k);
  if (points > 1) anchors.push(points - 1);
  anchors.forEach((k, a) => {
    search(k);
    if (a > 0) between(anchors[a - 1], k);
  });
  return {
    chi2,
    gradients,
    theta,
    searched,
    unsettled: points - settled.reduce((a, b) => a + b, 0),
  };
}
