import { describe, expect, it } from "vitest";
import { againstPaper, chosen, printedAs, printedValue } from "../../src/gallery/published.js";
import { distinctVerdicts } from "../../src/gallery/tally.js";
import { verdictOfParts } from "../../src/gallery/verdicts.js";
import { publishedNumber } from "../../src/validation/registry.js";

describe("a statement of several parts", () => {
  it("holds, holds in part, or differs", () => {
    expect(verdictOfParts([true, true])).toBe("holds");
    expect(verdictOfParts([true, false])).toBe("in part");
    expect(verdictOfParts([false, false])).toBe("differs");
  });

  it("is none without parts: nothing holds of everything in an empty set", () => {
    expect(() => verdictOfParts([])).toThrow(RangeError);
  });
});

describe("numbers of ours against those of the paper", () => {
  const [chi2, x] = ["l24.csi.chi2", "l24.x.all.from-2"];

  it("have the verdict of the validation, and its reason where they differ", () => {
    expect(againstPaper([{ id: chi2, value: 95.93 }])).toEqual({
      verdict: "holds",
      numbers: [{ id: chi2, value: 95.93 }],
    });
    const differs = againstPaper([{ id: chi2, value: 96.73 }], { why: "another" });
    expect(differs.verdict).toBe("differs");
    const why = publishedNumber(chi2).why ?? "";
    expect(differs.why?.toLowerCase()).toContain(why.toLowerCase().slice(0, 40));
    expect(differs.why).toMatch(/ Another\.$/);
  });

  it("hold in part where some agree, and where a further part of the statement does not", () => {
    const near = { id: chi2, value: 95.9 };
    expect(againstPaper([near, { id: x, value: 1.6 }]).verdict).toBe("in part");
    expect(againstPaper([near, { id: x, value: 1.4 }]).verdict).toBe("holds");
    expect(againstPaper([near], { parts: [false], why: "so" })).toMatchObject({
      verdict: "in part",
      why: "So.",
    });
    expect(againstPaper([{ id: chi2, value: 99 }], { parts: [true] }).verdict).toBe("in part");
  });

  it("are not comparable where none is, and say why", () => {
    const verdict = againstPaper([{ id: "c22.other.wilks", value: 68 }]);
    expect(verdict).toMatchObject({ verdict: "not comparable" });
    expect(verdict.why).toContain("prints no outcome");
    // One that cannot be compared keeps the statement from holding.
    const mixed = [{ id: chi2, value: 95.9 }, ...(verdict.numbers ?? [])];
    expect(againstPaper(mixed).verdict).toBe("in part");
  });

  it("are shown as the paper prints them", () => {
    expect(printedAs(chi2)).toBe("95.9");
    expect(printedAs("l24.csi.alpha0", "l24.csi.alpha1")).toBe("−0.024, 0.047");
    expect(printedValue("l24.sigma.ge.down")).toBe(-8.58);
    expect(() => printedValue("l24.csi.events")).toThrow("no paper prints");
    expect(() => printedAs("l24.nothing")).toThrow("l24.nothing");
  });

  it("are those that the validation computes", () => {
    expect(chosen([["a", 1] as const, ["b", 2] as const], ["b"])).toEqual([{ id: "b", value: 2 }]);
    expect(() => chosen([["a", 1] as const], ["c"])).toThrow('does not compute "c"');
  });
});

describe("statements of all figures", () => {
  it("count once where several figures have them, in part where they do not agree", () => {
    const said = (paper: string, verdict: "holds" | "differs" | "in part") => ({ paper, verdict });
    expect(distinctVerdicts([])).toEqual([]);
    expect(
      distinctVerdicts([
        said("a", "holds"),
        said("b", "differs"),
        said("a", "holds"),
        said("c", "holds"),
        said("c", "differs"),
      ]),
    ).toEqual(["holds", "differs", "in part"]);
  });
});
