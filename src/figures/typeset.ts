import type { LiteElement } from "mathjax-full/js/adaptors/lite/Element.js";
import { liteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import { RegisterHTMLHandler } from "mathjax-full/js/handlers/html.js";
import { TeX } from "mathjax-full/js/input/tex.js";
import "mathjax-full/js/input/tex/ams/AmsConfiguration.js";
import { mathjax } from "mathjax-full/js/mathjax.js";
import { SVG } from "mathjax-full/js/output/svg.js";
import { InputError } from "../errors.js";
import { plainText, toTex } from "./label.js";
import { type Affine, compose, parseTransform, transformPath } from "./outline.js";
import type { Label } from "./types.js";

/** A label as outlines in MathJax's units (1000 to the em, y upwards), origin on its baseline. */
interface Outline {
  readonly shapes: readonly { readonly d: string; readonly map: Affine }[];
  readonly width: number;
  readonly ascent: number;
  readonly descent: number;
}

/** A typeset label: sizes in pt, and its glyphs as one path when placed. */
export interface Typeset {
  readonly plain: string;
  readonly width: number;
  /** Height above, and depth below the baseline. */
  readonly ascent: number;
  readonly descent: number;
  /** Path data with the left end of the baseline at (x, y), turned by `quarterTurns` × −90°. */
  at(x: number, y: number, quarterTurns?: 0 | 1): string;
}

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const mathDocument = mathjax.document("", {
  InputJax: new TeX({
    packages: ["base", "ams"],
    formatError: (_: unknown, error: Error) => {
      throw error;
    },
  }),
  OutputJax: new SVG({ fontCache: "none" }),
});

const outlines = new Map<Label, Outline>();

/**
 * Sets a label in the one typeface of all figures (MathJax's Computer Modern), as outlines, so that
 * no reader needs a font.
 * @param size of the em, in pt
 * @throws InputError for TeX that does not parse, or a character the typeface lacks
 */
export function typeset(label: Label, size: number): Typeset {
  let outline = outlines.get(label);
  if (outline === undefined) {
    outline = outlineOf(label);
    outlines.set(label, outline);
  }
  const { shapes, width, ascent, descent } = outline;
  const scale = size / 1000;
  return {
    plain: plainText(label),
    width: width * scale,
    ascent: ascent * scale,
    descent: descent * scale,
    at(x, y, quarterTurns = 0) {
      const place: Affine =
        quarterTurns === 0 ? [scale, 0, 0, -scale, x, y] : [0, -scale, -scale, 0, x, y];
      return shapes.map(({ d, map }) => transformPath(d, compose(place, map))).join("");
    },
  };
}

/** From the baseline to the middle of digits: what stands beside a tick is centred on it there. */
export function middleOf(size: number): number {
  return typeset("$0$", size).ascent / 2;
}

function outlineOf(label: Label): Outline {
  const svg = adaptor.firstChild(convert(label)) as LiteElement;
  const [, top, width, height] = adaptor.getAttribute(svg, "viewBox").split(" ").map(Number);
  const shapes: { d: string; map: Affine }[] = [];
  // MathJax wraps all in scale(1,-1); the label's own y axis points upwards, so begin with its undoing.
  collect(svg, [1, 0, 0, -1, 0, 0], shapes, label);
  return { shapes, width, ascent: -top, descent: top + height };
}

function convert(label: Label): LiteElement {
  try {
    return mathDocument.convert(toTex(label), { display: false }) as LiteElement;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      "bad-tex",
      `The label "${label}" is not TeX that can be typeset: ${(error as Error).message}. Correct it; math goes between $ signs and may use TeX's basic and AMS commands.`,
      { label },
    );
  }
}

function collect(
  element: LiteElement,
  outer: Affine,
  shapes: { d: string; map: Affine }[],
  label: Label,
): void {
  for (const child of adaptor.childNodes(element) as LiteElement[]) {
    const map = compose(outer, parseTransform(adaptor.getAttribute(child, "transform") ?? ""));
    const kind = adaptor.kind(child);
    if (kind === "g") collect(child, map, shapes, label);
    else if (kind === "path") {
      const d = adaptor.getAttribute(child, "d");
      if (d !== "") shapes.push({ d, map });
    } else if (kind === "rect") shapes.push({ d: rectangle(child), map });
    else throw untypesettable(label, kind === "text" ? adaptor.textContent(child) : kind);
  }
}

function rectangle(rect: LiteElement): string {
  const [x, y, w, h] = ["x", "y", "width", "height"].map((name) =>
    Number(adaptor.getAttribute(rect, name) ?? 0),
  );
  return `M${x} ${y}L${x + w} ${y}L${x + w} ${y + h}L${x} ${y + h}Z`;
}

/** MathJax falls back on the reader's fonts, or on clipped viewports: figures have neither. */
function untypesettable(label: Label, what: string): InputError {
  return new InputError(
    "untypesettable",
    what === "svg"
      ? `The label "${label}" stretches an accent or arrow over several characters, which figures cannot draw. Use the accent on one character (\\bar, \\hat).`
      : `The label "${label}" holds "${what}", which the typeface of the figures lacks. Write it in TeX (\\'e is not available; use plain letters, or math such as $\\nu$).`,
    { label, character: what },
  );
}
