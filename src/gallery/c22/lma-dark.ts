/*
 * The LMA-Dark solution of solar oscillations. Probabilities stay the same where the Hamiltonian of
 * oscillations H becomes −H* (Coloma and Schwetz, Phys. Rev. D 94 (2016) 055005): in vacuum by
 * θ_12 → π/2 − θ_12, Δm²_31 → −Δm²_32 and δ → π − δ, and in matter, whose part is
 * √2 G_F N_e diag(1 + ε_ee, ε_μμ, ε_ττ) up to a multiple of one, where from no coupling at all to
 *
 *   ε_ee − ε_μμ = −2 with ε_ττ = ε_μμ, for ε = Σ_q (N_q/N_e) ε^q.
 *
 * Of u quarks there are N_u/N_e = 2 + Y_n with Y_n = N_n/N_e, so that ε^u_ee − ε^u_μμ = −2/(2 + Y_n). That
 * ε_ττ = ε_μμ is what atmospheric neutrinos ask for; CEvNS at a source of pions knows nothing of ε_ττ.
 */

/** Neutrons per electron: at the Sun's surface and in its centre (Gonzalez-Garcia and Maltoni, JHEP 09 (2013) 152). */
export const SOLAR_NEUTRONS = [1 / 6, 1 / 2] as const;

/** ε^u_ee − ε^u_μμ that reproduces solar data in the dark octant, for that many neutrons per electron. */
export function lmaDark(neutronsPerElectron: number): number {
  return -2 / (2 + neutronsPerElectron);
}
