import { join } from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import { type GridProfiles, type Profile, planeProfile } from "../engine/profiles.js";
import type { Combination } from "../likelihood/description.js";
import type { ResolvedScan } from "../scan/scan.js";
import { writeLines } from "./csv.js";
import { csvNumber } from "./csv-number.js";
import { chi2Array, strides, writeArray, writeAxes } from "./zarr.js";

/** The profiles of a line or plane, of every combination. */
interface Shown {
  /** `<x>-<y>` or `<x>`. */
  readonly name: string;
  readonly axes: readonly GridAxis[];
  readonly profiles: readonly Profile[];
}

/** The planes that a scan asks for, and every axis. */
function shownBy({ axes, planes, combinations }: ResolvedScan, profiles: GridProfiles): Shown[] {
  const place = (name: string) => axes.findIndex(({ parameter }) => parameter === name);
  return [
    ...planes.map((names): Shown => {
      const [x, y] = names.map(place);
      return {
        name: names.join("-"),
        axes: [axes[x], axes[y]],
        profiles: combinations.map((_, k) => planeProfile(profiles, axes, [x, y], k)),
      };
    }),
    ...axes.map((axis, at): Shown => {
      return { name: axis.parameter, axes: [axis], profiles: profiles.lines[at] };
    }),
  ];
}

/**
 * Writes every profile of a scan of three or more axes: `profiles.zarr`, a group per plane and line
 * with χ² and the flat index of its minimum for each combination, and `profile-<axes>.csv` likewise.
 *
 * @param attributes of the Zarr group
 */
export async function writeProfiles(
  folder: string,
  scan: ResolvedScan,
  profiles: GridProfiles,
  attributes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { combinations } = scan;
  const root = await zarr.create(new FileSystemStore(join(folder, "profiles.zarr")), {
    attributes,
  });
  for (const shown of shownBy(scan, profiles)) {
    const group = await zarr.create(root.resolve(shown.name), {});
    await writeAxes(group, shown.axes);
    for (const [k, combination] of combinations.entries()) {
      await writeProfile(group, shown.axes, combination, shown.profiles[k]);
    }
    await writeLines(join(folder, `profile-${shown.name}.csv`), csvLines(shown, combinations));
  }
}

async function writeProfile(
  group: zarr.Location<FileSystemStore>,
  axes: readonly GridAxis[],
  combination: Combination,
  { chi2, index }: Profile,
): Promise<void> {
  const array = chi2Array(axes, combination);
  const { datasets } = combination;
  const long_name = `chi-square of ${datasets.join(", ")}, nuisance parameters and all other axes profiled`;
  const stride = strides(array.shape);
  const attributes = { ...array.attributes, long_name };
  await writeArray(group.resolve(combination.name), { ...array, attributes, data: chi2, stride });
  await writeArray(group.resolve(`${combination.name}.index`), {
    ...array,
    attributes: { units: "1", long_name: "flat index of the grid point at the minimum", datasets },
    data: index,
    stride,
  });
}

function* csvLines(
  { axes, profiles }: Shown,
  combinations: readonly Combination[],
): Generator<string> {
  const names = combinations.map(({ name }) => name);
  const columns = [...names.map((name) => `chi2_${name}`), ...names.map((name) => `index_${name}`)];
  yield [...axes.map(({ parameter }) => parameter), ...columns].join(",");
  const [x, y] = axes.map((axis) => Array.from(axisValues(axis), csvNumber));
  for (let cell = 0; cell < profiles[0].chi2.length; cell++) {
    const where = y ? [x[Math.floor(cell / y.length)], y[cell % y.length]] : [x[cell]];
    const chi2 = profiles.map((profile) => csvNumber(profile.chi2[cell]));
    const index = profiles.map((profile) => String(profile.index[cell]));
    yield [...where, ...chi2, ...index].join(",");
  }
}
