import type { GridAxis } from "../engine/engine.js";

/** A side of the box that a scan spans: an end of an axis. */
export interface FrameSide {
  readonly axis: string;
  readonly end: "from" | "to";
}

/** Whether a minimum lies on the frame of what was scanned, and on which sides of it. */
export interface OnFrame {
  readonly onFrame: boolean;
  readonly sides?: readonly FrameSide[];
}

/** Nearer to an end than this fraction of the axis, a minimum is on the frame. */
const NEAR = 1e-9;

function sidesOf(axes: readonly GridAxis[], point: readonly number[]): FrameSide[] {
  return axes.flatMap(({ parameter: axis, from, to }, i): FrameSide[] => {
    const place = (point[i] - from) / (to - from);
    if (place <= NEAR) return [{ axis, end: "from" }];
    return place >= 1 - NEAR ? [{ axis, end: "to" }] : [];
  });
}

/**
 * Where a minimum lies on the frame, χ² may go on falling beyond it, so that Δχ² from it depends on
 * the ranges.
 */
export function onFrame(axes: readonly GridAxis[], point: readonly number[]): OnFrame {
  const sides = sidesOf(axes, point);
  return sides.length > 0 ? { onFrame: true, sides } : { onFrame: false };
}

/** For a table: nothing, or which side of the frame a minimum lies on. */
export function frameText(axes: readonly GridAxis[], point: readonly number[]): string {
  const sides = sidesOf(axes, point).map(({ axis, end }) => {
    return `${axis} = ${axes.find(({ parameter }) => parameter === axis)?.[end]}`;
  });
  return sides.length > 0 ? ` on the frame (${sides.join(", ")})` : "";
}
