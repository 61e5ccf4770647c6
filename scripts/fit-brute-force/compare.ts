import type { BruteForce, BruteProfile, Probe } from "./brute-force.js";
import type { RandomFit } from "./cases.js";
import type { FreeRange } from "./draw-range.js";
import type { Report } from "./program.js";

/** Largest difference of χ² that is none. */
const TOLERANCE = 1e-3;
/** Dips less deep than 0.01 are no minima to a fit; one deeper than this has to be said. */
const PROMINENT = 0.012;

type Interval = Report["intervals"][number];

/**
 * What is wrong in a fit, in words; nothing where it agrees with brute force.
 * @param probe the profile at any value; without it only what brute force has stored is compared
 */
export function differences(
  fit: RandomFit,
  found: Report,
  brute: BruteForce,
  probe?: Probe,
): string[] {
  if (found.chi2 > brute.chi2 + TOLERANCE) {
    return [`χ² ${found.chi2.toFixed(4)}, but it is ${brute.chi2.toFixed(4)}`];
  }
  return brute.intervals.flatMap((expected, k) => {
    const interval = found.intervals.find(({ name }) => name === expected.name);
    if (!interval) return [`${expected.name} is missing`];
    const at = probe && ((value: number) => probe(k, value) - brute.chi2);
    return [
      ...rangeDifferences(interval, expected, brute.level, at),
      ...minimumDifferences(interval, expected, brute, at),
      ...edgeDifferences(interval, fit.free[k]),
    ].map((text) => `${expected.name}: ${text}`);
  });
}

type Rise = ((value: number) => number) | undefined;

function rangeDifferences(
  { ranges }: Interval,
  expected: BruteProfile,
  level: number,
  rise: Rise,
): string[] {
  const wrong: string[] = [];
  const show = (list: Interval["ranges"]) =>
    list
      .map((r) => {
        const lower = `${r.lower.toFixed(5)}${r.lowerIsEdge ? " (edge)" : ""}`;
        return `${lower} … ${r.upper.toFixed(5)}${r.upperIsEdge ? " (edge)" : ""}`;
      })
      .join(", ");
  if (ranges.length === expected.ranges.length) {
    ranges.forEach((range, i) => {
      const other = expected.ranges[i];
      for (const side of ["lower", "upper"] as const) {
        const [ours, theirs] = [range[side], other[side]];
        const tie = expected.ties.some((value) => value === theirs);
        const edges = range[`${side}IsEdge`] === other[`${side}IsEdge`];
        const apart = Math.abs(ours - theirs);
        const slope = other[`${side}Slope`];
        const close = slope === 0 ? apart < 1e-9 : apart * slope <= TOLERANCE;
        if (tie || (edges && (close || apart < 1e-7))) continue;
        if (edges && !range[`${side}IsEdge`] && rise) {
          if (Math.abs(rise(ours) - level) <= 2 * TOLERANCE) continue;
        }
        wrong.push(
          `end ${ours.toFixed(6)}${rise ? `, where Δχ² is ${rise(ours).toFixed(4)},` : ""} and not ${theirs.toFixed(6)}`,
        );
      }
    });
    if (wrong.length === 0) return [];
  } else if (expected.ties.length > 0 && (!rise || tied(ranges, expected, level, rise))) {
    return [];
  }
  return [`${show(ranges)}, but ${show([...expected.ranges])} [${wrong.join("; ")}]`];
}

/** Whether every end is at the level, and every range of brute force in one of the fit's, but for ties. */
function tied(
  ranges: Interval["ranges"],
  expected: BruteProfile,
  level: number,
  rise: (value: number) => number,
): boolean {
  const ends = ranges.flatMap((r) => [
    ...(r.lowerIsEdge ? [] : [r.lower]),
    ...(r.upperIsEdge ? [] : [r.upper]),
  ]);
  const middles = expected.ranges.map((r) => (r.lower + r.upper) / 2);
  return (
    ends.every((end) => Math.abs(rise(end) - level) <= 2 * TOLERANCE) &&
    middles.every(
      (m) => ranges.some((r) => r.lower <= m && m <= r.upper) || rise(m) > level - 2 * TOLERANCE,
    )
  );
}

function minimumDifferences(
  found: Interval,
  expected: BruteProfile,
  { chi2, level }: BruteForce,
  rise: Rise,
): string[] {
  const wrong: string[] = [];
  const minima = [{ value: found.value, chi2, isEdge: found.valueIsEdge }, ...found.minima];
  for (const minimum of minima) {
    const delta = rise?.(minimum.value);
    if (delta !== undefined && Math.abs(delta - (minimum.chi2 - chi2)) > 2 * TOLERANCE) {
      wrong.push(
        `minimum at ${minimum.value.toFixed(5)} with Δχ² ${(minimum.chi2 - chi2).toFixed(4)}, but there it is ${delta.toFixed(4)}`,
      );
    }
  }
  for (const minimum of expected.minima) {
    // Deep enough, and below the level by more than rounding.
    if (minimum.prominence < PROMINENT || minimum.chi2 - chi2 > level - 2 * TOLERANCE) continue;
    // A node of brute force can be a little too high, and the fit, whose χ² was looked at above, lower.
    const near = minima.some(
      (other) =>
        other.chi2 - minimum.chi2 <= 2 * TOLERANCE &&
        minimum.chi2 - other.chi2 <= PROMINENT &&
        Math.abs(other.value - minimum.value) <= minimum.reach,
    );
    if (!near) {
      wrong.push(
        `no minimum at ${minimum.value.toFixed(5)} (Δχ² ${(minimum.chi2 - chi2).toFixed(4)})`,
      );
    }
  }
  return wrong;
}

/** Minima that lie on an edge of what is searched and are not said to, or the other way round. */
function edgeDifferences(found: Interval, { lower, upper }: FreeRange): string[] {
  const minima = [{ value: found.value, isEdge: found.valueIsEdge }, ...found.minima];
  return minima.flatMap(({ value, isEdge }) => {
    const distance = Math.min(value - lower, upper - value);
    const wrong = isEdge ? distance > 1e-6 * (upper - lower) : distance <= 0;
    return wrong ? [`minimum at ${value} is${isEdge ? "" : " not"} said to be at an edge`] : [];
  });
}
