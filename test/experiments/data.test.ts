import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { InputError } from "../../src/errors.js";
import { csiSchema } from "../../src/experiments/data/csi.js";
import { geSchema } from "../../src/experiments/data/ge.js";
import { larSchema } from "../../src/experiments/data/lar.js";
import { loadCsiData, loadGeData, loadLarData } from "../../src/experiments/data/load.js";
import { summariseData } from "../../src/experiments/data/summary.js";
import { formatJson } from "../../src/experiments/import/format.js";

const dataFile = (name: string) => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe("the shipped data", () => {
  it("has the totals its papers and releases print", () => {
    const totals = Object.fromEntries(summariseData().map((s) => [s.dataset, s.totals]));
    // LArParametersAnlA.yaml prints the predictions 128, 497, 33 (and 3154 for 3152).
    expect(totals.lar.cevns).toBeCloseTo(128, 2);
    expect(totals.lar.promptBrn).toBeCloseTo(497, 2);
    expect(totals.lar.delayedBrn).toBeCloseTo(33, 2);
    expect(Math.abs(totals.lar.ssb - 3154)).toBeLessThan(3);
    // Best fit of arXiv:2003.10630: 159 + 553 + 10 + 3131 events.
    expect(Math.abs(totals.lar.observed - 3853)).toBeLessThan(3 * Math.sqrt(3853));
    // C22: 306 CEvNS + 17.3 BRN + 5.5 NIN + 1273 SSB at the best fit.
    expect(Math.abs(totals.csi.observed - 1601.8)).toBeLessThan(Math.sqrt(1602));
    expect(totals.ge).toEqual({ onBeam: 236, offBeam: 212 });
  });

  it("gives C22's neutron backgrounds: 18.3 BRN and 5.2 NIN events below 60 PE and 6 μs", () => {
    const csi = loadCsiData();
    const { onset, decay } = csi.response.timeEfficiency;
    const { start, width } = csi.neutronBins.time;
    const events = ({ energy, time }: typeof csi.brn) =>
      (sum(energy.slice(0, 60)) / sum(energy)) *
      sum(
        time.map((count, i) => {
          const t = start + (i + 0.5) * width;
          if (t < 0 || t > 6) return 0;
          return count * (t < onset ? 1 : Math.exp(-decay * (t - onset)));
        }),
      );
    expect(events(csi.brn)).toBeCloseTo(18.3, 1);
    expect(events(csi.nin)).toBeCloseTo(5.2, 1);
  });

  it("has curves in the order nominal, +1σ, −1σ: more efficiency above, less below", () => {
    const { energyEfficiency: e } = loadCsiData().response;
    const efficiency = ({ a, b, c, d }: typeof e.nominal, x: number) =>
      Math.max(0, a / (1 + Math.exp(-b * (x - c))) + d);
    for (const x of [8, 12, 20]) {
      expect(efficiency(e.plus, x)).toBeGreaterThan(efficiency(e.nominal, x));
      expect(efficiency(e.minus, x)).toBeLessThan(efficiency(e.nominal, x));
    }
  });

  it("moves mean times and widths the way the shape names say", () => {
    const { promptBrn, shapes, bins } = loadLarData();
    const centres = bins.timeEdges.slice(1).map((edge, i) => (edge + bins.timeEdges[i]) / 2);
    const moments = (histogram: typeof promptBrn) => {
      const times = centres.map((_, k) => sum(histogram.flat().map((row) => row[k])));
      const mean = sum(times.map((n, k) => n * centres[k])) / sum(times);
      return {
        mean,
        variance: sum(times.map((n, k) => n * (centres[k] - mean) ** 2)) / sum(times),
      };
    };
    expect(moments(shapes.promptBrnTimeMeanPlus).mean).toBeGreaterThan(moments(promptBrn).mean);
    expect(moments(shapes.promptBrnTimeMeanMinus).mean).toBeLessThan(moments(promptBrn).mean);
    const width = moments(shapes.promptBrnTimeWidth).variance;
    expect(Math.abs(width - moments(promptBrn).variance)).toBeGreaterThan(0.01);
  });

  it("states a unit for every number", () => {
    const leaves = (value: unknown, path: string[]): string[] => {
      if (typeof value === "number") return [path.join(".")];
      if (Array.isArray(value)) return value.flatMap((item) => leaves(item, path));
      if (typeof value !== "object" || value === null) return [];
      return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
    };
    for (const { schemaVersion: _, units, ...data } of [
      loadCsiData(),
      loadLarData(),
      loadGeData(),
    ]) {
      const names = Object.keys(units);
      const fields = [...new Set(leaves(data, []))];
      const covers = (name: string, field: string) => `${field}.`.startsWith(`${name}.`);
      expect(fields.filter((field) => !names.some((name) => covers(name, field)))).toEqual([]);
      expect(names.filter((name) => !fields.some((field) => covers(name, field)))).toEqual([]);
    }
  });

  it("cannot be changed by a reader", () => {
    expect(() => {
      (loadCsiData().observed as number[][])[0][0] = 1;
    }).toThrow(TypeError);
    expect(loadCsiData()).toBe(loadCsiData());
  });

  it.each([
    ["csi", csiSchema],
    ["lar", larSchema],
    ["ge", geSchema],
  ] as const)(
    "has %s.schema.json beside it, the JSON Schema of the same rules",
    async (name, schema) => {
      const json = formatJson(z.toJSONSchema(schema, { io: "input" }));
      await expect(`${json}\n`).toMatchFileSnapshot(dataFile(`schema/${name}.schema.json`));
    },
  );
});

