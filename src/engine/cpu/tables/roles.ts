import type { Charge } from "../../../likelihood/description.js";
import { chargeModel } from "../../../model/charges.js";
import { PARAMETERS, parameterIndex } from "../../../model/parameters.js";
import type { GridAxis } from "../../engine.js";

/** What the axes of a grid do: χ² is a function of two states, one of each flavour's charges. */
export interface Roles {
  /** Axes that change one flavour's charges, whose states are walked. */
  readonly walked: readonly number[];
  /** Axes that change the other's, whose states are lanes. */
  readonly lanes: readonly number[];
  /** Axes that change both. */
  readonly outer: readonly number[];
  /** Flavour of the lanes: 0 ν_e, 1 ν_μ. */
  readonly laneFlavour: 0 | 1;
}

/** The flavours whose charges (or templates) a parameter changes: as the charge model has it. */
function flavoursOf(charges: readonly Charge[], name: string): readonly [boolean, boolean] {
  const index = parameterIndex(name);
  const own = PARAMETERS[index];
  if (own.role === "template") return [true, true];
  // A point where no derivative vanishes by chance: every coupling at some value of its own.
  const parameters = Float64Array.from(PARAMETERS, ({ standardModel }, k) =>
    standardModel === 0 ? 0.1 + 0.017 * k : standardModel,
  );
  const model = chargeModel(charges);
  const [low, high] = [new Float64Array(charges.length), new Float64Array(charges.length)];
  model.fill(parameters, low);
  parameters[index] += 0.037;
  model.fill(parameters, high);
  const changes = (flavour: string) =>
    charges.some((charge, c) => charge.flavour === flavour && low[c] !== high[c]);
  return [changes("e"), changes("mu")];
}

/**
 * Sorts the axes of a grid. Lanes are of the flavour of the slowest axis, so that a part of the flat
 * index has few of them and many states to walk; or of the flavour that no axis changes.
 */
export function rolesOf(charges: readonly Charge[], axes: readonly GridAxis[]): Roles {
  const flavours = axes.map(({ parameter }) => flavoursOf(charges, parameter));
  const all = axes.map((_, axis) => axis);
  const outer = all.filter((axis) => flavours[axis][0] === flavours[axis][1]);
  const own = [0, 1].map((flavour) =>
    all.filter((axis) => flavours[axis][flavour] && !flavours[axis][1 - flavour]),
  );
  const slowest = all.find((axis) => flavours[axis][0] !== flavours[axis][1]);
  const isOuterProduct = own[0].length > 0 && own[1].length > 0;
  const muFirst = slowest !== undefined && own[1].includes(slowest);
  const laneFlavour = muFirst === isOuterProduct ? 1 : 0;
  return { walked: own[1 - laneFlavour], lanes: own[laneFlavour], outer, laneFlavour };
}
