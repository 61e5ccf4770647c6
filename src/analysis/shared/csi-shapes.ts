import { type CsiVariation, scintillationList } from "../../experiments/csi.js";
import type { CsiData } from "../../experiments/data/csi.js";
import type { Nuisance } from "../../likelihood/description.js";
import type { RadiusUncertainty } from "./radius.js";

/** C22 section 3.5: the neutron radius varies by this fraction at 1σ. */
const RADIUS_VARIATION = 0.05;

/** What a shape nuisance changes at +1σ and −1σ. */
export interface ShapeVariation {
  readonly nuisance: Nuisance;
  readonly sides: readonly [Side, Side];
}
export interface Side {
  readonly variation?: CsiVariation;
  readonly radius?: number;
}

const unit = (name: string, symbol: string): Nuisance => ({
  name: `csi.${name}`,
  symbol,
  sigma: 1,
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
});

/** C22 section 3.5: efficiency, two components of the quenching, neutron radius unless it is certain. */
export function shapeVariations(
  { response }: CsiData,
  radius: RadiusUncertainty,
): ShapeVariation[] {
  const { plus, minus } = response.energyEfficiency;
  const variations: ShapeVariation[] = [
    {
      nuisance: unit("efficiency", "\\eta_{\\varepsilon}"),
      sides: [{ variation: { efficiency: plus } }, { variation: { efficiency: minus } }],
    },
    ...response.scintillation.systematics.map((systematic, i): ShapeVariation => {
      const side = (c: typeof plus): Side => ({
        variation: { scintillation: scintillationList(c) },
      });
      return {
        nuisance: unit(`quenching_${i + 1}`, `\\eta_{q${i + 1}}`),
        sides: [side(systematic.plus), side(systematic.minus)],
      };
    }),
  ];
  if (radius === "none") return variations;
  const sides = [{ radius: 1 + RADIUS_VARIATION }, { radius: 1 - RADIUS_VARIATION }] as const;
  return [...variations, { nuisance: unit("radius", "\\eta_{R}"), sides }];
}
