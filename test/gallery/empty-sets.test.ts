import { beforeAll, describe, expect, it } from "vitest";
import type { Statement } from "../../src/gallery/figure.js";
import { figure6Statements } from "../../src/gallery/l24/figure-6.js";
import { figure7Statements } from "../../src/gallery/l24/figure-7.js";
import { figure8Statements } from "../../src/gallery/l24/figure-8.js";
import { lessWithGe, type Rows } from "../../src/gallery/l24/planes.js";
import { type StudiedPlane, studyScan } from "../../src/gallery/plane.js";

/*
 * What the statements say where nothing is allowed: every() of an empty set is true, and means nothing.
 */

const options = { engine: "cpu", threads: 1, points: 81 } as const;

const rows: Record<number, Rows> = {};
beforeAll(async () => {
  for (const figure of [6, 7, 8]) {
    rows[figure] = {
      upper: await studyScan(`figure-${figure}-upper`, options),
      lower: await studyScan(`figure-${figure}-lower`, options),
    };
  }
});

/** The plane with nothing allowed to a combination at a level. */
function without(plane: StudiedPlane, combination: string, ...levels: string[]): StudiedPlane {
  const studies = plane.studies.map((study) => {
    if (study.combination.name !== combination) return study;
    const allowed = study.allowed.map((one) => {
      return levels.includes(one.level.label) ? { ...one, regions: [], rings: [], lines: [] } : one;
    });
    return { ...study, allowed };
  });
  return { ...plane, studies };
}
const ALL = "csi+lar+ge";

function found(statements: readonly Statement[], words: string): Statement {
  const statement = statements.find(({ paper }) => paper.includes(words));
  if (!statement) throw new Error(`no statement has "${words}"`);
  expect(statement.ours).not.toMatch(/NaN|undefined|Infinity/);
  return statement;
}

describe("where nothing is allowed", () => {
  it("figure 6: the degeneracy is broken in part where one panel has no 2σ region, as ours has it", () => {
    const broken = found(figure6Statements(rows[6]), "break the degeneracy");
    expect(broken.verdict).toBe("in part");
    expect(broken.ours).toContain("all three 1 and none");
    expect(broken.why).toContain("Where nothing is allowed");
    const neither = { ...rows[6], upper: without(rows[6].upper, ALL, "2σ") };
    expect(found(figure6Statements(neither), "break the degeneracy").verdict).toBe("differs");
  });

  it("figure 6: sizes are compared only where there is something", () => {
    const size = (of: Rows) => found(figure6Statements(of), "comparable in size");
    expect(size(rows[6]).verdict).toBe("holds");
    const { upper } = rows[6];
    for (const empty of [without(upper, ALL, "3σ"), without(upper, "csi+lar", "2σ")]) {
      expect(size({ ...rows[6], upper: empty })).toMatchObject({
        verdict: "in part",
        ours: expect.stringContaining("none to compare (upper)"),
      });
    }
  });

  it("figure 7: no band, no broken degeneracy, and no stronger constraint", () => {
    const nothing = { ...rows[7], lower: without(rows[7].lower, ALL, "2σ", "3σ") };
    const statements = figure7Statements(nothing);
    expect(found(statements, "degeneracy of ε^d and ε^u").ours).toContain(
      "lower: nothing is allowed",
    );
    const both = { upper: without(rows[7].upper, ALL, "2σ"), lower: nothing.lower };
    expect(found(figure7Statements(both), "degeneracy of ε^d and ε^u").verdict).toBe("differs");
    expect(found(statements, "stronger")).toMatchObject({
      verdict: "differs",
      ours: expect.stringContaining("none to compare at 2σ and none to compare at 3σ"),
    });
    expect(found(statements, "even at 3σ")).toMatchObject({
      verdict: "differs",
      ours: "Nothing is allowed at 3σ.",
    });
    expect(found(figure7Statements(rows[7]), "stronger").verdict).toBe("holds");
  });

  it("figure 8: an empty region is not a small one near the Standard Model", () => {
    const nothing = {
      upper: without(rows[8].upper, ALL, "2σ", "3σ"),
      lower: without(rows[8].lower, ALL, "2σ"),
    };
    const statements = figure8Statements(nothing);
    expect(found(statements, "is a ring").verdict).toBe("differs");
    expect(found(statements, "is small, near")).toMatchObject({
      verdict: "differs",
      ours: "Nothing is allowed at 2σ.",
    });
    expect(found(statements, "larger of these")).toMatchObject({
      verdict: "differs",
      ours: "Nothing is allowed at 2σ.",
    });
    // Of the one region that ours has, none is the larger.
    expect(found(figure8Statements(rows[8]), "larger of these").verdict).toBe("in part");
  });

  it("what Ge leaves is said to be nothing, which is more than less", () => {
    expect(lessWithGe(7, rows[7]).verdict).toBe("holds");
    const left = lessWithGe(7, { ...rows[7], lower: without(rows[7].lower, ALL, "2σ") });
    expect(left.verdict).toBe("in part");
    expect(left.ours).toContain("nothing is left (lower)");
    const before = lessWithGe(7, { ...rows[7], lower: without(rows[7].lower, "csi+lar", "2σ") });
    expect(before.verdict).toBe("in part");
    expect(before.ours).toContain("CsI + LAr allow nothing (lower)");
  });
});
