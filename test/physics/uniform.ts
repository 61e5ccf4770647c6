import fc from "fast-check";

/** Numbers spread evenly over [min, max], ends included; `fc.double` spreads their exponents instead. */
export function uniform(min: number, max: number): fc.Arbitrary<number> {
  const steps = 2 ** 30;
  return fc.integer({ min: 0, max: steps }).map((k) => min + ((max - min) * k) / steps);
}
