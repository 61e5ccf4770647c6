import type { EngineProblem } from "../../../src/engine/engine.js";
import type { Charge, LikelihoodDescription } from "../../../src/likelihood/description.js";
import { chargeModel } from "../../../src/model/charges.js";
import { standardModelPoint } from "../../../src/model/parameters.js";
import type {
  ProfileTable,
  SharedScale,
  TableAxis,
  TabulatedLikelihood,
} from "../../../src/tables/table.js";
import { generator } from "../../random.js";

const names = [["Cs", "I"], ["Ar"], ["Ge"]] as const;
const flavours = ["e", "mu"] as const;

/** Charges of three data sets, those of caesium and iodine together. */
const ownCharges: Charge[] = names.flatMap((own) =>
  flavours.flatMap((flavour) => own.map((nucleus) => ({ nucleus, flavour }))),
);

/** Signal events at the Standard Model of each charge. */
const EVENTS = [
  [60, 55, 130, 120],
  [40, 85],
  [6, 14],
];

/** A problem of which nothing but charges and base matters. */
export const tablesProblem: EngineProblem = {
  description: {
    analysis: "tables",
    charges: ownCharges,
    nuisances: [],
    terms: [],
  } as LikelihoodDescription,
  observations: {},
  combinations: [],
  base: standardModelPoint(),
};

interface SyntheticOptions {
  readonly seed: number;
  readonly scale?: SharedScale;
  readonly exponents?: readonly number[];
  /** Cells of each axis. */
  readonly cells?: number;
  /** Of the description that the tables are for. */
  readonly charges?: readonly Charge[];
  /** Largest S over that of the Standard Model. */
  readonly reach?: number;
  /** Depth of a valley that each table has at a ν_e signal of its own. */
  readonly valley?: number;
}

/** Random smooth tables of three data sets, in five combinations. */
export function syntheticTables(options: SyntheticOptions): TabulatedLikelihood {
  const {
    seed,
    scale,
    exponents = [2],
    cells = 12,
    reach = 60_000,
    valley = 0,
    charges = ownCharges,
  } = options;
  const random = generator(seed);
  const squared = new Float64Array(charges.length);
  chargeModel(charges).fill(standardModelPoint(), squared);
  const tables = names.map((own, table): ProfileTable => {
    const axes = flavours.map((name, flavour): TableAxis => {
      const events = EVENTS[table].slice(flavour * own.length, (flavour + 1) * own.length);
      const indices = own.map((nucleus) =>
        charges.findIndex((one) => one.nucleus === nucleus && one.flavour === name),
      );
      const total = events.reduce((a, b) => a + b);
      const steps = 64;
      const top = Math.log1p((reach * total) / 20);
      const inner = Array.from({ length: steps - 1 }, (_, i) => i + 1)
        .sort(() => random() - 0.5)
        .slice(0, cells - 1)
        .sort((a, b) => a - b);
      return {
        charges: indices,
        events: Float64Array.from(
          exponents.flatMap((x) =>
            events.map((n, i) => (n * (1 + 0.1 * (x - 2))) / squared[indices[i]]),
          ),
        ),
        shares: Float64Array.from(events, (n) => n / total),
        scale: 20,
        largest: reach * total,
        knots: Float64Array.from([0, ...inner, steps], (step) => (step * top) / steps),
        steps,
      };
    });
    const monomials = own.length === 2 ? [[], [0], [1], [0, 0], [0, 1], [1, 1]] : [[]];
    const sizes = axes.map(({ knots }) => knots.length + 2);
    const bottom = Math.log1p((EVENTS[table][0] * (0.5 + 3 * random())) / 20);
    const valleyAt = (i: number) => {
      const { knots } = axes[0];
      const u = knots[Math.min(Math.max(i - 1, 0), knots.length - 1)];
      return valley && -valley * Math.exp(-(((u - bottom) / 0.25) ** 2));
    };
    const coefficients = exponents.flatMap(() =>
      monomials.flatMap((monomial) => {
        const size = 30 * 0.01 ** monomial.length;
        const [a, b, c, d] = Array.from({ length: 4 }, () => 2 * random() - 1);
        return Array.from({ length: sizes[0] * sizes[1] }, (_, at) => {
          const i = Math.floor(at / sizes[1]) / sizes[0];
          const j = (at % sizes[1]) / sizes[1];
          const wave = a * Math.sin(5 * i + 3 * b * j) + c * Math.cos(4 * j - 3 * d * i);
          const smooth = size * (wave + 4 * (i - 0.5) ** 2 + 4 * (j - 0.5) ** 2);
          return monomial.length ? smooth : smooth + valleyAt(Math.floor(at / sizes[1]));
        });
      }),
    );
    return {
      terms: [table],
      axes: [axes[0], axes[1]],
      offset: 10.1 * (table + 1),
      monomials,
      exponents: Float64Array.from(exponents),
      coefficients: Float64Array.from(coefficients),
    };
  });
  const certificate = { near: 0, far: 0, points: 0, nodes: 0, unsettled: 0, seconds: 0 };
  if (!scale) {
    const profiles = tables.map((_, table) => ({ tables: [table] }));
    return { tables, profiles, members: [[0], [1], [2], [0, 1], [0, 1, 2]], certificate };
  }
  // Single data sets have their own scale profiled in their tables.
  const alone = tables.map((_, table) => ({ tables: [table] }));
  const joint = [
    [0, 1],
    [0, 1, 2],
  ].map((own) => ({ tables: own, scale }));
  const profiles = [...alone, ...joint];
  return { tables, profiles, members: [[0], [1], [2], [3], [4]], certificate };
}
