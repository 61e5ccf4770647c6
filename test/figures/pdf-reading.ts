import { inflateSync } from "node:zlib";

/** A one-page PDF as its cross-reference table tells of it. */
export interface PdfPage {
  /** Width and height, pt. */
  readonly size: readonly [number, number];
  /** Everything drawn, decompressed. */
  readonly drawing: string;
  /** Kinds of objects: `/Page`, `/XObject`, `/Font` … */
  readonly types: ReadonlySet<string>;
}

/**
 * Reads a PDF as a reader does: from the end to the cross-reference table, from there to each object, and
 * from the catalogue to its one page. What does not fit together is an error.
 */
export function readPdf(pdf: Uint8Array): PdfPage {
  const text = Buffer.from(pdf).toString("latin1");
  const fail = (what: string): never => {
    throw new Error(`PDF: ${what}`);
  };
  if (!/^%PDF-1\.\d\n/.test(text)) fail("no header");
  const start = Number(/startxref\n(\d+)\n%%EOF\n?$/.exec(text)?.[1] ?? fail("no end"));
  const table = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] ?\r?\n)+)trailer\n/.exec(text.slice(start));
  if (table === null) return fail("no cross-reference table where the end says it is");
  const entries = table[2].trimEnd().split(/\r?\n/);
  if (entries.length !== Number(table[1])) fail("table of another length than it says");
  const objects = new Map<number, string>();
  entries.forEach((entry, id) => {
    const [offset, , kind] = entry.trim().split(" ");
    if (kind === "f") return;
    const body = text.slice(Number(offset));
    if (!body.startsWith(`${id} 0 obj\n`)) fail(`object ${id} is not where the table says`);
    objects.set(id, body.slice(0, body.indexOf("endobj")));
  });
  const follow = (owner: string, key: string): string => {
    const id = Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(owner)?.[1] ?? fail(`no /${key}`));
    return objects.get(id) ?? fail(`/${key} leads nowhere`);
  };
  const trailer = text.slice(start);
  if (Number(/\/Size (\d+)/.exec(trailer)?.[1]) !== entries.length) fail("trailer of another size");
  const pages = follow(follow(trailer, "Root"), "Pages");
  if (!/\/Count 1\b/.test(pages)) fail("not one page");
  const page = follow(pages, "Kids");
  const size = (/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? fail("no size")).slice(1);
  return {
    size: [Number(size[0]), Number(size[1])],
    drawing: streamOf(follow(page, "Contents"), fail),
    types: new Set([...objects.values()].flatMap((body) => /\/Type \/(\w+)/.exec(body)?.[1] ?? [])),
  };
}

function streamOf(object: string, fail: (what: string) => never): string {
  const length = Number(/\/Length (\d+)/.exec(object)?.[1] ?? fail("stream without length"));
  const from = object.indexOf("stream\n") + "stream\n".length;
  if (!/^\r?\nendstream/.test(object.slice(from + length))) fail("stream of another length");
  const bytes = Buffer.from(object.slice(from, from + length), "latin1");
  return (object.includes("/FlateDecode") ? inflateSync(bytes) : bytes).toString("latin1");
}
