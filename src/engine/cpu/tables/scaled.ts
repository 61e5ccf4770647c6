import { scaleStencil } from "../../../tables/scale-stencil.js";
import type { Arena } from "./arena.js";
import type { ScaledProfiles } from "./program.js";

/** Nodes to each side that the kernel's polynomial takes. */
const REACH = 3;
/** Registers of scratch. */
const SCRATCH = 11 * 16;

interface ScaleMemory {
  readonly at: number;
  /** Where the address of its look-ups goes. */
  readonly lookUpsAt: number;
}

/**
 * Describes profiles over a scale to the kernel: see kernels/tables/scale.ts.
 * @param row bytes of a row of the tile
 * @param place address of a buffer, and bytes from row to row in it
 */
export function writeScale(
  arena: Arena,
  { scale, tables, factors, profiles }: ScaledProfiles,
  row: number,
  place: (buffer: number) => readonly [number, number],
): ScaleMemory {
  const { sigma, measured, step, reach } = scale;
  if (reach !== REACH) throw new RangeError(`a scale of ${reach} nodes to each side`);
  const off = factors.map((factor) => (factor - 1 - measured) / sigma);
  const nodes = factors.length;
  const floats = new DataView(new ArrayBuffer(8));
  const bits = (value: number) => {
    floats.setFloat32(0, value);
    return floats.getInt32(0);
  };
  const own = [
    nodes,
    tables.length,
    profiles.length,
    0,
    arena.keepInts(factors.map(() => -1)),
    arena.keepFloats(off.map((value) => value * value)),
    arena.keepFloats(off.map((value, n) => (2 * value * factors[n]) / sigma)),
    arena.keepFloats(factors.map((factor) => (factor / sigma) ** 2)),
    arena.keepFloats(withoutCentre(scaleStencil(scale))),
    row,
    bits(Math.expm1(-step)),
    bits(Math.expm1(step)),
    arena.reserve(SCRATCH),
    ...profiles.flatMap(({ members, out }) => [
      members.length,
      arena.keepInts(members),
      arena.reserve(nodes * row),
      arena.reserve(row),
      ...place(out),
    ]),
  ];
  const at = arena.keepInts(own);
  return { at, lookUpsAt: at + 12 };
}

/** Coefficients 1 … 6 from the six values beside the central one, less that. */
function withoutCentre(stencil: Float64Array): Float64Array {
  const size = 2 * REACH + 1;
  return stencil.filter((_, i) => i >= size && i % size !== REACH);
}
