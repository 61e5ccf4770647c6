import { createHash } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { importRelease } from "../../src/experiments/import/importRelease.js";
import { RELEASES } from "../../src/experiments/import/locate.js";
import { rebuiltRelease, writeFiles } from "./release.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const shipped = (dataset: string) =>
  readFileSync(join(repository, "data", `${dataset}.json`), "utf8");
const rebuilt = rebuiltRelease();
const allFiles = Object.entries(rebuilt).flatMap(([dataset, files]) =>
  Object.keys(files).map((name) => ({ dataset: dataset as keyof typeof rebuilt, name })),
);

let work: string;
let output: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "nsiscan-import-"));
  output = join(work, "out");
  for (const [dataset, files] of Object.entries(rebuilt)) writeFiles(join(work, dataset), files);
});

afterEach(() => rmSync(work, { recursive: true }));

const pathOf = ({ dataset, name }: (typeof allFiles)[number]) => join(work, dataset, name);

/** The error of importing everything; allowAltered, as rebuilt files differ in their comments. */
function failure(allowAltered = true, folder = work): InputError {
  try {
    importRelease(folder, output, { allowAltered });
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error("the import should have been refused");
}

/** Change a file, check that the import is refused and writes nothing, and put the file back. */
function refusal(file: (typeof allFiles)[number], change: (text: string) => string): InputError {
  writeFileSync(pathOf(file), change(rebuilt[file.dataset][file.name]));
  const error = failure();
  expect(existsSync(output)).toBe(false);
  writeFileSync(pathOf(file), rebuilt[file.dataset][file.name]);
  return error;
}

describe("a complete release", () => {
  it("gives the shipped data, but for the hashes of files whose comments differ", () => {
    const imported = importRelease(work, output, { allowAltered: true });
    expect(imported.map(({ dataset }) => dataset).sort()).toEqual(["csi", "ge", "lar"]);
    for (const { dataset, path, status } of imported) {
      expect(status).toBe("written");
      const { files: _, ...content } = JSON.parse(readFileSync(path, "utf8"));
      const { files: __, ...expected } = JSON.parse(shipped(dataset));
      expect(content).toEqual(expected);
    }
  });

  it("loses nothing: histogram files rebuilt from the data are the published ones to the byte", () => {
    const exact = allFiles.filter(({ name }) => /pdf|datanobkgsub|Efficiency|PE\.|Trec/.test(name));
    expect(exact).toHaveLength(18);
    for (const { dataset, name } of exact) {
      const published = RELEASES.find((release) => release.name === dataset)?.published[name];
      const sha256 = createHash("sha256").update(rebuilt[dataset][name]).digest("hex");
      expect(sha256, name).toBe(published);
    }
  });

  it("is found when the folder itself holds the files", () => {
    const imported = importRelease(join(work, "ge"), output, { allowAltered: true });
    expect(imported).toEqual([{ dataset: "ge", path: join(output, "ge.json"), status: "written" }]);
  });

  const release = join(repository, "../shared/data");
  if (existsSync(release)) {
    it("as published gives the shipped bytes", () => {
      for (const { dataset, path } of importRelease(release, output)) {
        expect(readFileSync(path, "utf8") === shipped(dataset), dataset).toBe(true);
      }
      expect(readdirSync(output).sort()).toEqual(["csi.json", "ge.json", "lar.json"]);
    });
  }
});

describe("a damaged release", () => {
  it.each(allFiles)("is refused when $name is cut off", (file) => {
    const error = refusal(file, (text) => text.trimEnd().split("\n").slice(0, -1).join("\n"));
    expect(error.code).toBe("release-file-malformed");
    expect(error.message).toContain(pathOf(file));
    if (!file.name.endsWith(".yaml")) {
      const lines = rebuilt[file.dataset][file.name].trimEnd().split("\n").length;
      expect(error.fields.line).toBe(lines - 1);
    }
  });

  it.each(allFiles)("is refused when $name is missing", (file) => {
    rmSync(pathOf(file));
    const error = failure();
    expect(error.code).toBe("release-file-missing");
    expect(error.message).toContain(pathOf(file));
    expect(existsSync(output)).toBe(false);
  });

  it("names file and line of what is not a finite number", () => {
    const tables = allFiles.filter(({ name }) => !name.endsWith(".yaml"));
    const tokens = fc.constantFrom(
      "nan",
      "NaN",
      "inf",
      "-Infinity",
      "1e999x",
      "0x10",
      "1.2.3",
      "–1",
    );
    fc.assert(
      fc.property(fc.constantFrom(...tables), tokens, fc.nat(), fc.nat(), (file, token, l, c) => {
        const rows = rebuilt[file.dataset][file.name].trimEnd().split("\n");
        const data = rows.flatMap((row, i) => (/^[-\d]/.test(row) ? [i] : []));
        const line = data[l % data.length];
        const separator = file.name.endsWith(".csv") ? "," : " ";
        const cells = rows[line].split(separator);
        cells[c % cells.length] = token;
        const error = refusal(file, () => rows.with(line, cells.join(separator)).join("\n"));
        expect(error.message).toContain(`${pathOf(file)}, line ${line + 1}: "${token}"`);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["lar", "bkgpdf.txt", 7, "5 0.525 3.65 24.4769", "bin centre"],
    ["lar", "delbrnpdf.txt", 11, "5 0.525 0.15 0", "column 2 is 0.525 where the bin centre 0.575"],
    ["lar", "datanobkgsub.txt", 2, "5 0.525 0.65 44.5", "not a count"],
    ["lar", "cevnspdf.txt", 1, "5 0.525 0.15 -1.0338", "outside"],
    ["lar", "CENNS10AnlAEfficiency.txt", 3, "0.5 5.00158 0.031002", "outside"],
    ["csi", "dataBeamOnC.txt", 2, "60 6", "outside"],
    ["csi", "dataBeamOnAC.txt", 4890, "250 1", "outside"],
    ["csi", "brnPE.txt", 10, "9.5 0.0147729 0", "2 numbers expected, 3 found"],
    ["csi", "effCoefficients.txt", 4, "1 2 3", "4 numbers expected, 3 found"],
    ["ge", "on-beam-counts.csv", 2, "4,3,1,6,5,2,0,3,-1", "not a count"],
    ["ge", "time-projection.csv", 1, "2,0.4,3,1.9,0.5", "bin centre"],
  ] as const)("in %s/%s is refused at line %i", (dataset, name, line, replacement, problem) => {
    const rows = rebuilt[dataset][name].split("\n");
    const error = refusal({ dataset, name }, () => rows.with(line - 1, replacement).join("\n"));
    expect(error.fields).toEqual({ path: join(work, dataset, name), line });
    expect(error.message).toContain(problem);
  });

  it("is refused when a table has a row too many", () => {
    const error = refusal({ dataset: "csi", name: "ninTrec.txt" }, (text) => `${text}6.255 0\n`);
    expect(error.fields.line).toBe(651);
  });

  it("is refused when the YAML file does not parse or lacks an entry", () => {
    const file = { dataset: "lar", name: "LArParametersAnlA.yaml" } as const;
    expect(refusal(file, (text) => `${text}larQF: [1, 2\n`).message).toMatch(/line \d+: /);
    expect(refusal(file, (text) => text.replace("name: b", "name: c")).fields.key).toBe(
      "larQF.parameters.1.name",
    );
  });

  it("is refused with both hashes when its numbers are well-formed but altered", () => {
    const path = join(work, "lar", "CENNS10AnlAEfficiency.txt");
    writeFileSync(path, rebuilt.lar["CENNS10AnlAEfficiency.txt"].replace("0.167881", "0.267881"));
    const error = failure(false, join(work, "lar"));
    expect(error.code).toBe("release-file-altered");
    expect(error.message).toContain(path);
    expect(error.message).toContain(String(error.fields.found));
    expect(error.fields.expected).toBe(RELEASES[1].published["CENNS10AnlAEfficiency.txt"]);
    expect(existsSync(output)).toBe(false);
  });
});

describe("an altered release that is allowed", () => {
  it("says which files are not the known version", () => {
    importRelease(join(work, "lar"), output, { allowAltered: true });
    const { files } = JSON.parse(readFileSync(join(output, "lar.json"), "utf8"));
    const altered = files.filter((file: { altered?: boolean }) => file.altered);
    expect(altered.map(({ name }: { name: string }) => name)).toEqual(["LArParametersAnlA.yaml"]);
  });
});

describe("existing data files", () => {
  const mine = "my own data\n";

  beforeEach(() => writeFiles(output, { "csi.json": mine, "lar.json": mine }));

  const contents = () =>
    Object.fromEntries(readdirSync(output).map((n) => [n, readFileSync(join(output, n), "utf8")]));

  it("are not replaced without force", () => {
    expect(failure().code).toBe("data-file-exists");
    expect(contents()).toEqual({ "csi.json": mine, "lar.json": mine });
  });

  it("are all untouched when one data set of several is bad, even with force", () => {
    rmSync(join(work, "lar", "delbrnpdf.txt"));
    expect(() => importRelease(work, output, { allowAltered: true, force: true })).toThrow(
      InputError,
    );
    expect(contents()).toEqual({ "csi.json": mine, "lar.json": mine });
  });

  it("are replaced with force, and reported unchanged the second time", () => {
    importRelease(work, output, { allowAltered: true, force: true });
    const first = contents();
    expect(Object.keys(first).sort()).toEqual(["csi.json", "ge.json", "lar.json"]);
    const inode = statSync(join(output, "csi.json")).ino;
    const again = importRelease(work, output, { allowAltered: true });
    expect(statSync(join(output, "csi.json")).ino).toBe(inode);
    expect(again.map(({ status }) => status)).toEqual(["unchanged", "unchanged", "unchanged"]);
    expect(contents()).toEqual(first);
  });

  it("survive when the new ones cannot be put in place", () => {
    rmSync(join(output, "lar.json"));
    // A folder where the file belongs: the rename fails after the temporary files are written.
    writeFiles(join(output, "lar.json"), { "occupied.txt": "" });
    expect(() =>
      importRelease(join(work, "lar"), output, { allowAltered: true, force: true }),
    ).toThrow("cannot be written");
    expect(readdirSync(output).sort()).toEqual(["csi.json", "lar.json"]);
    expect(readFileSync(join(output, "csi.json"), "utf8")).toBe(mine);
  });
});

describe("a release that is not there", () => {
  it("is refused with what was looked for", () => {
    writeFiles(join(work, "empty"), {});
    expect(() => importRelease(join(work, "empty"), output)).toThrow(
      /brnPE\.txt.*cevns|csi.*lar.*ge/i,
    );
    expect(() => importRelease(join(work, "nowhere"), output)).toThrow("nowhere");
  });

  it("is refused when a data set is there twice", () => {
    writeFiles(join(work, "ge-copy"), rebuilt.ge);
    expect(failure().code).toBe("release-ambiguous");
  });
});
