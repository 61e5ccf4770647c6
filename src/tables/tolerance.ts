/** χ² above the minimum up to which errors are absolute. */
const NEAR = 50;

/** Largest errors that a table may have: in χ² near the minimum, and of χ² beyond. */
export interface Tolerance {
  readonly near: number;
  readonly far: number;
}

export const TOLERANCE: Tolerance = { near: 1e-4, far: 2e-6 };

/** An error as a multiple of what is tolerated. @param lowest the minimum of χ² */
export function excess(
  error: number,
  chi2: number,
  lowest: number,
  { near, far }: Tolerance,
): number {
  const allowed = chi2 - lowest <= NEAR ? near : Math.max(near, far * chi2);
  return Math.abs(error) / allowed;
}

/** Largest errors found, as certificates give them. */
export class LargestErrors {
  near = 0;
  far = 0;
  points = 0;

  add(error: number, chi2: number, lowest: number): void {
    this.points++;
    const size = Math.abs(error);
    if (chi2 - lowest <= NEAR) this.near = Math.max(this.near, size);
    else this.far = Math.max(this.far, size / chi2);
  }
}
