import { z } from "zod";

/** Version of the layout of data files; it changes when a field changes its meaning or name. */
export const SCHEMA_VERSION = 1;

export const count = z.int().nonnegative();
export const positive = z.number().positive();
export const nonNegative = z.number().nonnegative();

/** An array of exactly `length` items. */
export function row<T extends z.ZodType>(length: number, item: T) {
  return z.array(item).length(length).readonly();
}

/** `bins` + 1 strictly increasing bin edges. */
export function edges(bins: number) {
  return z
    .array(z.number())
    .length(bins + 1)
    .refine((values) => values.every((value, i) => i === 0 || value > values[i - 1]), {
      error: "bin edges must increase",
    })
    .readonly();
}

const releaseFile = z
  .strictObject({
    name: z.string().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Present where the file is not the published one. */
    altered: z.literal(true).optional(),
  })
  .readonly();

const source = z
  .strictObject({
    reference: z.string().min(1),
    arxiv: z.string().min(1),
    doi: z.string().min(1),
    release: z.string().min(1),
  })
  .readonly();

/** What every data file says about itself. */
export function header<T extends string>(dataset: T) {
  return {
    schemaVersion: z.literal(SCHEMA_VERSION),
    dataset: z.literal(dataset),
    title: z.string().min(1),
    source,
    files: z.array(releaseFile).min(1).readonly(),
    notes: z.array(z.string()).readonly(),
    /** Unit by dotted field name; a name covers everything below it. */
    units: z.record(z.string(), z.string()).readonly(),
  };
}

/** The beam and detector numbers common to the data sets. */
export const exposure = {
  /** Neutrinos per flavour per proton. */
  neutrinosPerProton: positive,
  /** Target to detector, m. */
  distance: positive,
  /** Detector mass, kg. */
  mass: positive,
  /** Molar mass of the formula unit, g/mol. */
  molarMass: positive,
};
