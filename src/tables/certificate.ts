/** What a table was measured to be wrong by, against exact profiles at points that are not its nodes. */
export interface Certificate {
  /** Largest |error| of χ² of a combination where it is at most `NEAR` above its minimum. */
  readonly near: number;
  /** Largest |error|/χ² beyond. */
  readonly far: number;
  /** Exact profiles at which errors were measured. */
  readonly points: number;
  /** Exact profiles that tables were made from. */
  readonly nodes: number;
  /** Wall-clock time of building and certifying. */
  readonly seconds: number;
}
