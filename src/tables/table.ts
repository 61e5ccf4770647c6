/**
 * One flavour's coordinate in a table. S = Σ_c events_c q_c is the number of signal events that this
 * flavour leaves at nominal nuisances, and u = {@link coordinate}(S, scale) what splines run along.
 */
export interface TableAxis {
  /** Of the description, those of this flavour; empty: no dependence (S = 0, two knots). */
  readonly charges: readonly number[];
  /**
   * τ_c, signal events per unit of squared charge, [exponents × charges]; between exponents their
   * logarithms are interpolated.
   */
  readonly events: Float64Array;
  /** Of each charge in S at the reference point (the Standard Model), [charges]; their sum is 1. */
  readonly shares: Float64Array;
  /** s₀ of u, events. */
  readonly scale: number;
  /** S up to which the table is certified, events; the last knot is its u. */
  readonly largest: number;
  /** Values of u, ascending from 0; cells = knots − 1. Each is a multiple of (last knot)/steps. */
  readonly knots: Float64Array;
  /** A power of 2: u·steps/(last knot), rounded down, tells the cell by a table of `steps` entries. */
  readonly steps: number;
}

/**
 * χ² of terms that share nuisances, profiled over all of these, as a function of the squared charges:
 *
 *   χ²(q) = offset + Σ_m Π_{i ∈ m} δ_i · Σ_jk w_j(u_e) w_k(u_μ) c_mjk
 *
 * δ_i = events_i q_i − shares_i S, for the second and further charges of a flavour (those of ν_e first),
 * are events of that nucleus beyond its share.
 */
export interface ProfileTable {
  /** Terms of the description, ascending. */
  readonly terms: readonly number[];
  /** ν_e, ν_μ. */
  readonly axes: readonly [TableAxis, TableAxis];
  /** Lowest χ² of the table: float32 keeps the digits of what is above it. */
  readonly offset: number;
  /** Lists of δ's, e.g. [] [0] [1] [0,0] [0,1] [1,1] for Cs and I, and [] for one nucleus. */
  readonly monomials: readonly (readonly number[])[];
  /** Values of the exponent x between which coefficients and ln τ are interpolated (barycentric). */
  readonly exponents: Float64Array;
  /**
   * c_mjk of cubic B-splines, [exponents × monomials × (knots_e + 2) × (knots_μ + 2)], row-major; in
   * cell k the coefficients k … k + 3 act, with the weights of {@link splineCells}.
   */
  readonly coefficients: Float64Array;
}

/**
 * A nuisance φ that scales the signal of several tables: their joint profile is
 *
 *   min_φ Σ_d χ²_d((1 + φ) q) + ((φ − measured)/σ)²
 *
 * The tables are looked up at 1 + φ = exp(step · m) for whole m. Around the node m₀ where the whole is
 * lowest, Σ_d χ²_d is taken for the polynomial in 1 + φ through the nodes m₀ − reach … m₀ + reach, and the
 * whole is minimised between the two neighbours of m₀.
 */
export interface SharedScale {
  /** Index in the description's nuisances. */
  readonly nuisance: number;
  /** Width of the prior. */
  readonly sigma: number;
  readonly measured: number;
  readonly step: number;
  /** m₀ is among first … last; nodes are looked up from first − reach to last + reach. */
  readonly first: number;
  readonly last: number;
  readonly reach: number;
}

/** Joint profiles of χ²: the sum of one or more tables, minimised over their scale if they have one. */
export interface TabulatedProfile {
  readonly tables: readonly number[];
  readonly scale?: SharedScale;
}

/** What tables were measured to be wrong by, against exact profiles at points that are not their nodes. */
export interface Certificate {
  /** Largest |error| of χ² of a combination where it is at most 50 above its minimum. */
  readonly near: number;
  /** Largest |error|/χ² of a combination beyond. */
  readonly far: number;
  /** Exact profiles that errors were measured at: middles of cells, and points of parameters. */
  readonly points: number;
  /** Exact profiles computed altogether. */
  readonly nodes: number;
  /** Those of them whose minimum was not reached for certain. */
  readonly unsettled: number;
  /** Wall-clock time of building and certifying. */
  readonly seconds: number;
}

/** All that χ² of every combination is looked up from. */
export interface TabulatedLikelihood {
  readonly tables: readonly ProfileTable[];
  readonly profiles: readonly TabulatedProfile[];
  /** By combination: the profiles whose sum it is. */
  readonly members: readonly (readonly number[])[];
  readonly certificate: Certificate;
}
