import type { Charge } from "../likelihood/description.js";
import { type Amplitude, chargeAmplitudes } from "../model/charges.js";
import { parameterIndex } from "../model/parameters.js";
import { choleskyFactor, choleskySolve } from "../numerics/linear-algebra.js";
import type { FreeParameter } from "./free-parameter.js";

/** Nuclei whose slopes differ in direction by less than this (Cs and I) change sign together. */
const SAME_DIRECTION = 0.01;
/** Amplitudes that no free parameter changes by more than this are left alone. */
const NO_SLOPE = 1e-9;
/** Sets of signs that are tried at most. */
const MOST_IMAGES = 128;
/** Weight of staying, beside one of 1 for every amplitude. */
const RIDGE = 1e-6;

const amplitudeAt = ({ constant, slopes }: Amplitude, at: ArrayLike<number>) =>
  [...slopes].reduce((sum, [index, slope]) => sum + slope * at[index], constant);

/** Amplitudes of one coupling whose signs change together. */
interface Group {
  readonly members: readonly Amplitude[];
  readonly direction: number;
}

/** The amplitudes that the free parameters change, by the sign that they have in common. */
function groupsOf(all: readonly Amplitude[], indices: readonly number[]): Group[] {
  const groups: { coupling: string; members: Amplitude[]; direction: number }[] = [];
  for (const one of all) {
    const own = indices.map((index) => one.slopes.get(index) ?? 0);
    if (Math.hypot(...own) < NO_SLOPE) continue;
    // Along one parameter all nuclei change sign at about the same place.
    const free = own.filter((slope) => slope !== 0);
    const direction = free.length > 1 ? Math.atan2(free[1], free[0]) : 0;
    const group = groups.find(
      (other) =>
        other.coupling === one.coupling && Math.abs(other.direction - direction) < SAME_DIRECTION,
    );
    if (group) group.members.push(one);
    else groups.push({ coupling: one.coupling, members: [one], direction });
  }
  return groups;
}

/**
 * Places at which the amplitudes are about those of another point, but for their signs: χ² depends on
 * their squares only, and so its minima come as images of each other (L24 eqs. 14–16), whatever the
 * ranges. Nuclei differ in where they have an amplitude, so the squares that remain are least.
 * @param of full parameter vector whose amplitudes are wanted, [PARAMETERS]
 * @param at full parameter vector with the values of all that is not free, [PARAMETERS]
 * @returns values of the free parameters, moved into their ranges; those that change no amplitude stay
 */
export function signImages(
  charges: readonly Charge[],
  of: Float64Array,
  at: Float64Array,
  free: readonly FreeParameter[],
): number[][] {
  const indices = free.map(({ name }) => parameterIndex(name));
  const groups = groupsOf(chargeAmplitudes(charges), indices);
  const images = Math.min(2 ** groups.length, MOST_IMAGES);
  const n = indices.length;
  return Array.from({ length: images }, (_, signs) => {
    const matrix = new Float64Array(n * n);
    const right = new Float64Array(n);
    const rest = at.slice();
    for (const index of indices) rest[index] = 0;
    groups.forEach(({ members }, g) => {
      for (const one of members) {
        const wanted = (signs >> g) % 2 === 0 ? amplitudeAt(one, of) : -amplitudeAt(one, of);
        const own = indices.map((index) => one.slopes.get(index) ?? 0);
        const weight = 1 / Math.hypot(...own) ** 2;
        own.forEach((slope, i) => {
          right[i] += weight * slope * (wanted - amplitudeAt(one, rest));
          own.forEach((other, j) => {
            matrix[i * n + j] += weight * slope * other;
          });
        });
      }
    });
    // What no amplitude holds stays where it is, and directions hardly held stay near it.
    indices.forEach((index, i) => {
      matrix[i * n + i] += RIDGE;
      right[i] += RIDGE * at[index];
    });
    const solved = choleskyFactor(matrix, n);
    if (solved) choleskySolve(matrix, n, right);
    return free.map(({ lower, upper }, i) => {
      const value = solved ? right[i] : at[indices[i]];
      return Math.min(Math.max(value, lower), upper);
    });
  });
}
