import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { loadScan } from "../../src/scan/load.js";
import { resolveScan } from "../../src/scan/resolve.js";
import { catalogue } from "./catalogue.js";

const good = `version: 1
analysis: liao-2024
axes:
  - parameter: eps_ee_d
    from: -1
    to: 1.2
    points: 41
fixed:
  sin2_theta_w: 0.238
`;

function refusal(text: string): InputError {
  try {
    resolveScan(text, "my.yaml", catalogue);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error(`not refused: ${text}`);
}

/** The good file with one line replaced or, where `from` is empty, a line added at the end. */
const edit = (from: string, to: string) => (from ? good.replace(from, to) : `${good}${to}\n`);

type Case = [what: string, from: string, to: string, code: string, place: string, says: string[]];
const cases: Case[] = [
  ["a misspelt key", "fixed:", "fixd:", "unknown-key", "8:1", ['"fixd"', '"fixed"']],
  [
    "a missing key of an axis",
    "    points: 41\n",
    "",
    "missing-key",
    "4:5",
    ["axes[0].points", "whole number"],
  ],
  [
    "a misspelt key of an axis",
    "points: 41",
    "point: 41",
    "unknown-key",
    "7:5",
    ['"axes[0].point"', '"points"'],
  ],
  [
    "an extra key of an axis",
    "to: 1.2",
    "to: 1.2\n    step: 1",
    "unknown-key",
    "7:5",
    ["axes[0].step"],
  ],
  [
    "no analysis",
    "analysis: liao-2024\n",
    "",
    "missing-key",
    "1:1",
    ['"analysis" is missing', "liao"],
  ],
  [
    "an unknown analysis",
    "liao-2024",
    "liao-2042",
    "unknown-analysis",
    "2:1",
    ['mean "liao-2024"'],
  ],
  [
    "a newer format",
    "version: 1",
    "version: 2",
    "bad-value",
    "1:1",
    ['"version" cannot be 2', "version: 1"],
  ],
  ["NaN", "-1", ".nan", "bad-value", "5:5", ["axes[0].from", "NaN", "finite"]],
  ["infinity", "1.2", ".inf", "bad-value", "6:5", ["axes[0].to", "Infinity", "finite"]],
  ["a number in words", "-1", "minus one", "bad-value", "5:5", ['"minus one"', "finite number"]],
  ["swapped limits", "-1", "2", "swapped-limits", "5:5", ["axes[0].from", "2", "1.2", "smaller"]],
  ["equal limits", "-1", "1.2", "swapped-limits", "5:5", ["smaller"]],
  ["one grid point", "41", "1", "bad-value", "7:5", ["axes[0].points", "at least 2"]],
  ["half a grid point", "41", "40.5", "bad-value", "7:5", ["40.5", "whole number"]],
  [
    "a misspelt parameter",
    "eps_ee_d",
    "eps_ee_dd",
    "unknown-parameter",
    "4:5",
    ['mean "eps_ee_d"'],
  ],
  ["a tau-tau coupling", "eps_ee_d", "eps_tautau_u", "unreachable-parameter", "4:5", ["ν_τ"]],
  [
    "an unknown fixed parameter",
    "sin2_theta_w",
    "theta",
    "unknown-parameter",
    "9:3",
    ["sin2_theta_w"],
  ],
  [
    "a fixed tau-tau coupling",
    "sin2_theta_w",
    "eps_tautau_u",
    "unreachable-parameter",
    "9:3",
    ["ν_τ"],
  ],
  [
    "an impossible fixed value",
    "0.238",
    "1.5",
    "impossible-value",
    "9:3",
    ["1.5", "between 0 and 1"],
  ],
  [
    "an impossible axis",
    "eps_ee_d",
    "sigma_scale",
    "impossible-value",
    "5:5",
    ["-1", "between 0 and 10"],
  ],
  [
    "an axis that is fixed too",
    "sin2_theta_w",
    "eps_ee_d",
    "axis-also-fixed",
    "9:3",
    ["Remove one"],
  ],
  [
    "no axes",
    good.slice(good.indexOf("axes"), good.indexOf("fixed")),
    "axes: []\n",
    "bad-value",
    "3:1",
    ["empty list"],
  ],
  [
    "an unknown data set",
    "",
    "combinations: [csi, csi+xe]",
    "unknown-dataset",
    "10:21",
    ['"xe"', "csi, lar, ge"],
  ],
  ["a data set twice", "", "combinations: [csi+csi]", "repeated-dataset", "10:16", ["twice"]],
  [
    "a combination that is none",
    "",
    "combinations: [{ csi: 1 }]",
    "bad-value",
    "10:16",
    ["combinations[0]"],
  ],
  ["an empty combination", "", "combinations: [[]]", "bad-value", "10:16", ["combinations[0]"]],
  ["an impossible level", "", "levels: [90%, 120%]", "impossible-level", "10:15", ["120"]],
  ["a level that is none", "", "levels: [true]", "bad-value", "10:10", ["levels[0]", "90%"]],
  ["an unknown engine", "", "engine: webgl", "unknown-engine", "10:1", ['"webgpu"']],
  [
    "an unknown reference",
    "",
    "reference: both",
    "bad-value",
    "10:1",
    ["both", "joint", "separate"],
  ],
  ["an unknown option", "", "options: { foo: 1 }", "unknown-option", "10:1", ['"foo"']],
  [
    "a plane of no axis",
    "",
    "planes: [[eps_ee_d, eps_ee_u]]",
    "unknown-axis",
    "10:10",
    ["eps_ee_u", "eps_ee_d"],
  ],
  ["a plane of one axis", "", "planes: [[eps_ee_d, eps_ee_d]]", "flat-plane", "10:10", ["twice"]],
  ["a name with a slash", "", "name: ../x", "bad-value", "10:1", ["../x", "results/"]],
  [
    "a panel's misspelt key",
    "",
    "figure: { panels: [{ region: [] }] }",
    "unknown-key",
    "10:22",
    ['"regions"'],
  ],
  [
    "a panel's data set",
    "",
    "figure: { panels: [{ regions: [{ combination: cs, levels: [90%] }] }] }",
    "unknown-dataset",
    "10:34",
    ["csi"],
  ],
  ["a key twice", "", "version: 1", "scan-syntax", "10:1", ["unique"]],
  ["a tab as indentation", "    from", "\tfrom", "scan-syntax", "5:1", ["YAML"]],
  ["an unclosed bracket", "", "levels: [90%", "scan-syntax", "11:1", ["YAML"]],
];

describe("a scan file is refused for", () => {
  it.each(cases)("%s", (_, from, to, code, place, says) => {
    const error = refusal(edit(from, to));
    expect(error.code).toBe(code);
    const [line, column] = place.split(":");
    expect(error.message).toContain(`my.yaml, line ${line}, column ${column}: `);
    expect(error.fields).toMatchObject({ path: "my.yaml", line: +line, column: +column });
    for (const words of says) expect(error.message).toContain(words);
    expect(error.message).not.toContain("\n");
    expect(error.message).toMatch(/[.!?]$/);
  });

  it("an axis given twice", () => {
    const axis = "  - { parameter: eps_ee_d, from: 0, to: 1, points: 2 }\n";
    const error = refusal(good.replace("fixed:", `${axis}fixed:`));
    expect(error.code).toBe("duplicate-axis");
    expect(error.message).toContain("line 8, column 7");
    expect(error.message).toContain("axes[0]");
  });

  it("more than six axes", () => {
    const axis = (parameter: string) => ({ parameter, from: 0, to: 1, points: 2 });
    const axes = ["ee_u", "ee_d", "mumu_u", "mumu_d", "emu_u", "emu_d", "etau_u"].map((pair) =>
      axis(`eps_${pair}`),
    );
    const file = { version: 1, analysis: "liao-2024", axes };
    expect(refusal(JSON.stringify(file)).message).toContain("at most six axes");
    expect(() =>
      resolveScan(JSON.stringify({ ...file, axes: axes.slice(1) }), "six.json", catalogue),
    ).not.toThrow();
  });

  it("an alias within what it is an alias of", () => {
    for (const cycle of ["axes: &a [*a]", "axes: [{ planes: &b { deep: [*b] } }]"]) {
      const error = refusal(`version: 1\nanalysis: liao-2024\n${cycle}\n`);
      expect(error.code).toBe("scan-syntax");
      expect(error.message).toMatch(/^my\.yaml, line 3, column \d+: this alias stands within/);
    }
    const twice = good.replace("to: 1.2", "to: &end 1.2").replace("0.238", "*end");
    expect(refusal(twice).message).toContain("sin2_theta_w");
  });

  it("being empty, or no list of keys", () => {
    for (const text of ["", "# nothing\n", "3", "- 1", "[]"]) {
      expect(refusal(text).message).toContain("version, analysis, axes");
    }
  });

  it("anything else, always as an InputError of one paragraph", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const error = refusal(text);
        expect(error.message).not.toContain("\n");
      }),
      { numRuns: 300 },
    );
    const keys = [
      "name",
      "title",
      "options",
      "fixed",
      "combinations",
      "planes",
      "levels",
      "figure",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        const file = {
          version: 1,
          analysis: "liao-2024",
          axes: [{ parameter: "eps_ee_d", from: 0, to: 1, points: 2 }],
        };
        try {
          resolveScan(JSON.stringify({ ...file, [key]: value }), "any.json", catalogue);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).not.toContain("\n");
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a file that cannot be read is refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "nsiscan-scan-"));
  const load = (path: string) => loadScan(path, catalogue);

  it("when it does not exist, is a folder, or is not text", async () => {
    const missing = join(folder, "missing.yaml");
    await expect(load(missing)).rejects.toThrow(`Cannot read ${missing}: there is no such file.`);
    await expect(load(folder)).rejects.toThrow("it is a folder");
    const binary = join(folder, "binary.yaml");
    writeFileSync(binary, Uint8Array.of(0xff, 0xfe, 0x00, 0xd8));
    await expect(load(binary)).rejects.toThrow("not UTF-8");
    await expect(load(binary)).rejects.toBeInstanceOf(InputError);
  });
});
