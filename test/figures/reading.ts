import { DOMParser, type Document, type Element } from "@xmldom/xmldom";

export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Parses strictly: any complaint of the parser is an error. */
export function parse(svg: string): Document {
  const parser = new DOMParser({
    onError: (level: string, message: string) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  return parser.parseFromString(svg, "image/svg+xml");
}

export function elements(root: Document | Element, name: string, className?: string): Element[] {
  const found = Array.from(root.getElementsByTagName(name)) as Element[];
  return className === undefined
    ? found
    : found.filter((element) => element.getAttribute("class") === className);
}

/** The box of all coordinates in absolute path data of coordinate pairs. */
export function pathBox(d: string): Box {
  const n = (d.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  const xs = n.filter((_, i) => i % 2 === 0);
  const ys = n.filter((_, i) => i % 2 === 1);
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

export function rectBox(rect: Element): Box {
  const [x, y, w, h] = ["x", "y", "width", "height"].map((k) => Number(rect.getAttribute(k) ?? 0));
  return { x0: x, y0: y, x1: x + w, y1: y + h };
}

export interface Text {
  readonly words: string;
  readonly box: Box;
}

export function texts(root: Document | Element): Text[] {
  return elements(root, "path", "text").map((path) => ({
    words: path.getAttribute("aria-label") ?? "",
    box: pathBox(path.getAttribute("d") ?? ""),
  }));
}

export function overlap(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

export function within(inner: Box, outer: Box, slack = 1e-3): boolean {
  return (
    inner.x0 >= outer.x0 - slack &&
    inner.y0 >= outer.y0 - slack &&
    inner.x1 <= outer.x1 + slack &&
    inner.y1 <= outer.y1 + slack
  );
}

export function pageBox(document: Document): Box {
  const [x0, y0, w, h] = (document.documentElement?.getAttribute("viewBox") ?? "")
    .split(" ")
    .map(Number);
  return { x0, y0, x1: x0 + w, y1: y0 + h };
}
