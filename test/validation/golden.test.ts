import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { NUMBERS } from "../../src/validation/registry.js";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const read = (name: string) => JSON.parse(readFileSync(path(name), "utf8"));

interface Golden {
  readonly data: Readonly<Record<string, { keys: readonly string[]; sha256: string }>>;
  readonly numbers: Readonly<Record<string, number>>;
}
const golden: Golden = read("test/golden/collaboration-numbers.json");

/** All numbers below a JSON value: lists in their order, objects in the order of their sorted keys. */
function numbersBelow(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flatMap(numbersBelow);
  const object = value as Record<string, unknown>;
  return Object.keys(object)
    .sort()
    .flatMap((key) => numbersBelow(object[key]));
}

describe("the independent fits of C22 and release", () => {
  it.each(Object.entries(golden.data))(
    "were made from data/%s.json as it is shipped",
    (name, of) => {
      const content = read(`data/${name}.json`);
      const numbers = of.keys.flatMap((key) => numbersBelow(content[key]));
      const bytes = Buffer.from(Float64Array.from(numbers).buffer);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(of.sha256);
    },
  );

  const independent = NUMBERS.filter(({ id, expected }) => expected && /^(c22|release)\./.test(id));

  it("give every number that says so", () => {
    expect(independent.length).toBeGreaterThan(50);
    const missing = independent.filter(({ id }) => !(id in golden.numbers));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it.each(Object.entries(golden.numbers))("give %s", (id, value) => {
    const expected = NUMBERS.find((number) => number.id === id)?.expected;
    if (!expected) throw new Error(`no number ${id} that has an independent value`);
    expect(Math.abs(expected.value - value)).toBeLessThanOrEqual(
      0.5000001 * 10 ** -expected.digits,
    );
  });
});
