import { describe, expect, it } from "vitest";
import { nsiscan } from "./nsiscan.js";
import { expectRefusal } from "./workplace.js";

describe("nsiscan predict", () => {
  it("prints the events of SPEC §4 by nucleus and flavour", () => {
    const { status, stdout, stderr } = nsiscan(["predict"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const line of [
      /^csi +CEvNS Cs ν_e +52\.406$/m,
      /^csi +CEvNS I ν_μ +107\.333$/m,
      /^csi +CEvNS +319\.400$/m,
      /^csi +brn +18\.256$/m,
      /^csi +observed +1567\.000$/m,
      /^lar +CEvNS +108\.298$/m,
      /^lar +observed +3752\.000$/m,
      /^ge\.time +CEvNS +33\.506$/m,
      /^ge\.energy +observed less background +11\.000$/m,
    ]) {
      expect(stdout).toMatch(line);
    }
  });

  it("prints every bin as CSV and as JSON, which agree and sum to the totals", () => {
    const csv = nsiscan(["predict", "--bins"]).stdout.trimEnd().split("\n");
    expect(csv[0]).toBe("term,bin,axes,signal_e,signal_mu,backgrounds,observed");
    expect(csv).toHaveLength(1 + 88 + 120 + 7 + 17);
    expect(csv[1]).toMatch(/^csi,0,energy 8–12 PE; time 0–0\.125 μs,/);
    const rows = csv.slice(1).map((line) => line.split(","));

    const terms = JSON.parse(nsiscan(["predict", "--json"]).stdout);
    expect(terms.map(({ term }: { term: string }) => term)).toEqual([
      "csi",
      "lar",
      "ge.energy",
      "ge.time",
    ]);
    for (const { term, signal, backgrounds, observed, axes } of terms) {
      const mine = rows.filter(([name]) => name === term);
      expect(observed).toEqual(mine.map((cells) => Number(cells[6])));
      const bins = axes.reduce((n: number, axis: { edges: unknown[] }) => n * axis.edges.length, 1);
      expect(bins).toBe(mine.length);
      for (const [flavour, column] of [
        ["e", 3],
        ["mu", 4],
      ] as const) {
        const parts = signal.filter((part: { flavour: string }) => part.flavour === flavour);
        for (const [bin, cells] of mine.entries()) {
          const sum = parts.reduce(
            (s: number, part: { counts: number[] }) => s + part.counts[bin],
            0,
          );
          expect(Number(cells[column])).toBeCloseTo(sum, 8);
        }
      }
      for (const { counts, total } of backgrounds) {
        expect(counts.reduce((a: number, b: number) => a + b, 0)).toBeCloseTo(total, 8);
      }
    }
  });

  it("predicts at any point: no signal at all without CEvNS", () => {
    const { stdout } = nsiscan(["predict", "--at", "sigma_scale=0"]);
    expect(stdout).toMatch(/^csi +CEvNS +0\.000$/m);
    expect(stdout).toMatch(/^csi +ssb +1291\.000$/m);
  });

  it("refuses what it cannot use", () => {
    expectRefusal(nsiscan(["predict", "--at", "eps_ee_u=inf"]), ["--at eps_ee_u", '"inf"']);
    expectRefusal(nsiscan(["predict", "lar"]), ["Unknown argument: lar"]);
  });
});
