/**
 * A likelihood is data. An analysis compiles its data sets into this plain description; everything
 * behind it (reference, engines, kernels, toys) knows terms and nuisances only, never a detector.
 *
 * The expected count of bin b in a term is, with θ the nuisance parameters (0 = nominal),
 *
 *   μ_b(p, θ) = Σ_k Π_s (1 + θ_s) [ M_kb + Σ_j ( θ_j L_jkb + θ_j² C_jkb ) ]
 *
 * over the signal (k = signal, M_b = Σ_c q_c(p) T_cb, linear in the squared weak charges q_c) and the
 * backgrounds. Every {@link Effect} is that of one nuisance on one component. Most supply an L (and C),
 * so that they add: a norm has L = M, a relative shape L = Δ_b M_b, a morph its own templates. A scale
 * is a factor 1 + θ_s on all of the component. A position θ moves the signal along a family of
 * templates: its M, L and C are cubic splines through tables given at positions of θ.
 */

/** A squared weak charge of the model: one nucleus seen by one neutrino flavour. */
export interface Charge {
  readonly nucleus: string;
  readonly flavour: "e" | "mu";
}

/** A nuisance parameter θ; 0 is its nominal value. */
export interface Nuisance {
  /** Unique within the description, e.g. `csi.signal_norm`. */
  readonly name: string;
  /** TeX symbol for tables and figures, e.g. `\\alpha_0`. */
  readonly symbol: string;
  /** Width of its Gaussian prior in the units of θ (a fraction for norms, 1 for shapes); null: free. */
  readonly sigma: number | null;
  /** θ is kept within [lower, upper]; ±Infinity where the analysis sets no bound. */
  readonly lower: number;
  readonly upper: number;
}

/** The component an effect acts on: the signal, or the background of that index. */
export type ComponentIndex = "signal" | number;

/** What one nuisance does to one component. */
export type Effect =
  | { readonly kind: "norm"; readonly nuisance: number; readonly component: ComponentIndex }
  | {
      readonly kind: "relative";
      readonly nuisance: number;
      readonly component: ComponentIndex;
      /** Relative deviation per unit of θ, [bins]. */
      readonly deviation: Float64Array;
    }
  | {
      readonly kind: "morph";
      readonly nuisance: number;
      readonly component: ComponentIndex;
      /** Coefficients of θ and θ²: [bins] of a background; as `Term.signal` for the signal. */
      readonly linear: Float64Array;
      readonly quadratic: Float64Array;
    }
  | { readonly kind: "scale"; readonly nuisance: number; readonly component: ComponentIndex }
  | {
      readonly kind: "position";
      readonly nuisance: number;
      readonly component: "signal";
      /** Values of θ at which the signal is tabulated: equally spaced, ascending, at least five. */
      readonly values: Float64Array;
      /**
       * Every so many-th value starts a search: χ² may have several minima along θ, and this is how
       * near to each other they can be.
       */
      readonly stride: number;
    };

/** A fixed additive component (a background) at its nominal strength, counts per bin. */
export interface Background {
  readonly name: string;
  readonly counts: Float64Array;
}

/** How a term's bins are laid out, slowest axis first, for tables and figures. */
export interface BinAxis {
  readonly name: string;
  readonly unit: string;
  /** One [low, high] pair per bin: axes may have gaps. */
  readonly edges: readonly (readonly [number, number])[];
}

export interface Term {
  readonly name: string;
  /** The data set this term belongs to; a data set's χ² is the sum of its terms. */
  readonly dataset: string;
  /**
   * `poisson`: 2 Σ (μ − N + N ln N/μ), with μ ≥ 0.
   * `gaussian`: Σ (N − μ)²/σ², with σ² the variance that travels with the observed counts.
   */
  readonly statistic: "poisson" | "gaussian";
  readonly bins: number;
  /** The product of their lengths is `bins`; bin index is row-major over them. */
  readonly axes: readonly BinAxis[];
  /** Indices into the description's charges, in the order of the template rows. */
  readonly charges: readonly number[];
  /**
   * Signal counts per unit of squared charge: [nodes × positions × charges × bins], with nodes = 1
   * without a family and positions = 1 without a position effect.
   */
  readonly signal: Float64Array;
  readonly backgrounds: readonly Background[];
  readonly effects: readonly Effect[];
}

/**
 * Signal templates that depend on a scanned parameter are tabulated at Chebyshev nodes of it and
 * interpolated by the barycentric formula (exact to rounding for the smooth dependence on x).
 */
export interface TemplateFamily {
  readonly parameter: "exponent_x";
  readonly nodes: Float64Array;
}

export interface LikelihoodDescription {
  readonly analysis: string;
  readonly charges: readonly Charge[];
  readonly nuisances: readonly Nuisance[];
  readonly terms: readonly Term[];
  /** Absent when no template depends on a scanned parameter. */
  readonly family?: TemplateFamily;
}

/** Observed counts of one term; a Gaussian term's variances come from the data too. */
export interface Observation {
  readonly counts: Float64Array;
  readonly variance?: Float64Array;
}

/** Observed counts by term name: they travel beside the description, never in it. */
export type Observations = Readonly<Record<string, Observation>>;

/** A named sum of data sets with one joint profile, e.g. `csi+lar`. */
export interface Combination {
  readonly name: string;
  readonly datasets: readonly string[];
}

/** What was measured. Whoever evaluates, draws, shares out or ranks χ² holds all of it. */
export interface Data {
  readonly observations: Observations;
  /**
   * The auxiliary measurements that priors stand for, by nuisance: a prior is ((θ − measured)/σ)². They
   * are data like counts, and 0 when absent.
   */
  readonly auxiliary?: Float64Array;
}

/** All that an engine needs to evaluate χ². */
export interface Problem extends Data {
  readonly description: LikelihoodDescription;
  readonly combinations: readonly Combination[];
}
