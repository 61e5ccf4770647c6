import { z } from "zod";

/*
 * HEPData's submission schema 1.1.1 (hepdata.net/submission/schemas/1.1.1), as rules: the three YAML
 * schemas, and what its validator checks beyond them.
 */

const scalar = z.union([z.string(), z.number()]);
const header = z.strictObject({ name: z.string(), units: z.string().optional() });

const independent = z.strictObject({
  header,
  values: z.array(
    z.union([
      z.strictObject({ value: scalar }),
      z.strictObject({ low: z.number(), high: z.number(), value: z.number().optional() }),
    ]),
  ),
});

const error = z.union([
  z.strictObject({ symerror: scalar, label: z.string().optional() }),
  z.strictObject({
    asymerror: z.strictObject({ minus: scalar, plus: scalar }),
    label: z.string().optional(),
  }),
]);

const dependent = z.strictObject({
  header,
  qualifiers: z
    .array(z.strictObject({ name: z.string(), value: scalar, units: z.string().optional() }))
    .optional(),
  values: z.array(z.strictObject({ value: scalar, errors: z.array(error).optional() })),
});

/** A data file, whose columns must be equally long and whose errors must not all be zero. */
export const dataFile = z
  .strictObject({
    independent_variables: z.array(independent),
    dependent_variables: z.array(dependent),
  })
  .refine(({ independent_variables: x, dependent_variables: y }) => {
    return new Set([...x, ...y].map(({ values }) => values.length)).size === 1;
  }, "columns differ in length")
  .refine(
    ({ dependent_variables }) =>
      dependent_variables.every(({ values }) =>
        values.every(({ errors }) => {
          const zero = (one: z.infer<typeof error>) =>
            "symerror" in one
              ? Number(one.symerror) === 0
              : Number(one.asymerror.minus) === 0 && Number(one.asymerror.plus) === 0;
          return errors === undefined || !errors.every(zero);
        }),
      ),
    "errors are all zero",
  );

/** A table's document in submission.yaml. */
export const tableDocument = z.strictObject({
  name: z.string().max(64),
  location: z.string().max(256).optional(),
  description: z.string(),
  keywords: z.array(
    z.strictObject({
      name: z.enum(["cmenergies", "observables", "reactions", "phrases"]),
      values: z.array(z.union([z.string().max(128), z.number()])),
    }),
  ),
  data_file: z.string().regex(/^[^/]+$/),
});

/** The first document: about the whole submission. */
export const aboutDocument = z.looseObject({ comment: z.string().min(1) });

/** Largest data file that HEPData takes, bytes. */
export const LARGEST_FILE = 10_485_760;
