/** The part of `cephes` used here: its package.json hides its own types from NodeNext resolution. */
declare module "cephes" {
  /** Settles when the WebAssembly is ready; before that no function may be called. */
  export const compiled: Promise<void>;
  export function erf(x: number): number;
  export function erfc(x: number): number;
  export function lgam(x: number): number;
  export function chdtrc(dof: number, x: number): number;
  export function chdtri(dof: number, tail: number): number;
}
