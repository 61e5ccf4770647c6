/** The name of a charge of the description in WGSL. */
export function chargeName(charge: number): string {
  return `q_${charge}`;
}
