/*
 * The LMA-Dark solution of solar oscillations: neutrinos in matter evolve as with the other octant of
 * θ_12 and the other ordering of masses if 1 + ε_ee − ε_μμ, in units of the electrons' potential, has
 * the opposite sign (Coloma and Schwetz, Phys. Rev. D 94 (2016) 055005):
 * (ε^u_ee − ε^u_μμ) N_u/N_e = −2, where N_u/N_e = 2 + Y_n and Y_n = N_n/N_e.
 */

/** Neutrons per electron: at the Sun's surface and in its centre (Gonzalez-Garcia and Maltoni, JHEP 09 (2013) 152). */
export const SOLAR_NEUTRONS = [1 / 6, 1 / 2] as const;

/** ε^u_ee − ε^u_μμ that reproduces solar data in the dark octant, for that many neutrons per electron. */
export function lmaDark(neutronsPerElectron: number): number {
  return -2 / (2 + neutronsPerElectron);
}
