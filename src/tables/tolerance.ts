/** Largest errors that tables may have: in χ² near its minimum, and of χ² beyond. */
export interface Tolerance {
  readonly near: number;
  readonly far: number;
  /** χ² above the minimum up to which errors count as near. */
  readonly within: number;
}

export const TOLERANCE: Tolerance = { near: 1e-4, far: 2e-6, within: 50 };

/** By how much the minimum of a sum is allowed to lie above the sum of its tables' minima. */
const TENSION = 15;

/** What each of several tables is held to whose errors add up, knowing nothing of each other. */
export function ofEach({ near, far, within }: Tolerance, tables: number): Tolerance {
  return { near: near / Math.sqrt(tables), far, within: within + TENSION };
}

/** An error as a multiple of what is tolerated. @param lowest the minimum of χ² */
export function excess(
  error: number,
  chi2: number,
  lowest: number,
  { near, far, within }: Tolerance,
): number {
  const allowed = chi2 - lowest <= within ? near : Math.max(near, far * chi2);
  return Math.abs(error) / allowed;
}

/** Largest errors found, as certificates give them. */
export class LargestErrors {
  near = 0;
  far = 0;
  points = 0;

  /** @param within χ² above `lowest` up to which the error counts as near */
  add(error: number, chi2: number, lowest: number, within: number): void {
    this.points++;
    const size = Math.abs(error);
    if (chi2 - lowest <= within) this.near = Math.max(this.near, size);
    else this.far = Math.max(this.far, size / chi2);
  }
}
