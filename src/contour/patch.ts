/** What nine values of a cell, [3 × 3] with y fastest, say of the surface within it. */
export interface PatchBounds {
  /** Values that the biquadratic through them does not leave, widened by what that may lack. */
  readonly low: number;
  readonly high: number;
  /** Whether it rises along one direction everywhere: a contour then crosses it once, in one piece. */
  readonly isMonotonic: boolean;
}

/** Of second differences: what a cell's own shape may lack, and what its slopes may. */
const LACK = 0.25;
const SLOPE_LACK = 0.75;

/** Bounds from values on a square stencil of n × n vertices, [n × n], the cell in their middle. */
export function patchBounds(values: ArrayLike<number>, n: 3 | 4): PatchBounds {
  let [bendX, bendY, twist] = [0, 0, 0];
  let xLow = Number.POSITIVE_INFINITY;
  let xHigh = Number.NEGATIVE_INFINITY;
  let yLow = Number.POSITIVE_INFINITY;
  let yHigh = Number.NEGATIVE_INFINITY;
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < n; j++, at++) {
      if (i + 1 < n) {
        const slope = values[at + n] - values[at];
        xLow = Math.min(xLow, slope);
        xHigh = Math.max(xHigh, slope);
        if (i > 0) bendX = Math.max(bendX, Math.abs(slope - values[at] + values[at - n]));
      }
      if (j + 1 < n) {
        const slope = values[at + 1] - values[at];
        yLow = Math.min(yLow, slope);
        yHigh = Math.max(yHigh, slope);
        if (j > 0) bendY = Math.max(bendY, Math.abs(slope - values[at] + values[at - 1]));
      }
      if (i + 1 < n && j + 1 < n) {
        const turn = values[at + n + 1] - values[at + n] - values[at + 1] + values[at];
        twist = Math.max(twist, Math.abs(turn));
      }
    }
  }
  const first = n === 3 ? 0 : 1;
  const last = 2;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = first; i <= last; i++) {
    for (let j = first; j <= last; j++) {
      low = Math.min(low, values[i * n + j]);
      high = Math.max(high, values[i * n + j]);
    }
  }
  // A parabola leaves the values of its ends and middle by an eighth of its second difference.
  const lack = (LACK + 1 / 8) * (bendX + bendY + twist);
  const [wideX, wideY] = [SLOPE_LACK * bendX + LACK * twist, SLOPE_LACK * bendY + LACK * twist];
  const [meanX, meanY] = [(xLow + xHigh) / 2, (yLow + yHigh) / 2];
  // The slope along the mean one is smallest at a corner of the box of slopes.
  const least =
    meanX ** 2 -
    Math.abs(meanX) * ((xHigh - xLow) / 2 + wideX) +
    meanY ** 2 -
    Math.abs(meanY) * ((yHigh - yLow) / 2 + wideY);
  return { low: low - lack, high: high + lack, isMonotonic: least > 0 };
}
