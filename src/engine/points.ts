import { InputError } from "../errors.js";
import { PARAMETERS, parameterIndex } from "../model/parameters.js";
import type { FlatRange, GridAxis, PointSource } from "./sources.js";

/** Value i of an axis; the first is exactly `from`, the last exactly `to`. */
export function axisValue(axis: GridAxis, i: number): number {
  const t = i / (axis.points - 1);
  return axis.from * (1 - t) + axis.to * t;
}

/** All values of an axis, [points]. */
export function axisValues(axis: GridAxis): Float64Array {
  return Float64Array.from({ length: axis.points }, (_, i) => axisValue(axis, i));
}

/** Number of points of a whole grid. */
export function gridSize(axes: readonly GridAxis[]): number {
  return axes.reduce((product, axis) => product * axis.points, 1);
}

/** Place on one axis of the point at a flat index. */
export function gridCoordinate(axes: readonly GridAxis[], index: number, axis: number): number {
  return Math.floor(index / gridSize(axes.slice(axis + 1))) % axes[axis].points;
}

/** The values of all axes at a flat index, in the order of the axes. */
export function pointAt(axes: readonly GridAxis[], index: number): number[] {
  return axes.map((axis, k) => axisValue(axis, gridCoordinate(axes, index, k)));
}

/** Number of points in a source. */
export function pointCount(source: PointSource): number {
  if (source.kind === "grid") return source.count;
  return source.names.length === 0 ? 0 : source.values.length / source.names.length;
}

/** Some of the points of a source, counted from its first. */
export function pointsOf(source: PointSource, { start, count }: FlatRange): PointSource {
  if (source.kind === "grid") return { ...source, start: source.start + start, count };
  const width = source.names.length;
  return { ...source, values: source.values.subarray(start * width, (start + count) * width) };
}

/**
 * A function that writes point i of a source (0 ≤ i < pointCount) into a full parameter vector.
 * What the source does not name keeps the value that the vector has, its base.
 */
export function pointWriter(source: PointSource): (i: number, parameters: Float64Array) => void {
  if (source.kind === "list") {
    const columns = source.names.map(parameterIndex);
    const width = columns.length;
    return (i, parameters) => {
      for (let k = 0; k < width; k++) parameters[columns[k]] = source.values[i * width + k];
    };
  }
  const columns = source.axes.map((axis) => parameterIndex(axis.parameter));
  return (i, parameters) => {
    let rest = source.start + i;
    for (let k = columns.length - 1; k >= 0; k--) {
      const axis = source.axes[k];
      parameters[columns[k]] = axisValue(axis, rest % axis.points);
      rest = Math.floor(rest / axis.points);
    }
  };
}

/**
 * Refuses points that mean nothing, before any engine starts on them.
 * @throws InputError naming the parameter and value
 */
export function checkPoints(source: PointSource): void {
  const names = source.kind === "list" ? source.names : source.axes.map((axis) => axis.parameter);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) {
    const message = `Parameter "${repeated}" is given twice for the same points. Name it once.`;
    throw new InputError("repeated-parameter", message, { parameter: repeated });
  }
  if (source.kind === "list") checkList(names, source.values);
  else checkGrid(source.axes, source.start, source.count);
}

function checkList(names: readonly string[], values: Float64Array): void {
  const columns = names.map(parameterIndex);
  if (names.length === 0 ? values.length > 0 : values.length % names.length !== 0) {
    const message = `${values.length} values do not make whole rows of ${names.length} parameters (${names.join(", ")}). Give one value per parameter and point.`;
    throw new InputError("ragged-points", message, { values: values.length, names });
  }
  for (let i = 0; i < values.length; i++) checkValue(columns[i % names.length], values[i]);
}

function checkGrid(axes: readonly GridAxis[], start: number, count: number): void {
  for (const axis of axes) {
    const index = parameterIndex(axis.parameter);
    checkValue(index, axis.from);
    checkValue(index, axis.to);
    if (!Number.isSafeInteger(axis.points) || axis.points < 2) {
      const message = `Axis "${axis.parameter}" has ${axis.points} points. Give a whole number of at least 2.`;
      throw new InputError("bad-axis", message, { parameter: axis.parameter, points: axis.points });
    }
  }
  const size = gridSize(axes);
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(count);
  if (!whole || start < 0 || count < 0 || start + count > size) {
    const message = `Points ${start} to ${start + count} are not a range of a grid of ${size} points. Start at 0 or later and end at ${size} or before.`;
    throw new InputError("bad-range", message, { start, count, size });
  }
}

function checkValue(index: number, value: number): void {
  const { name, lower, upper } = PARAMETERS[index];
  if (value >= lower && value <= upper) return;
  throw new InputError(
    "impossible-value",
    `Parameter "${name}" cannot be ${value}. Give a number from ${lower} to ${upper}.`,
    { parameter: name, value },
  );
}
