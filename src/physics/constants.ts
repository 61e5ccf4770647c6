/** Constants of SPEC §1. Energies are in MeV, lengths in fm unless a name says otherwise. */

/** Fermi constant, MeV⁻². */
export const FERMI_CONSTANT = 1.1663787e-11;
/** ħc, MeV fm. */
export const HBAR_C = 197.3269804;
/** Avogadro's number, mol⁻¹. */
export const AVOGADRO = 6.02214076e23;
/** Charged-pion mass, MeV. */
export const PION_MASS = 139.57039;
/** Muon mass, MeV. */
export const MUON_MASS = 105.6583755;
/** Electron mass, MeV. */
export const ELECTRON_MASS = 0.51099895;
/** Atomic mass unit, MeV. */
export const ATOMIC_MASS_UNIT = 931.49410242;
/** Mean life of the charged pion and of the muon, μs (the values used for the time PDFs, SPEC §2). */
export const PION_LIFETIME = 0.026033;
export const MUON_LIFETIME = 2.19698;
