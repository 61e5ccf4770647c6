/** What an engine on a device tells of its speed, for benchmarks. */
export interface Gauge {
  /** Seconds at work so far by the device's clock; undefined where it has none. */
  seconds(): Promise<number | undefined>;
  /**
   * float32 operations for a point of a grid of these parameters, as shaders/ has them: +, −, ×, ÷ and
   * √ count one each. Newton's method: those of one step, which most points end with.
   */
  operations(names: readonly string[]): Promise<number>;
  /** The most float32 operations per second that the device shows, measured here and now. */
  peak(): Promise<number>;
}
