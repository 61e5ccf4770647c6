import { analysisNamed } from "../../analysis/registry.js";
import { brentMinimum } from "../../numerics/root.js";
import { circleCentre } from "./charges.js";
import { FIGURES, MINIMUM_COUNT } from "./numbers/planes.js";
import {
  areaAt,
  type FigurePlane,
  figurePlane,
  lowestAlong,
  lowestOnEdge,
  surface,
} from "./plane.js";

type Values = [string, number][];

const below = ({ all }: FigurePlane, sigma: 1 | 2) =>
  all.minima.filter(({ deltaChi2 }) => deltaChi2 <= all.allowed[sigma - 1].deltaChi2).length;

/** What is said of every plane. */
function common(id: string, plane: FigurePlane): Values {
  const { all, without } = plane;
  return [
    [`${id}.within-1-sigma`, below(plane, 1)],
    [`${id}.within-2-sigma`, below(plane, 2)],
    [`${id}.lowest`, all.minima[0].deltaChi2],
    [`${id}.area-with-ge`, areaAt(all, 2) / areaAt(without, 2)],
  ];
}

function figure6(id: string, plane: FigurePlane): Values {
  const edges = ([0, 1] as const).flatMap((axis) =>
    (["from", "to"] as const).map((end) => lowestOnEdge(plane, axis, end)),
  );
  return [
    [`${id}.frame`, Math.min(...edges)],
    [`${id}.size`, areaAt(plane.all, 3) / areaAt(plane.without, 2)],
  ];
}

/** Where the valleys of ε^u against ε^d are followed: near the Standard Model. */
const NEAR = 0.1;
const VALLEY = [-0.6, 0.2] as const;

/** Slope of a data set's valley: its best ε^u at two values of ε^d. */
function slope(plane: FigurePlane, dataset: string): number {
  const chi2 = surface(plane, [dataset]);
  const [left, right] = [-NEAR, NEAR].map((down) => {
    return lowestAlong((up) => chi2(down, up), VALLEY[0] - down, VALLEY[1] - down).x;
  });
  return (right - left) / (2 * NEAR);
}

function figure7(id: string, plane: FigurePlane): Values {
  const [low, high] = [lowestOnEdge(plane, 1, "from"), lowestOnEdge(plane, 1, "to")];
  return [
    [`${id}.edge-d-low`, lowestOnEdge(plane, 0, "from")],
    [`${id}.edge-d-high`, lowestOnEdge(plane, 0, "to")],
    [`${id}.edge-u-low`, low],
    [`${id}.edge-u-high`, high],
    ...(id.endsWith("lower") ? ([[`${id}.broken-3-sigma`, Math.max(low, high)]] as Values) : []),
    ...["csi", "lar", "ge"].map((one): [string, number] => [
      `${id}.slope.${one}`,
      slope(plane, one),
    ]),
  ];
}

const DIRECTIONS = 18;
/** Radii between which the valley lies. */
const RING = [0.1, 0.25] as const;

/** Δχ² along the valley around the circle of L24 eq. (15); its lower half is its mirror image. */
function figure8Upper(id: string, plane: FigurePlane): Values {
  const { combination, reference } = plane.all;
  const chi2 = surface(plane, combination.datasets);
  const centre = circleCentre("Cs");
  const valley = Array.from({ length: DIRECTIONS + 1 }, (_, k) => {
    const [cos, sin] = [Math.cos, Math.sin].map((f) => f((Math.PI * k) / DIRECTIONS));
    const along = (radius: number) => chi2(centre + radius * cos, radius * sin);
    return brentMinimum(along, RING[0], RING[1]).value - reference.value;
  });
  return [
    [`${id}.ring-highest`, Math.max(...valley)],
    [`${id}.far-side`, Math.min(...valley.slice(0, DIRECTIONS / 2 + 1))],
  ];
}

function figure8Lower(id: string, plane: FigurePlane): Values {
  const { minima, allowed } = plane.all;
  const places = Array.from({ length: MINIMUM_COUNT }, (_, i): Values => {
    const { deltaChi2, point } = minima[i] ?? { deltaChi2: Number.NaN, point: [] };
    return [
      [`${id}.minimum-${i + 1}.delta-chi2`, deltaChi2],
      [`${id}.minimum-${i + 1}.eps_ee_d`, point[0] ?? Number.NaN],
      [`${id}.minimum-${i + 1}.eps_mumu_d`, point[1] ?? Number.NaN],
    ];
  });
  const fromSm = minima.map(({ point }) => Math.hypot(...point));
  return [
    [`${id}.minima`, minima.length],
    ...places.flat(),
    [`${id}.lowest-is-nearest`, fromSm[0] - Math.min(...fromSm)],
    [`${id}.3-sigma-regions`, allowed[2].regions.length],
  ];
}

const OF_FIGURE = {
  "figure-6-upper": figure6,
  "figure-6-lower": figure6,
  "figure-7-upper": figure7,
  "figure-7-lower": figure7,
  "figure-8-upper": figure8Upper,
  "figure-8-lower": figure8Lower,
} as const;

/** What the planes of figures 6–8 show of all three data sets, by id. */
export async function planes(): Promise<Values> {
  const analysis = analysisNamed("liao-2024").compile();
  const found: Values = [];
  const area = new Map<string, number>();
  for (const { scan } of FIGURES) {
    const plane = await figurePlane(scan, analysis);
    area.set(scan, areaAt(plane.all, 3));
    found.push(...common(`l24.${scan}`, plane), ...OF_FIGURE[scan](`l24.${scan}`, plane));
  }
  const of = (scan: string) => area.get(scan) ?? Number.NaN;
  return [...found, ["l24.figure-7.stronger", of("figure-7-lower") / of("figure-7-upper")]];
}
