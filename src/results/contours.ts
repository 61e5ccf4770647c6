/** Contours of one combination at one level, in the coordinates of the scan's plane. */
export interface ContourSet {
  /** The plane's axes: the x and y of every point. */
  readonly plane: readonly [string, string];
  readonly combination: string;
  /** Label of the level, e.g. `90%` or `2σ`. */
  readonly level: string;
  readonly deltaChi2: number;
  /** χ² that Δχ² counts from. */
  readonly reference: number;
  readonly polylines: readonly {
    /** A closed line repeats its first point; an open one ends on the frame. */
    readonly closed: boolean;
    readonly points: readonly (readonly [number, number])[];
  }[];
}
