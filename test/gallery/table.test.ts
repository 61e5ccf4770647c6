import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { tableCsv } from "../../src/gallery/csv.js";
import { type DataTable, rowCount, thinned } from "../../src/gallery/table.js";

const about = { name: "t", title: "T", location: "here", description: "D.", observables: ["N"] };

/** A grid whose values tell their place. */
function gridTable(nx: number, ny: number): DataTable {
  const places = Array.from({ length: nx * ny }, (_, p) => [Math.floor(p / ny), p % ny]);
  return {
    ...about,
    grid: [nx, ny],
    coordinates: [0, 1].map((axis) => ({ name: "xy"[axis], values: places.map((at) => at[axis]) })),
    quantities: [{ name: "v", values: places.map(([i, j]) => 1000 * i + j) }],
  };
}

describe("a table as CSV", () => {
  it("has a header with units, bins as two columns, errors, and quotes where they are needed", () => {
    const csv = tableCsv({
      ...about,
      coordinates: [
        {
          name: "E",
          units: "keV",
          bins: [
            [0, 1],
            [1, 3],
          ],
        },
        { name: 'name, "quoted"', values: ["a,b", 'c"d'] },
      ],
      quantities: [
        {
          name: "n",
          units: "events",
          values: [1 / 3, Number.POSITIVE_INFINITY],
          errors: [{ label: "stat", minus: [0.1, 0.2], plus: [0.3, 0.4] }],
        },
      ],
    });
    expect(parse(csv)).toEqual([
      [
        "E low [keV]",
        "E high [keV]",
        'name, "quoted"',
        "n [events]",
        "n error − (stat) [events]",
        "n error + (stat) [events]",
      ],
      ["0", "1", "a,b", "0.33333333", "0.1", "0.3"],
      ["1", "3", 'c"d', "inf", "0.2", "0.4"],
    ]);
  });
});

describe("a thinned grid", () => {
  it.each([
    [[401, 401], 101, [101, 101]],
    [[401, 401], 100, [81, 81]],
    [[161, 161], 101, [81, 81]],
    [[161, 81], 41, [41, 41]],
    [[54, 54], 20, [2, 2]],
  ])("of %j has at most %i points a side, both ends among them", ([nx, ny], most, [left, down]) => {
    const small = thinned(gridTable(nx, ny), most);
    expect(small.grid).toEqual([left, down]);
    expect(rowCount(small)).toBe(left * down);
    const [x, y] = small.coordinates.map(({ values }) => values as number[]);
    expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([0, 0, nx - 1, ny - 1]);
    expect(small.quantities[0].values).toEqual(x.map((i, p) => 1000 * i + y[p]));
    expect(small.description).toContain(`${nx} × ${ny}`);
  });

  it("leaves small grids and other tables as they are", () => {
    const table = gridTable(11, 7);
    expect(thinned(table, 11)).toBe(table);
    const { grid: _, ...list } = gridTable(50, 50);
    expect(thinned(list, 5)).toBe(list);
  });
});
