// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are what is tested
import { describe, expect, it } from "vitest";
import { expand } from "../../../src/engine/webgpu/template.js";

const scope = {
  rows: [
    { name: "a", parts: [1, 2] },
    { name: "b", parts: [] },
  ],
  on: true,
  off: 0,
};
const code = (source: string, more: Record<string, string> = {}) =>
  expand({ "main.wgsl": source, ...more }, "main.wgsl", scope).code;

describe("shader templates", () => {
  it("repeat lines over lists, nested, and look words up", () => {
    const source = [
      "before",
      "//! for row in rows",
      "let ${row.name} = 0;",
      "  //! for part in row.parts",
      "${row.name} += ${part};",
      "  //! end",
      "//! end",
      "after",
    ].join("\n");
    expect(code(source)).toBe("before\nlet a = 0;\na += 1;\na += 2;\nlet b = 0;\nafter");
  });

  it("choose by what holds: an empty list does not", () => {
    const choose = (what: string) => code(`//! if ${what}\nyes\n//! else\nno\n//! end`);
    expect(choose("on")).toBe("yes");
    expect(choose("off")).toBe("no");
    expect(code("//! for r in rows\n//! if r.parts\n${r.name}\n//! end\n//! end")).toBe("a");
  });

  it("include files with the names in scope", () => {
    const part = { "part.wgsl": "x_${row.name}" };
    expect(code("//! for row in rows\n//! include part.wgsl\n//! end", part)).toBe("x_a\nx_b");
  });

  it("know where each line came from", () => {
    const sources = {
      "main.wgsl": "one\n//! include part.wgsl\nthree",
      "part.wgsl": "//! if on\ntwo\n//! end",
    };
    expect(expand(sources, "main.wgsl", scope).origin).toEqual([
      { file: "main.wgsl", line: 1 },
      { file: "part.wgsl", line: 2 },
      { file: "main.wgsl", line: 3 },
    ]);
  });

  it.each([
    ["${nothing}", "main.wgsl:1: expected nothing"],
    ["\n${rows}", "main.wgsl:2: expected a word"],
    ["//! for x in on\n//! end", "main.wgsl:1: expected a list"],
    ["//! if on", "main.wgsl:1: expected an end"],
    ["//! loop", "main.wgsl:1: expected"],
    ["//! include other.wgsl", "no shader other.wgsl"],
  ])("refuse %j", (source, message) => {
    expect(() => code(source)).toThrow(message);
  });
});
