import type { Fill, Layer, LegendEntry, Polyline } from "../../figures/types.js";
import type { AllowedRegion, CombinationStudy } from "../../study/plane.js";

/** Shades from the innermost region outwards: one hue, told apart in grey too. */
const OPACITIES = [1, 0.55, 0.22] as const;
const OUTLINE = { color: "inner", width: 0.6 } as const;

/** The regions of a study at its levels beyond those asked for by statements only. */
export interface Nested {
  readonly layers: readonly Layer[];
  readonly entries: readonly LegendEntry[];
}

type Move = (points: Polyline) => Polyline;

/**
 * Regions at 1σ, 2σ and 3σ, each shade drawn without what lies within the next: even-odd with the
 * smaller region's rings, so that translucent shades do not add up.
 * @param move into the coordinates drawn
 */
export function nested(study: CombinationStudy, move: Move = (points) => points): Nested {
  const sorted = [...study.allowed].sort((a, b) => a.deltaChi2 - b.deltaChi2);
  const ringsOf = (allowed: AllowedRegion | undefined) =>
    allowed?.rings.map(({ points }) => move(points)) ?? [];
  const fills = sorted.map((_, i): Fill => ({ color: "inner", opacity: OPACITIES[i] }));
  return {
    layers: [
      ...sorted.map((allowed, i): Layer => {
        return {
          kind: "region",
          rings: [...ringsOf(allowed), ...ringsOf(sorted[i - 1])],
          fill: fills[i],
        };
      }),
      ...sorted.map(({ lines }): Layer => {
        return { kind: "lines", lines: lines.map(({ points }) => move(points)), stroke: OUTLINE };
      }),
    ],
    entries: sorted.map(({ level }, i) => {
      return { label: `$${level.texLabel}$`, fill: fills[i], stroke: OUTLINE };
    }),
  };
}
