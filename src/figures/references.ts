import { axisScale } from "./axis.js";
import type { Style } from "./style.js";
import type { PanelSpec, ReferenceLayer } from "./types.js";
import { type Typeset, typeset } from "./typeset.js";

/**
 * The label of a reference line stands outside the frame at the line's end (right of it, or above
 * it), where no data can be: its centre along the frame's side, in pt from the axis' low end.
 */
export interface ReferenceLabel {
  readonly text: Typeset;
  readonly center: number;
  readonly layer: ReferenceLayer;
}

/** Labels of the lines across `axis`, moved apart where lines lie close. */
export function referenceLabels(
  panel: PanelSpec,
  axis: "x" | "y",
  length: number,
  style: Style,
): ReferenceLabel[] {
  const scale = axisScale(panel[axis], 0, length);
  const labels = panel.layers.flatMap((layer) => {
    if (layer.kind !== "reference" || layer.axis !== axis || layer.label === undefined) return [];
    const center = scale(layer.value);
    if (center < 0 || center > length) return [];
    const text = typeset(layer.label, style.textSize);
    const size = axis === "x" ? text.width + style.gap : text.ascent + text.descent + 1;
    return [{ layer, text, center, size }];
  });
  labels.sort((a, b) => a.center - b.center);
  const centers = spread(
    labels.map(({ center }) => center),
    labels.map(({ size }) => size),
    length,
  );
  return labels.map(({ layer, text }, i) => ({ layer, text, center: centers[i] }));
}

/** Moves ordered intervals of given sizes apart, and back from the end at `length`. */
function spread(centers: readonly number[], sizes: readonly number[], length: number): number[] {
  const moved = [...centers];
  for (let i = 1; i < moved.length; i += 1) {
    moved[i] = Math.max(moved[i], moved[i - 1] + (sizes[i - 1] + sizes[i]) / 2);
  }
  let limit = length + sizes[sizes.length - 1] / 2;
  for (let i = moved.length - 1; i >= 0; i -= 1) {
    moved[i] = Math.min(moved[i], limit - sizes[i] / 2);
    limit = moved[i] - sizes[i] / 2;
  }
  return moved;
}
