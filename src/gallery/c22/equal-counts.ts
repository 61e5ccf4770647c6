import type { CompiledAnalysis } from "../../analysis/analysis.js";
import type { LocalMinimum } from "../../contour/minima.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { signalCounts } from "../../fit/prediction.js";
import { chargeModel } from "../../model/charges.js";
import { parameterIndex, standardModelPoint } from "../../model/parameters.js";
import { brentMinimum, brentRoot } from "../../numerics/root.js";

const DIRECTIONS = 180;
/** Couplings at which the charges are far above all data. */
const FAR = 1.5;
/** Between the two values of ε^u at which a charge has its Standard Model size. */
const BETWEEN = [0, 0.5] as const;

/** Places of equal counts and what χ² says of them. */
interface EqualCounts {
  /** (ε^u_ee, ε^u_μμ), once round. */
  readonly points: readonly (readonly [number, number])[];
  /** Largest Δχ² above the best fit. */
  readonly most: number;
}

/**
 * The ring of (ε^u_ee, ε^u_μμ) on which as many CEvNS events are expected as at the best fit, nuisances
 * nominal. With the total alone χ² would be the same all the way round; what it does there is what the
 * times of arrival tell of the flavours.
 */
export function alongTotal(
  analysis: CompiledAnalysis,
  { point, value }: Pick<LocalMinimum, "point" | "value">,
): EqualCounts {
  const { charges } = analysis.description;
  const model = chargeModel(charges);
  const at = standardModelPoint();
  const squared = new Float64Array(charges.length);
  model.fill(at, squared);
  const perCharge = charges.map(({ nucleus, flavour }, c) => {
    const one = signalCounts(analysis, at).find(
      ({ charge }) => charge.nucleus === nucleus && charge.flavour === flavour,
    );
    return (one?.total ?? 0) / squared[c];
  });
  const [ee, mumu] = ["eps_ee_u", "eps_mumu_u"].map(parameterIndex);
  const events = (e: number, mu: number): number => {
    at[ee] = e;
    at[mumu] = mu;
    model.fill(at, squared);
    return squared.reduce((sum, charge, c) => sum + charge * perCharge[c], 0);
  };
  const wanted = events(point[0], point[1]);
  const { x: centre } = brentMinimum((both) => events(both, both), ...BETWEEN);
  const points = Array.from({ length: DIRECTIONS }, (_, k) => {
    const angle = (2 * Math.PI * k) / DIRECTIONS;
    const along = (radius: number) =>
      [centre + radius * Math.cos(angle), centre + radius * Math.sin(angle)] as const;
    return along(brentRoot((radius) => events(...along(radius)) - wanted, 0, FAR));
  });
  const chi2 = new ChiSquare(analysis);
  const most = points.reduce((highest, [e, mu]) => {
    at[ee] = e;
    at[mumu] = mu;
    return Math.max(highest, chi2.value(at) - value);
  }, 0);
  return { points, most };
}
