import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFigures, writePage } from "../../src/gallery/gallery.js";
import { mathHtml } from "../../src/gallery/html.js";
import { galleryPage } from "../../src/gallery/page.js";
import { figureNamed } from "../../src/gallery/registry.js";
import { elements, parse } from "../figures/reading.js";

const folder = mkdtempSync(join(tmpdir(), "nsiscan-gallery-"));
const figures = ["l24-4", "l24-table-1"].map(figureNamed);
const options = {
  engine: "cpu",
  threads: 1,
  points: 41,
  formats: ["svg", "pdf", "png", "csv", "json", "hepdata"],
  gridPoints: 101,
  look: { style: "paper", theme: "light", dpi: 60 },
  dark: true,
} as const;

beforeAll(() => writeFigures(figures, folder, options));
afterAll(() => rmSync(folder, { recursive: true }));

/** The page without its doctype: HTML that is well-formed XML too. */
const document = (html: string) => parse(html.replace(/^<!doctype html>\n/, ""));

describe("figures' folders", () => {
  it("hold drawings, tables, HEPData, record and provenance, and nothing else", () => {
    const all = (id: string) =>
      readdirSync(join(folder, id), { recursive: true, encoding: "utf8" }).sort();
    expect(all("l24-4")).toEqual([
      "data.json",
      "exponent.csv",
      "figure-dark.svg",
      "figure.json",
      "figure.pdf",
      "figure.png",
      "figure.svg",
      "hepdata",
      join("hepdata", "exponent.yaml"),
      join("hepdata", "submission.yaml"),
      "provenance.json",
    ]);
    expect(all("l24-table-1")).toContain("table.tex");
    const pdf = readFileSync(join(folder, "l24-4", "figure.pdf"));
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    const provenance = JSON.parse(readFileSync(join(folder, "l24-4", "provenance.json"), "utf8"));
    expect(provenance).toMatchObject({ engine: "cpu", points: 41 });
    expect(provenance.description_sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("are not replaced unless that is asked for", async () => {
    const before = readFileSync(join(folder, "l24-4", "provenance.json"), "utf8");
    await expect(writeFigures(figures, folder, options)).rejects.toThrow(
      expect.objectContaining({ code: "result-exists" }),
    );
    expect(readFileSync(join(folder, "l24-4", "provenance.json"), "utf8")).toBe(before);
    await writeFigures(figures.slice(1), folder, { ...options, force: true });
  });

  it("are refused before any of them is made", async () => {
    const made: string[] = [];
    const onStart = ({ id }: { readonly id: string }) => made.push(id);
    const order = [figureNamed("l24-3"), ...figures];
    await expect(writeFigures(order, folder, { ...options, onStart })).rejects.toThrow(
      expect.objectContaining({ code: "result-exists" }),
    );
    expect(made).toEqual([]);
    expect(existsSync(join(folder, "l24-3"))).toBe(false);
  });
});

describe("the gallery page", () => {
  it("shows every figure of the folder, with links to files that are there", async () => {
    const path = await writePage(folder);
    const page = document(readFileSync(path, "utf8"));
    const articles = elements(page, "article").map((one) => one.getAttribute("id"));
    expect(articles).toEqual(["l24-4", "l24-table-1"]);
    const targets = [
      ...elements(page, "a").map((a) => a.getAttribute("href") ?? ""),
      ...elements(page, "img").map((img) => img.getAttribute("src") ?? ""),
      ...elements(page, "source").map((source) => source.getAttribute("srcset") ?? ""),
    ];
    for (const target of targets) {
      if (target.startsWith("#")) expect(articles).toContain(target.slice(1));
      else if (!target.startsWith("https://arxiv.org/")) {
        expect(existsSync(join(folder, target)), target).toBe(true);
      }
    }
    expect(targets).toContain("l24-4/hepdata/submission.yaml");
    expect(targets).toContain("l24-4/figure-dark.svg");
    for (const name of ["script", "link", "iframe"]) expect(elements(page, name)).toEqual([]);
  });

  it("names each figure's command, what the paper says, ours and the verdict", async () => {
    await writePage(folder);
    const page = document(readFileSync(join(folder, "index.html"), "utf8"));
    const [article] = elements(page, "article");
    const text = article.textContent ?? "";
    // As it lies there: options.points is not the figure's own.
    expect(text).toContain("Command: npx nsiscan figure l24-4 --points 41\n");
    expect(text).toContain("All three agree with x = 2 within 1.5σ.");
    expect(text).toContain("✓ holds");
    for (const image of elements(page, "img")) {
      expect(image.getAttribute("alt")?.length).toBeGreaterThan(40);
    }
    const levels = ["h1", "h2", "h3"].map((name) => elements(page, name).length);
    expect(levels).toEqual([1, 1, 2]);
  });

  it("counts a sentence that several figures have once, and prefers the caption as made", () => {
    const statement = (paper: string, verdict: "holds" | "differs" | "not comparable") => {
      return { paper, ours: "ours", verdict, why: "why" };
    };
    const records = [
      [statement("one", "holds"), statement("both", "holds")],
      [statement("both", "differs"), statement("apart", "not comparable")],
    ];
    const exhibits = figures.map((figure, i) => ({
      figure,
      record: { id: figure.id, statements: records[i], notes: [], files: [] },
    }));
    const [first, second] = exhibits;
    const captioned = { ...second, record: { ...second.record, caption: "scaled by 0.70" } };
    const text = document(galleryPage([first, captioned], "0")).documentElement?.textContent ?? "";
    expect(text.replace(/\s+/g, " ")).toContain(
      "3 statements, of which 1 hold, 1 hold in part, 0 do not and 1 cannot be compared",
    );
    expect(text).toContain("– not comparable");
    expect(text).toContain(first.figure.caption);
    expect(text).toContain("scaled by 0.70");
    expect(text).not.toContain(second.figure.caption);
  });

  it("takes words as words", () => {
    const [figure] = figures;
    const nasty = `<script>alert("x")</script> & ε^d_ee`;
    const statement = { paper: nasty, ours: nasty, verdict: "differs", why: nasty } as const;
    const record = { id: figure.id, statements: [statement], notes: [nasty], files: [] };
    const page = document(galleryPage([{ figure, record }], "0"));
    expect(elements(page, "script")).toEqual([]);
    expect(page.documentElement?.textContent).toContain('<script>alert("x")</script> & εdee');
    expect(elements(page, "sup").map((one) => one.textContent)).toEqual(["d", "d", "d", "d"]);
  });

  it("sets symbols as symbols", () => {
    expect(mathHtml("sin²θ_W and ε^u_μμ")).toBe(
      "sin²<i>θ</i><sub>W</sub> and <i>ε</i><sup>u</sup><sub>μμ</sub>",
    );
    expect(mathHtml("eps_ee_d, 3σ, Δχ² = 1 & 2")).toBe("eps_ee_d, 3σ, Δχ² = 1 &amp; 2");
    expect(mathHtml("at 90 % and 5 %.")).toBe("at 90\u00a0% and 5\u00a0%.");
  });

  it("refuses a damaged record with its path", async () => {
    writeFileSync(join(folder, "l24-4", "figure.json"), "{}");
    await expect(writePage(folder)).rejects.toThrow(
      expect.objectContaining({ code: "bad-figure-record" }),
    );
  });
});
