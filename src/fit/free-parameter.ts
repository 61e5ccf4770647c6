/** A parameter to minimise over, within [lower, upper]. */
export interface FreeParameter {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
}
