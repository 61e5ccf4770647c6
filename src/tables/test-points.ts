import type { LikelihoodDescription } from "../likelihood/description.js";
import { chargeAmplitudes } from "../model/charges.js";
import { PARAMETERS, parameterIndex } from "../model/parameters.js";
import { exponentRange, type ParameterBox } from "./range.js";

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const COUPLINGS = PARAMETERS.map(({ name }) => name).filter((name) => name.startsWith("eps_"));
/** So many exponents take turns: each needs templates of its own. */
const EXPONENTS = 12;
/** |ε| of a nucleus's amplitude that nearly vanishes. */
const NEARLY = 0.02;

/**
 * Points at which tables are held against exact profiles: in turn in the box of a scan, at all ten
 * couplings, where the amplitude of a nucleus nearly vanishes for one flavour or both, and where there is
 * hardly any signal.
 * @returns parameter vectors
 */
export function testPoints(
  { charges }: LikelihoodDescription,
  box: ParameterBox,
  count: number,
): Float64Array[] {
  const random = uniform(20_240_806);
  const range = exponentRange(box);
  const extent = Math.max(
    1,
    ...box.axes
      .filter(({ parameter }) => parameter.startsWith("eps_"))
      .map(({ from, to }) => Math.max(Math.abs(from), Math.abs(to))),
  );
  const exponents = Array.from({ length: EXPONENTS }, () => {
    return range[0] + random() * (range[1] - range[0]);
  });
  const signed = (size: number) => size * (2 * random() - 1);
  const amplitudes = chargeAmplitudes(charges).filter(({ constant }) => constant !== 0);
  const set = (point: Float64Array, name: string, value: number) => {
    point[parameterIndex(name)] = value;
  };
  return Array.from({ length: count }, (_, i) => {
    const point = box.base.slice();
    set(point, "exponent_x", exponents[Math.floor(random() * EXPONENTS)]);
    if (i % 4 === 0) {
      for (const { parameter, from, to } of box.axes)
        set(point, parameter, from + random() * (to - from));
    } else if (i % 4 === 1) {
      const size = extent * 50 ** -random();
      for (const name of COUPLINGS) set(point, name, random() < 0.5 ? 0 : signed(size));
    } else {
      for (const flavour of ["eps_ee_u", "eps_mumu_u"]) {
        const own = amplitudes.filter(({ coupling }) => coupling === flavour);
        const { constant, slopes } = own[Math.floor(random() * own.length)] ?? amplitudes[0];
        const u = parameterIndex(flavour);
        const angle = parameterIndex("sin2_theta_w");
        const d = signed(extent);
        const rest =
          constant + (slopes.get(angle) ?? 0) * point[angle] + (slopes.get(u + 1) ?? 0) * d;
        if (random() < 0.3) continue;
        point[u] = -rest / (slopes.get(u) as number) + signed(NEARLY * random());
        point[u + 1] = d;
      }
      if (i % 4 === 3) {
        for (const name of ["sigma_scale_e", "sigma_scale_mu"]) {
          if (random() < 0.8) set(point, name, random() ** 4);
        }
      }
    }
    return point;
  });
}
