import type { FlatRange, GridAxis } from "../../engine/engine.js";
import { emptyProfiles, type Profile, type TileReduction } from "../../engine/profiles.js";
import { type ByteReader, type ByteWriter, Damage } from "./bytes.js";

/*
 * A tile's reductions as bytes. Of each profile only the cells that have a point of the tile are
 * written, as runs of neighbours: [runs u32], then per run [first cell u32, cells u32], per cell
 * [χ² f64], and per cell [flat index less the tile's start u32].
 */

/** Every profile of a reduction, lines first. */
function profilesOf({ lines, planes }: TileReduction): Profile[] {
  return [...lines.flat(), ...planes.flatMap(({ profiles }) => profiles)];
}

export function writeReduction(
  into: ByteWriter,
  reduction: TileReduction,
  { start }: FlatRange,
): void {
  for (const { chi2, index } of reduction.best) writeCell(into, chi2, index - start);
  for (const { chi2, index } of profilesOf(reduction)) {
    const runs = runsOf(index);
    into.uint32(runs.length);
    for (const [first, end] of runs) {
      into.uint32(first);
      into.uint32(end - first);
      for (let cell = first; cell < end; cell++) writeCell(into, chi2[cell], index[cell] - start);
    }
  }
}

function writeCell(into: ByteWriter, chi2: number, offset: number): void {
  into.float64(chi2);
  into.uint32(offset);
}

/** [first, end) of each run of cells that have a point. */
function runsOf(index: Float64Array): (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  for (let cell = 0; cell < index.length; cell++) {
    if (!Number.isFinite(index[cell])) continue;
    const first = cell;
    while (cell < index.length && Number.isFinite(index[cell])) cell++;
    runs.push([first, cell]);
  }
  return runs;
}

/**
 * @param range the tile's points, which every index must be one of
 * @throws Damage for anything that no reduction of the tile can be
 */
export function readReduction(
  from: ByteReader,
  axes: readonly GridAxis[],
  combinations: number,
  range: FlatRange,
): TileReduction {
  const reduction = emptyProfiles(axes, combinations);
  const best = reduction.best.map(() => readCell(from, range));
  for (const profile of profilesOf(reduction)) {
    let end = 0;
    for (let runs = from.uint32(); runs > 0; runs--) {
      const first = from.uint32();
      const cells = from.uint32();
      if (first < end || cells === 0 || first + cells > profile.chi2.length) {
        throw new Damage("its profiles do not fit the grid");
      }
      end = first + cells;
      for (let cell = first; cell < end; cell++) {
        const { chi2, index } = readCell(from, range);
        profile.chi2[cell] = chi2;
        profile.index[cell] = index;
      }
    }
    if (end === 0) throw new Damage("a profile of it is empty");
  }
  return { ...reduction, best, points: range.count };
}

function readCell(from: ByteReader, { start, count }: FlatRange) {
  const chi2 = from.float64();
  const offset = from.uint32();
  if (Number.isNaN(chi2)) throw new Damage("a χ² of it is not a number");
  if (offset >= count) throw new Damage("a point of it lies outside the tile");
  return { chi2, index: start + offset };
}