describe("a data folder of the user's own", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "nsiscan-data-"));
    process.env.NSISCAN_DATA = folder;
  });

  afterEach(() => {
    delete process.env.NSISCAN_DATA;
    rmSync(folder, { recursive: true, force: true });
  });

  function refusal(): InputError {
    try {
      loadGeData();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      return error as InputError;
    }
    throw new Error("the file should have been refused");
  }

  const shipped = readFileSync(dataFile("ge.json"), "utf8");

  it("is used, and the package's where it lacks a data set", () => {
    writeFileSync(join(folder, "ge.json"), shipped.replace("0.157", "0.2"));
    expect(loadGeData().response.lindhardK).toBe(0.2);
    expect(loadCsiData().dataset).toBe("csi");
  });

  it.each([
    ["a negative count", "[4, 3, 1, 6", "[4, -3, 1, 6", "onBeam.0.1"],
    ["half an event", "[4, 3, 1, 6", "[4, 3.5, 1, 6", "onBeam.0.1"],
    ["a short row", "[4, 3, 1, 6, 5", "[4, 3, 1, 6", "onBeam.0"],
    ["a word for a number", "0.157", '"nan"', "response.lindhardK"],
    ["a renamed key", '"notes"', '"note"', "notes"],
    ["edges out of order", "[1.5, 3.5,", "[3.5, 1.5,", "bins.energyEdges"],
    ["another version", 'Version": 1', 'Version": 2', "schemaVersion"],
    ["another data set", '"ge"', '"csi"', "dataset"],
  ])("is refused for %s, with path and key", (_, from, to, key) => {
    const path = join(folder, "ge.json");
    writeFileSync(path, shipped.replace(from, to));
    const error = refusal();
    expect(error.fields).toEqual({ path, key });
    expect(error.message).toContain(`${path} is not valid at ${key}: `);
  });

  it("is refused when a file is cut off", () => {
    writeFileSync(join(folder, "ge.json"), shipped.slice(0, 2000));
    expect(refusal().code).toBe("data-file-unreadable");
  });

  it("is refused when it does not exist", () => {
    rmSync(folder, { recursive: true });
    expect(refusal().code).toBe("data-folder-missing");
  });
});
