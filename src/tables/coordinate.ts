/**
 * The coordinate u = ln(1 + S/s₀) in which χ² is smooth: linear at few events, logarithmic at many.
 * @param events S ≥ 0, expected signal events of one flavour
 * @param scale s₀, events
 */
export function coordinate(events: number, scale: number): number {
  return Math.log1p(events / scale);
}

/** S at a value of {@link coordinate}. */
export function eventsAt(u: number, scale: number): number {
  return scale * Math.expm1(u);
}
