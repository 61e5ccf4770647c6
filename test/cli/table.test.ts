import { describe, expect, it } from "vitest";
import { formatTable } from "../../src/cli/table.js";

describe("a table", () => {
  it("has numbers to the right, all else to the left, and no blanks at the ends", () => {
    const rows = [
      ["csi", "96.7315", 88, "2 of 3"],
      ["shared priors", "-0.1", "", "none"],
      ["ge", "+1e-8", "–", ""],
    ];
    expect(formatTable(["data set", "χ²", "bins", "remark"], rows).split("\n")).toEqual([
      "data set            χ²  bins  remark",
      "────────────────────────────────────",
      "csi            96.7315    88  2 of 3",
      "shared priors     -0.1        none",
      "ge               +1e-8     –",
    ]);
  });

  it("counts signs beyond the basic plane as one", () => {
    expect(formatTable(["a", "b"], [["𝜎𝜎", "x"]])).toBe("a   b\n─────\n𝜎𝜎  x");
  });
});
