import { ATOMIC_MASS_UNIT, ELECTRON_MASS } from "./constants.js";

export interface Nucleus {
  readonly name: string;
  /** Protons and neutrons; N is an average over isotopes where it is not an integer. */
  readonly Z: number;
  readonly N: number;
  /** Mass number used in form factors, Z + N. */
  readonly A: number;
  /** Nuclear mass, MeV: atomic mass less Z electrons. */
  readonly mass: number;
}

function define(name: string, Z: number, N: number, atomicMass: number): Nucleus {
  const mass = atomicMass * ATOMIC_MASS_UNIT - Z * ELECTRON_MASS;
  return Object.freeze({ name, Z, N, A: Z + N, mass });
}

/** The target nuclei of SPEC §1; germanium is L24's average of the natural isotopes. */
export const NUCLEI = {
  Na: define("Na", 11, 12, 22.98976928),
  Ar: define("Ar", 18, 22, 39.9623831237),
  Ge: define("Ge", 32, 40.7, 72.7),
  I: define("I", 53, 74, 126.904473),
  Cs: define("Cs", 55, 78, 132.90545196),
} as const satisfies Record<string, Nucleus>;

export type NucleusName = keyof typeof NUCLEI;

/** @throws RangeError for a nucleus that the table does not have (a bug in a description) */
export function nucleus(name: string): Nucleus {
  const found = (NUCLEI as Record<string, Nucleus>)[name];
  if (!found) throw new RangeError(`no such nucleus: ${name}`);
  return found;
}
