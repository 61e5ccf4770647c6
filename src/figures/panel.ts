import type { FittedAxis, Scale } from "./axis.js";
import { drawLines, drawMarker, drawShape, drawText, fillOf, strokeOf } from "./draw.js";
import type { PlacedPanel } from "./layout.js";
import { type LegendBlock, SAMPLE_WIDTH } from "./legend.js";
import { heightOf } from "./measure.js";
import type { Box } from "./outline.js";
import type { Style } from "./style.js";
import type { LegendEntry } from "./types.js";
import { middleOf, type Typeset } from "./typeset.js";
import { element, number } from "./xml.js";

/** A panel as SVG: data within the frame, legend, frame with ticks on all four sides, text. */
export function drawPanel(panel: PlacedPanel, name: string, style: Style): string {
  const { frame, x, y } = panel.plot;
  return element("g", { class: "panel", role: "group", "aria-label": name }, [
    element(
      "svg",
      {
        class: "data",
        ...frame,
        // A viewport clips as a clip path would, needs no id, and becomes a plain clip in PDF.
        viewBox: [frame.x, frame.y, frame.width, frame.height].map(number).join(" "),
        preserveAspectRatio: "none",
        overflow: "hidden",
      },
      panel.shapes.map((shape) => drawShape(shape, style)),
    ),
    panel.legend === null ? "" : drawLegend(panel.legend, style),
    element("g", { class: "frame" }, [
      element("path", {
        d:
          ticksPath(panel.measured.x, x, frame, "x", style) +
          ticksPath(panel.measured.y, y, frame, "y", style),
        ...strokeOf({ color: "foreground", width: style.tickWidth }, style),
      }),
      element("rect", {
        x: frame.x,
        y: frame.y,
        width: frame.width,
        height: frame.height,
        ...strokeOf({ color: "foreground", width: style.frameWidth }, style),
        "stroke-linejoin": "miter",
      }),
    ]),
    ...xText(panel, style),
    ...yText(panel, style),
    ...referenceText(panel, style),
    title(panel, style),
  ]);
}

/** Ticks point inwards, from both sides. */
function ticksPath(
  axis: FittedAxis,
  scale: Scale,
  { x, y, width, height }: Box,
  direction: "x" | "y",
  style: Style,
): string {
  const pair = (value: number, length: number) => {
    const at = number(scale(value));
    return direction === "x"
      ? `M${at} ${number(y)}v${number(length)}M${at} ${number(y + height)}v${number(-length)}`
      : `M${number(x)} ${at}h${number(length)}M${number(x + width)} ${at}h${number(-length)}`;
  };
  return [
    ...axis.ticks.major.map(({ value }) => pair(value, style.majorTick)),
    ...axis.ticks.minor.map((value) => pair(value, style.minorTick)),
  ].join("");
}

function xText({ measured, baselines, plot: { frame, x } }: PlacedPanel, style: Style): string[] {
  const { numbers, ticks, label, multiplier } = measured.x;
  const bottom = frame.y + frame.height;
  const ascent = Math.max(0, ...numbers.map((n) => n.ascent));
  const drawn = numbers.map((text, i) =>
    put(text, x(ticks.major[i].value) - text.width / 2, bottom + style.gap + ascent, style),
  );
  if (multiplier !== null) {
    const baseline = bottom + measured.multiplierDrop + multiplier.ascent;
    drawn.push(put(multiplier, frame.x + frame.width - multiplier.width, baseline, style));
  }
  if (label !== null) {
    const baseline = bottom + baselines.xLabel;
    drawn.push(put(label, frame.x + (frame.width - label.width) / 2, baseline, style));
  }
  return drawn;
}

function yText({ measured, baselines, plot: { frame, y } }: PlacedPanel, style: Style): string[] {
  const { numbers, ticks, label, multiplier } = measured.y;
  const drawn = numbers.map((text, i) => {
    const baseline = y(ticks.major[i].value) + middleOf(style.textSize);
    return put(text, frame.x - style.gap - text.width, baseline, style);
  });
  if (multiplier !== null) {
    drawn.push(put(multiplier, frame.x, frame.y - style.gap - multiplier.descent, style));
  }
  if (label !== null) {
    const baseline = frame.x - baselines.yLabel;
    const start = frame.y + (frame.height + label.width) / 2;
    drawn.push(drawText(label, baseline, start, "foreground", style, 1));
  }
  return drawn;
}

function referenceText({ measured, plot: { frame } }: PlacedPanel, style: Style): string[] {
  const multiplier = heightOf(measured.y.multiplier);
  const row = frame.y - (multiplier > 0 ? multiplier + style.gap : 0) - style.gap;
  const above = measured.references.x.map(({ text, center, layer }) =>
    drawText(
      text,
      frame.x + center - text.width / 2,
      row - text.descent,
      layer.stroke.color,
      style,
    ),
  );
  const right = frame.x + frame.width + style.gap;
  const beside = measured.references.y.map(({ text, center, layer }) => {
    const baseline = frame.y + frame.height - center + middleOf(style.textSize);
    return drawText(text, right, baseline, layer.stroke.color, style);
  });
  return [...above, ...beside];
}

function title({ measured, baselines, plot: { frame } }: PlacedPanel, style: Style): string {
  const text = measured.title;
  if (text === null) return "";
  const x = frame.x + (frame.width - text.width) / 2;
  return put(text, x, frame.y - baselines.title, style);
}

function put(text: Typeset, x: number, baseline: number, style: Style): string {
  return drawText(text, x, baseline, "foreground", style);
}

function drawLegend(
  { block, box, above }: { block: LegendBlock; box: Box; above: boolean },
  style: Style,
): string {
  const ground = element("rect", {
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    ...fillOf({ color: "background", opacity: 0.85 }, style),
  });
  return element("g", { class: "legend", role: "group", "aria-label": "Legend" }, [
    above ? "" : ground,
    ...block.entries.flatMap(({ entry, text, x, textX, baseline }) => {
      const [left, base] = [box.x + x, box.y + baseline];
      return [
        ...drawSample(entry, left, base - middleOf(style.textSize), style),
        put(text, box.x + textX, base, style),
      ];
    }),
  ]);
}

/** A patch for a fill, a line across for a stroke, and a marker in the middle. */
function drawSample(entry: LegendEntry, x: number, middle: number, style: Style): string[] {
  const half = style.textSize * 0.36;
  const patch = { x, y: middle - half, width: SAMPLE_WIDTH, height: 2 * half };
  const drawn: string[] = [];
  if (entry.fill !== undefined) {
    const stroke = entry.stroke === undefined ? {} : strokeOf(entry.stroke, style);
    drawn.push(element("rect", { ...patch, ...fillOf(entry.fill, style), ...withoutFill(stroke) }));
  } else if (entry.stroke !== undefined) {
    drawn.push(
      drawLines(
        [
          [
            [x, middle],
            [x + SAMPLE_WIDTH, middle],
          ],
        ],
        entry.stroke,
        style,
      ),
    );
  }
  if (entry.marker !== undefined) {
    drawn.push(drawMarker(entry.marker, x + SAMPLE_WIDTH / 2, middle, style));
  }
  return drawn;
}

function withoutFill<T extends object>(attributes: T): Omit<T, "fill"> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== "fill")) as Omit<
    T,
    "fill"
  >;
}
