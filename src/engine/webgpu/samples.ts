import { chargeModel } from "../../model/charges.js";
import { PARAMETERS } from "../../model/parameters.js";
import type { EngineProblem } from "../engine.js";

/** Couplings up to this size are sampled, on a logarithmic scale from a thirtieth of it. */
const LARGEST_COUPLING = 1;

/**
 * Squared charges at random couplings around the base point, few or many of them, small or large, some
 * with other scales of the cross section.
 * The same ones every time.
 */
export function sampleCharges({ description, base }: EngineProblem, count: number): Float64Array[] {
  const random = generator(1);
  const model = chargeModel(description.charges);
  const named = (start: string) =>
    [...PARAMETERS.keys()].filter((k) => PARAMETERS[k].name.startsWith(start));
  const couplings = named("eps_");
  const scales = named("sigma_scale");
  return Array.from({ length: count }, () => {
    const parameters = base.slice();
    const size = LARGEST_COUPLING * 30 ** -random();
    const density = random();
    for (const k of couplings) {
      if (random() < density) parameters[k] = size * (2 * random() - 1);
    }
    if (random() < 0.2) for (const k of scales) parameters[k] = 2 * random();
    const charges = new Float64Array(description.charges.length);
    model.fill(parameters, charges);
    return charges;
  });
}

/** Numbers in [0, 1) by Marsaglia's xorshift of 32 bits. */
export function generator(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
