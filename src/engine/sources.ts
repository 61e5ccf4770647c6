/** Points given one by one: columns are parameters, the others stay at their base value. */
export interface PointList {
  readonly kind: "list";
  readonly names: readonly string[];
  /** [points × names], row-major. */
  readonly values: Float64Array;
}

/** One axis of a regular grid: `points` values from `from` to `to`, both included. */
export interface GridAxis {
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/** Points start ≤ i < start + count of a grid's flat index. */
export interface FlatRange {
  readonly start: number;
  readonly count: number;
}

/** A range of a regular grid's flat index (row-major, last axis fastest); points never travel. */
export interface GridRange extends FlatRange {
  readonly kind: "grid";
  readonly axes: readonly GridAxis[];
}

export type PointSource = PointList | GridRange;
