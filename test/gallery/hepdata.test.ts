import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { hepdataFiles } from "../../src/gallery/hepdata.js";
import type { DataTable } from "../../src/gallery/table.js";
import { aboutDocument, dataFile, tableDocument } from "./hepdata-schema.js";

const table: DataTable = {
  name: "spectrum",
  title: "A spectrum",
  location: "Figure 0",
  description: 'Counts: "quoted", with # and: colons.',
  observables: ["N"],
  coordinates: [
    {
      name: "energy",
      units: "keV",
      bins: [
        [0, 1.5],
        [1.5, 4],
        [4, 9],
      ],
    },
    { name: "where: what", values: ["a", "- b", "{c}"] },
  ],
  quantities: [
    {
      name: "data",
      units: "events",
      values: [1, Number.POSITIVE_INFINITY, -1e-30],
      errors: [
        { label: "stat", minus: [0.5, 1, 0], plus: [0.5, 2, 0] },
        { label: "syst", minus: [0.25, 0, 0], plus: [0, 0, 0] },
      ],
      qualifiers: [
        { name: "level", value: "2 sigma" },
        { name: "chi2", value: 3.25 },
      ],
    },
  ],
};

const documents = (text: string) => parseAllDocuments(text).map((one) => one.toJS());

describe("a HEPData submission", () => {
  const files = hepdataFiles({ comment: "About: everything.", tables: [table] });

  it("has an index that the schema accepts, and the data file that it names", () => {
    const [about, entry, ...rest] = documents(files["submission.yaml"]);
    expect(rest).toEqual([]);
    expect(aboutDocument.parse(about).comment).toBe("About: everything.");
    expect(tableDocument.parse(entry)).toMatchObject({
      name: table.title,
      description: table.description,
      location: "Figure 0",
      data_file: "spectrum.yaml",
    });
    expect(Object.keys(files).sort()).toEqual(["spectrum.yaml", "submission.yaml"]);
  });

  it("says every number, bin, error and qualifier; none where all errors are zero", () => {
    const read = dataFile.parse(parse(files["spectrum.yaml"]));
    expect(read).toEqual({
      independent_variables: [
        {
          header: { name: "energy", units: "keV" },
          values: [
            { low: 0, high: 1.5 },
            { low: 1.5, high: 4 },
            { low: 4, high: 9 },
          ],
        },
        {
          header: { name: "where: what" },
          values: [{ value: "a" }, { value: "- b" }, { value: "{c}" }],
        },
      ],
      dependent_variables: [
        {
          header: { name: "data", units: "events" },
          qualifiers: [
            { name: "level", value: "2 sigma" },
            { name: "chi2", value: 3.25 },
          ],
          values: [
            {
              value: 1,
              errors: [
                { symerror: 0.5, label: "stat" },
                { asymerror: { minus: -0.25, plus: 0 }, label: "syst" },
              ],
            },
            { value: "inf", errors: [{ asymerror: { minus: -1, plus: 2 }, label: "stat" }] },
            { value: 0 },
          ],
        },
      ],
    });
  });

  it("keeps eight digits of any number", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (values) => {
        const one = { ...table, coordinates: [{ name: "i", values: values.map((_, i) => i) }] };
        const { "spectrum.yaml": text } = hepdataFiles({
          comment: "-",
          tables: [{ ...one, quantities: [{ name: "v", values }] }],
        });
        const read = dataFile.parse(parse(text)).dependent_variables[0].values;
        read.forEach(({ value }, i) => {
          const error = Math.abs(Number(value) - values[i]);
          expect(error).toBeLessThanOrEqual(Math.max(5.1e-8 * Math.abs(values[i]), 1e-12));
        });
      }),
    );
  });

  it("would be refused with columns of different length or unknown keys", () => {
    const good = parse(files["spectrum.yaml"]);
    const short = structuredClone(good);
    short.independent_variables[0].values.pop();
    expect(dataFile.safeParse(short).success).toBe(false);
    expect(dataFile.safeParse({ ...good, type: "x" }).success).toBe(false);
    const zero = structuredClone(good);
    zero.dependent_variables[0].values[2].errors = [{ symerror: 0 }];
    expect(dataFile.safeParse(zero).success).toBe(false);
  });
});
