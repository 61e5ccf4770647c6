/** How a number of ours is held against what a paper prints. */
export type Comparison =
  /** It agrees where it is no farther from the paper's than `tolerance`; `source` says where that comes from. */
  | { readonly kind: "within"; readonly tolerance: number; readonly source: string }
  /** The paper states a bound: ours is to lie below (or above) it. */
  | { readonly kind: "below" | "above"; readonly source: string }
  | { readonly kind: "none"; readonly why: string };

/** What a paper prints. */
export interface Published {
  readonly value: number;
  /** As the paper has it, without its unit: `26.37`, `< 8`, `≈ 2`. */
  readonly text: string;
  /** Section, table, figure or equation. */
  readonly where: string;
  readonly comparison: Comparison;
}

/** What a calculation that shares no code with this program gives. */
export interface Expected {
  readonly value: number;
  /** Decimals to which it is given. */
  readonly digits: number;
  /** How far from it we may be; half a unit of its last digit when absent. */
  readonly allowed?: number;
}

/** A number of a paper, or one that only an independent calculation gives: everything but our own value. */
export interface PublishedNumber {
  /** Unique and lasting: `l24.csi.chi2`. */
  readonly id: string;
  readonly analysis: string;
  readonly quantity: string;
  readonly unit: string;
  /** null where no paper prints it. */
  readonly published: Published | null;
  /** null where nothing independent gives it. */
  readonly expected: Expected | null;
  /** Why ours differs from the paper's, as far as it is known, and what was tried. */
  readonly why?: string;
  /** It is no result but what the paper puts into its calculation: ours is what we put in. */
  readonly input?: true;
}

/** A number with ours beside it; null where the program computes nothing of the kind. */
export interface ValidationRow extends PublishedNumber {
  readonly computed: number | null;
}

const PRINTED = "half a unit of the last digit printed";
/** Analyses of the same data share its noise, so they are to agree much better than by their error. */
const SHARE_OF_ERROR = 0.1;
const STATISTICAL = "a tenth of the paper's statistical error, as the data are the same";

/** Half a unit of the last digit of a number as printed: 0.05 for `95.9`, 5e20 for `1.37e23`. */
function halfLastDigit(text: string): number {
  const [mantissa, exponent = "0"] = text.split("e");
  const decimals = mantissa.split(".")[1]?.length ?? 0;
  return 0.5 * 10 ** (Number(exponent) - decimals);
}

/** A number with a tolerance of its own, and where that comes from. */
export function within(text: string, tolerance: number, source: string, where: string): Published {
  return { value: Number(text), text, where, comparison: { kind: "within", tolerance, source } };
}

/** A number that a paper prints without an error of its own: ours is to agree to its last digit. */
export function printed(text: string, where: string): Published {
  return within(text, halfLastDigit(text), PRINTED, where);
}

/** A measured number that is printed with its statistical error (the smaller one, where there are two). */
export function measured(text: string, error: number, where: string): Published {
  const digits = halfLastDigit(text);
  const share = SHARE_OF_ERROR * error;
  return share > digits ? within(text, share, STATISTICAL, where) : printed(text, where);
}

/** A whole number of things: ours is to be the same. */
export function counted(value: number, where: string): Published {
  return within(String(value), 0, "a count is exact", where);
}

/** A sentence that bounds a number from above or from below. */
export function bound(kind: "below" | "above", value: number, where: string): Published {
  const text = `${kind === "below" ? "≤" : "≥"} ${value}`;
  return { value, text, where, comparison: { kind, source: "the bound that the paper states" } };
}

/** A number that the paper prints and that ours cannot be held against. */
export function notComparable(text: string, where: string, why: string): Published {
  return { value: Number(text), text, where, comparison: { kind: "none", why } };
}

/** Numbers with ours beside each. @throws Error where one has no value, or a value no number: a bug */
export function rowsOf(
  numbers: readonly PublishedNumber[],
  computed: ReadonlyMap<string, number>,
): ValidationRow[] {
  const known = new Set(numbers.map(({ id }) => id));
  const strange = [...computed.keys()].filter((id) => !known.has(id));
  const missing = numbers.filter(
    ({ id, published, expected }) =>
      !computed.has(id) && (expected !== null || published?.comparison.kind !== "none"),
  );
  const wrong = [...strange, ...missing.map(({ id }) => id)];
  if (wrong.length > 0) {
    throw new Error(`numbers and their computed values do not match: ${wrong.join(", ")}`);
  }
  return numbers.map((number) => ({ ...number, computed: computed.get(number.id) ?? null }));
}
