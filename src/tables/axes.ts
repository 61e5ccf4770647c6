import type { LikelihoodDescription } from "../likelihood/description.js";
import { TermTemplates } from "../likelihood/templates.js";
import { chargeModel } from "../model/charges.js";
import { parameterIndex, standardModelPoint } from "../model/parameters.js";
import { CannotTabulate } from "./factorise.js";
import type { TableAxis } from "./table.js";

/** What a table's axis is before its range and knots are known. */
export type BareAxis = Pick<TableAxis, "charges" | "events" | "shares">;

/**
 * Signal events of some terms per unit of squared charge, by flavour.
 * @param exponents values of x at which `events` are given
 */
export function bareAxes(
  description: LikelihoodDescription,
  exponents: Float64Array,
): readonly [BareAxis, BareAxis] {
  const { charges, terms } = description;
  const templates = terms.map((term) => new TermTemplates(term, description));
  const eventsAt = (x: number): Float64Array => {
    const events = new Float64Array(charges.length);
    for (const template of templates) {
      template.signalAt(x).counts.forEach((row, c) => {
        events[template.term.charges[c]] += row.reduce((sum, count) => sum + count, 0);
      });
    }
    return events;
  };
  const tabulated = Array.from(exponents, eventsAt);
  const middle = exponents[exponents.length >> 1];
  const standard = standardModelPoint();
  standard[parameterIndex("exponent_x")] = middle;
  const squared = new Float64Array(charges.length);
  chargeModel(charges).fill(standard, squared);
  const felt = [...new Set(terms.flatMap((term) => term.charges))].sort((a, b) => a - b);
  const axis = (flavour: "e" | "mu"): BareAxis => {
    const own = felt.filter((c) => charges[c].flavour === flavour);
    if (tabulated.some((events) => own.some((c) => !(events[c] > 0)))) {
      throw new CannotTabulate("a nucleus leaves no events");
    }
    const at = tabulated[exponents.length >> 1];
    const total = own.reduce((sum, c) => sum + at[c] * squared[c], 0);
    return {
      charges: own,
      events: Float64Array.from(tabulated.flatMap((events) => own.map((c) => events[c]))),
      shares: Float64Array.from(own, (c) => (at[c] * squared[c]) / total),
    };
  };
  return [axis("e"), axis("mu")];
}

/** Signal events S of one flavour. @param node of the exponent */
export function axisEvents({ charges, events }: BareAxis, node: number, q: Float64Array): number {
  const { length } = charges;
  let sum = 0;
  for (let c = 0; c < length; c++) sum += events[node * length + c] * q[charges[c]];
  return sum;
}

/** δ's of both flavours together: how many of them a table has. */
export function deviations(axes: readonly BareAxis[]): number {
  return axes.reduce((sum, { charges }) => sum + Math.max(charges.length - 1, 0), 0);
}

/**
 * Sets the squared charges that have these events.
 * @param deviation δ of this flavour, for its second and further charges
 */
export function setCharges(
  { charges, events, shares }: BareAxis,
  node: number,
  total: number,
  deviation: ArrayLike<number>,
  q: Float64Array,
): void {
  const { length } = charges;
  let first = shares[0] * total;
  for (let c = 1; c < length; c++) {
    first -= deviation[c - 1];
    q[charges[c]] = (shares[c] * total + deviation[c - 1]) / events[node * length + c];
  }
  if (length > 0) q[charges[0]] = first / events[node * length];
}

/** ∂χ²/∂δ of one flavour from ∂χ²/∂q. */
export function deviationSlopes(
  { charges, events }: BareAxis,
  node: number,
  gradient: ArrayLike<number>,
): number[] {
  const { length } = charges;
  const perEvent = charges.map((charge, c) => gradient[charge] / events[node * length + c]);
  return perEvent.slice(1).map((slope) => slope - perEvent[0]);
}
