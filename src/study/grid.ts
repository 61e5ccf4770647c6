import type { LocalMinimum } from "../contour/minima.js";
import { type PlaneGrid, rectangle } from "../contour/plane.js";
import type { GridAxis } from "../engine/engine.js";
import { axisValues } from "../engine/points.js";
import { type GridProfiles, type Profile, planeProfile } from "../engine/profiles.js";
import { allowedIntervals } from "./allowed-intervals.js";
import type { CurveStudy } from "./curve.js";
import type { GridMinimum } from "./follow.js";
import { type CombinationMinima, gridMinima } from "./grid-minima.js";
import { allowedRegion, type CombinationStudy } from "./plane.js";
import type { PreparedScan } from "./prepare.js";

/** What a scan of three or more axes says. */
export interface GridStudy {
  readonly minima: readonly CombinationMinima[];
  /** χ² that Δχ² counts from, by combination: minima over all axes, within the box they span. */
  readonly references: readonly GridReference[];
  /** Of the planes asked for, in their order. */
  readonly planes: readonly {
    readonly axes: readonly [GridAxis, GridAxis];
    readonly studies: readonly CombinationStudy[];
  }[];
  /** Of every axis. */
  readonly lines: readonly {
    readonly axis: GridAxis;
    readonly studies: readonly CurveStudy[];
  }[];
}

export interface GridReference {
  readonly kind: "joint" | "separate";
  readonly value: number;
  /** One for `joint`; one per data set for `separate`, whose values sum to `value`. */
  readonly minima: readonly (GridMinimum & { readonly name: string })[];
}

/** References, minima, and from every profile regions and intervals. */
export function studyGrid(prepared: PreparedScan, profiles: GridProfiles): GridStudy {
  const { scan, levels } = prepared;
  const { axes, combinations } = scan;
  const height = Math.max(0, ...levels.map((level) => level.deltaChi2(2)));
  const minima = gridMinima(prepared, profiles, height);
  const references = minima.map(({ combination }) =>
    reference(scan.reference, combination, minima),
  );
  const place = (name: string) => axes.findIndex(({ parameter }) => parameter === name);
  return {
    minima,
    references,
    planes: scan.planes.map((names) => {
      const [x, y] = names.map(place);
      const studies = combinations.map((_, k) =>
        planeStudy(prepared, profiles, [x, y], minima[k], references[k], k),
      );
      return { axes: [axes[x], axes[y]] as const, studies };
    }),
    lines: axes.map((axis, place) => ({
      axis,
      studies: combinations.map((_, k) => {
        const profile = profiles.lines[place][k];
        return lineStudy(prepared, profile, place, minima[k], references[k]);
      }),
    })),
  };
}

function reference(
  kind: GridReference["kind"],
  { name, datasets }: CombinationMinima["combination"],
  all: readonly CombinationMinima[],
): GridReference {
  const lowest = (one: CombinationMinima) => ({
    name: one.combination.name,
    ...one.minima[0],
  });
  const joint = all.filter(({ combination }) => combination.name === name);
  const alone = datasets.flatMap((dataset) =>
    all.filter(({ combination }) => combination.datasets.join() === dataset),
  );
  const minima = (kind === "joint" ? joint : alone).map(lowest);
  return { kind, value: minima.reduce((sum, { value }) => sum + value, 0), minima };
}

function planeStudy(
  { scan, levels }: PreparedScan,
  profiles: GridProfiles,
  [x, y]: readonly [number, number],
  { combination, byPlane }: CombinationMinima,
  { kind, value: zero, minima: lowest }: GridReference,
  k: number,
): CombinationStudy {
  const { chi2 } = planeProfile(profiles, scan.axes, [x, y], k);
  const plane: PlaneGrid = {
    x: axisValues(scan.axes[x]),
    y: axisValues(scan.axes[y]),
    values: chi2,
  };
  const project = ({ point }: GridMinimum) => [point[x], point[y]] as const;
  const own =
    byPlane[
      profiles.planes.findIndex((one) => one.x === Math.min(x, y) && one.y === Math.max(x, y))
    ];
  const minima = own.map((one): LocalMinimum => {
    return { point: project(one), value: one.value, deltaChi2: one.value - zero };
  });
  return {
    combination,
    reference: {
      kind,
      value: zero,
      rectangle: rectangle(plane),
      minima: lowest.map((one) => ({ name: one.name, point: project(one), value: one.value })),
    },
    minima,
    allowed: levels.map((level) => allowedRegion(plane, minima, zero, level)),
  };
}

/** Intervals of a profile: straight lines between the grid's points. */
function lineStudy(
  { scan, levels }: PreparedScan,
  { chi2 }: Profile,
  place: number,
  { combination, minima }: CombinationMinima,
  { value: zero }: GridReference,
): CurveStudy {
  const x = axisValues(scan.axes[place]);
  const nodes = Array.from(x, (point, i) => ({ point, value: chi2[i] })).sort(
    (a, b) => a.point - b.point,
  );
  const between = (point: number): number => {
    const after = Math.max(
      1,
      nodes.findIndex((node) => node.point >= point),
    );
    const [a, b] = [nodes[after - 1], nodes[after]];
    return a.value + ((point - a.point) / (b.point - a.point)) * (b.value - a.value);
  };
  const [best] = minima;
  return {
    combination,
    reference: zero,
    minima: [
      {
        point: best.point[place],
        value: best.value,
        deltaChi2: best.value - zero,
        onFrame: [nodes[0], nodes[nodes.length - 1]].some(
          ({ point }) => point === best.point[place],
        ),
      },
    ],
    points: nodes.map(({ point, value }) => [point, value - zero] as const),
    allowed: levels.map((level) => {
      const deltaChi2 = level.deltaChi2(1);
      const intervals = allowedIntervals(nodes, between, zero + deltaChi2);
      return { level: level.label, deltaChi2, intervals };
    }),
    // Between the points of a grid nothing is followed: warnings tell how coarse it is.
    isCertain: true,
  };
}
