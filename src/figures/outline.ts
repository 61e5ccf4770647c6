import { number } from "./xml.js";

/** A rectangle on the page in pt; y points down. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** (x, y) → (a x + c y + e, b x + d y + f), as in SVG. */
export type Affine = readonly [number, number, number, number, number, number];

const identity: Affine = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [
    a * p + c * q,
    b * p + d * q,
    a * r + c * s,
    b * r + d * s,
    a * t + c * u + e,
    b * t + d * u + f,
  ];
}

/** Reads translate, scale and matrix, the transforms that MathJax writes. */
export function parseTransform(text: string): Affine {
  let result = identity;
  for (const [, name, list] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const n = list
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (name === "translate") result = compose(result, [1, 0, 0, 1, n[0], n[1] ?? 0]);
    else if (name === "scale") result = compose(result, [n[0], 0, 0, n[1] ?? n[0], 0, 0]);
    else if (name === "matrix") result = compose(result, n as unknown as Affine);
    else throw new Error(`transform "${name}" in typeset math`);
  }
  return result;
}

/** Path data with absolute M L H V Q T C Z, moved by an affine map; H and V become L. */
export function transformPath(d: string, map: Affine): string {
  const [a, b, c, d2, e, f] = map;
  let x = 0;
  let y = 0;
  let out = "";
  for (const [, command, list] of d.matchAll(/([MLHVQTCZ])([^A-Z]*)/g)) {
    if (command === "Z") {
      out += "Z";
      continue;
    }
    const n = (list.match(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/gi) ?? []).map(Number);
    const pairs: [number, number][] = [];
    if (command === "H") for (const h of n) pairs.push([h, y]);
    else if (command === "V") for (const v of n) pairs.push([x, v]);
    else for (let i = 0; i + 1 < n.length; i += 2) pairs.push([n[i], n[i + 1]]);
    [x, y] = pairs[pairs.length - 1];
    const drawn = pairs.map(
      ([u, v]) => `${number(a * u + c * v + e)} ${number(b * u + d2 * v + f)}`,
    );
    out += (command === "H" || command === "V" ? "L" : command) + drawn.join(" ");
  }
  return out;
}
