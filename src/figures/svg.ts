import { checkFigure } from "./check.js";
import { drawText } from "./draw.js";
import { plainText } from "./label.js";
import { layOut } from "./layout.js";
import { drawPanel } from "./panel.js";
import type { Style } from "./style.js";
import type { FigureSpec, PanelSpec } from "./types.js";
import { element, number, textElement } from "./xml.js";

/**
 * The figure as a self-contained SVG document: sized in mm, drawn in pt, text as outlines with its
 * words in `aria-label`, `<title>` and `<desc>`. The same figure and style give the same bytes.
 * @throws InputError for a figure that cannot be drawn as described
 */
export function renderSvg(figure: FigureSpec, style: Style): string {
  checkFigure(figure);
  const placed = layOut(figure, style);
  const { width, height } = placed;
  const specs = placed.panels.map(({ measured }) => measured.spec);
  const heading = nameOf(figure);
  const drawn = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: `${number(figure.width)}mm`,
      height: `${number((height * 25.4) / 72)}mm`,
      viewBox: `0 0 ${number(width)} ${number(height)}`,
      role: "graphics-document",
      "xml:lang": "en",
      "aria-label": heading,
    },
    [
      textElement("title", heading),
      textElement("desc", describe(figure, specs)),
      element("rect", { class: "page", width, height, fill: style.inks.background }),
      ...placed.panels.map((panel) => drawPanel(panel, panelName(panel.measured.spec), style)),
      placed.title === null
        ? ""
        : drawText(
            placed.title,
            (width - placed.title.width) / 2,
            style.padding + placed.title.ascent,
            "foreground",
            style,
          ),
    ],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawn}\n`;
}

function nameOf(figure: FigureSpec): string {
  if (figure.title !== undefined) return plainText(figure.title);
  const names = figure.panels.flat().map((panel) => (panel === null ? "" : panelName(panel)));
  return [...new Set(names.filter((name) => name !== ""))].join("; ") || "Figure";
}

function panelName(panel: PanelSpec): string {
  const axes = [panel.y.label, panel.x.label].filter((label) => label !== undefined);
  const against = axes.map(plainText).join(" against ");
  return panel.title === undefined
    ? against
    : [plainText(panel.title), against].filter(Boolean).join(": ");
}

/** Axes, ranges and legend of every panel in words. */
function describe(figure: FigureSpec, panels: readonly PanelSpec[]): string {
  const sentences = panels.map((panel) => {
    const axis = (name: "x" | "y") => {
      const { label, domain, scale } = panel[name];
      const words = label === undefined ? name : plainText(label);
      const [low, high] = domain.map((end) => String(end).replaceAll("-", "−"));
      return `${words} from ${low} to ${high}${scale === "log" ? " (logarithmic)" : ""}`;
    };
    const shown = panel.legend?.entries.map(({ label }) => plainText(label)) ?? [];
    const title = panel.title === undefined ? "" : `${plainText(panel.title)}: `;
    const legend = shown.length === 0 ? "" : ` Shown: ${shown.join(", ")}.`;
    return `${title}${axis("y")} against ${axis("x")}.${legend}`;
  });
  return [figure.description, ...sentences].filter(Boolean).join(" ");
}
