import type { CellBox } from "../contour/refine-plane.js";
import type { LikelihoodEvaluator } from "../likelihood/evaluator.js";
import { chargeAmplitudes, chargeModel } from "../model/charges.js";
import { parameterIndex, standardModelPoint } from "../model/parameters.js";
import { type PlaneOfParameters, seenCharges } from "./plane-starts.js";

/** Of the Standard Model's squared charge, or of the cell's own: how much it may change in a small cell. */
const SMALL_CHANGE = 0.7;
/** The same of amplitudes. */
const SMALL_AMPLITUDE = 0.3;
/** χ² above a level at which charges are cut off from it: Δχ² itself adds a tenth. */
const MARGIN = 0.5;
const MARGIN_OF_LEVEL = 0.1;
/** Cuts of one level at most, and halvings to find each. */
const MOST_CUTS = 200;
const HALVINGS = 12;

/** Squared charges from which all on the one side are above the level. */
interface Cut {
  readonly gradient: Float64Array;
  readonly offset: number;
}

/** Control values of the parabola through three: it lies within their range. */
const control = (a: number, b: number, c: number) => [a, 2 * b - (a + c) / 2, c] as const;

/**
 * What the squared charges in a cell of a plane say of χ² there, before it is computed: whether the cell
 * is small enough for a few values to tell, and whether all of it is above a level. The latter rests on
 * the region of squared charges that a level allows being convex, as it is for a likelihood of one norm
 * on a signal linear in them; a margin in χ² covers what more nuisances make of it.
 */
export class ChargeCells {
  readonly #fill: (x: number, y: number, out: Float64Array) => void;
  readonly #own: readonly number[];
  readonly #standard: Float64Array;
  readonly #exponent: number;
  readonly #isScanned: boolean;
  /** Whether every cell of the plane's own grid is small. */
  readonly isFine: boolean;

  constructor(
    { analysis, axes, base }: PlaneOfParameters,
    readonly evaluator: LikelihoodEvaluator,
    datasets: readonly string[],
  ) {
    const { charges, family } = analysis.description;
    const model = chargeModel(charges);
    const at = base.slice();
    const [i, j] = axes.map(({ parameter }) => parameterIndex(parameter));
    this.#fill = (x, y, out) => {
      at[i] = x;
      at[j] = y;
      model.fill(at, out);
    };
    this.#own = seenCharges(analysis, datasets);
    this.#standard = new Float64Array(charges.length);
    model.fill(standardModelPoint(), this.#standard);
    this.#exponent = base[parameterIndex("exponent_x")];
    this.#isScanned = axes.some(({ parameter }) => parameter === "exponent_x");
    const steps = axes.map(({ from, to, points }) => (to - from) / (points - 1));
    const moved = [i, j].filter((index) => {
      return !chargeAmplitudes(charges).some(({ slopes }) => slopes.has(index));
    });
    this.isFine =
      moved.length === 0 &&
      !family &&
      chargeAmplitudes(charges).every(({ nucleus, slopes }) => {
        const change = [i, j].reduce((sum, index, axis) => {
          return sum + Math.abs(slopes.get(index) ?? 0) * steps[axis];
        }, 0);
        const which = charges.findIndex((one) => one.nucleus === nucleus);
        return change <= SMALL_AMPLITUDE * Math.sqrt(this.#standard[which]);
      });
  }

  /** Control values of every own squared charge over a box, [own × 9]: it lies within their hull. */
  #controls({ x, y }: CellBox): Float64Array {
    const count = this.#own.length;
    const samples = [0, 1, 2].map((i) =>
      [0, 1, 2].map((j) => {
        const out = new Float64Array(this.#standard.length);
        this.#fill(x[0] + (i / 2) * (x[1] - x[0]), y[0] + (j / 2) * (y[1] - y[0]), out);
        return out;
      }),
    );
    const found = new Float64Array(count * 9);
    this.#own.forEach((charge, c) => {
      const rows = samples.map(([a, b, d]) => control(a[charge], b[charge], d[charge]));
      for (let j = 0; j < 3; j++) {
        control(rows[0][j], rows[1][j], rows[2][j]).forEach((value, i) => {
          found[c * 9 + i * 3 + j] = value;
        });
      }
    });
    return found;
  }

  isSmall(box: CellBox): boolean {
    const controls = this.#controls(box);
    return this.#own.every((charge, c) => {
      const own = controls.subarray(9 * c, 9 * c + 9);
      const [low, high] = [Math.min(...own), Math.max(...own)];
      return high - low <= SMALL_CHANGE * Math.max(this.#standard[charge], low);
    });
  }

  /**
   * @param inside a point of the plane below the level
   * @param height χ² of the level, `deltaChi2` above what it counts from
   * @returns whether all of a box is above the level; false where that is not sure
   */
  above(inside: readonly number[], height: number, deltaChi2: number): (box: CellBox) => boolean {
    if (this.#isScanned) return () => false;
    const cuts: Cut[] = [];
    const limit = height + MARGIN + MARGIN_OF_LEVEL * deltaChi2;
    const width = this.#standard.length;
    const [within, centre, out] = [width, width, 1].map((size) => new Float64Array(size));
    this.#fill(inside[0], inside[1], within);
    const chi2 = (charges: Float64Array): number => {
      this.evaluator.chi2(charges, this.#exponent, out);
      return out[0];
    };
    const dot = (gradient: Float64Array, controls: Float64Array, k: number) =>
      this.#own.reduce((sum, charge, c) => sum + gradient[charge] * controls[9 * c + k], 0);
    const excludes = (controls: Float64Array) => (cut: Cut) => {
      for (let k = 0; k < 9; k++) if (!(dot(cut.gradient, controls, k) > cut.offset)) return false;
      return true;
    };
    const value = ({ gradient, offset }: Cut, charges: Float64Array) =>
      this.#own.reduce((sum, charge) => sum + gradient[charge] * charges[charge], -offset);
    const cutBetween = (): Cut => {
      const at = (t: number) => within.map((q, c) => q + t * (centre[c] - q));
      let [low, high] = [0, 1];
      for (let k = 0; k < HALVINGS; k++) {
        const middle = (low + high) / 2;
        if (chi2(at(middle)) > limit) high = middle;
        else low = middle;
      }
      const place = at(high);
      const { chargeGradient } = this.evaluator.profile(place, this.#exponent, 0);
      const gradient = Float64Array.from(chargeGradient);
      return { gradient, offset: value({ gradient, offset: 0 }, place) };
    };
    return (box) => {
      const controls = this.#controls(box);
      if (cuts.some(excludes(controls))) return true;
      if (cuts.length >= MOST_CUTS) return false;
      this.#fill((box.x[0] + box.x[1]) / 2, (box.y[0] + box.y[1]) / 2, centre);
      if (cuts.some((cut) => value(cut, centre) > 0) || !(chi2(centre) > limit)) return false;
      const cut = cutBetween();
      // Where the region allowed is not convex here, the cut is not one.
      if (!(value(cut, within) < 0)) return false;
      cuts.push(cut);
      return excludes(controls)(cut);
    };
  }
}
