import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { paperStyle } from "../../src/figures/style.js";
import { renderSvg } from "../../src/figures/svg.js";
import type { FigureSpec, Layer, PanelSpec } from "../../src/figures/types.js";

const style = paperStyle();
const axis = { domain: [0, 1], scale: "linear" } as const;
const panel: PanelSpec = { x: axis, y: axis, layers: [] };
const figure = (changes: Partial<PanelSpec>): FigureSpec => ({
  width: 86,
  panels: [[{ ...panel, ...changes }]],
});
const layer = (one: Layer) => figure({ layers: [one] });
const stroke = { color: "series1" } as const;

function refusal(spec: FigureSpec): InputError {
  try {
    renderSvg(spec, style);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("the figure was drawn");
}

describe("a figure that cannot be drawn is refused with the place", () => {
  it.each([
    ["width", { ...figure({}), width: Number.NaN }],
    ["panels", { ...figure({}), panels: [[null]] }],
    ["aspects[0]", { ...figure({}), aspects: [0] }],
    ["panels[0][0].x.domain", figure({ x: { ...axis, domain: [1, 1] } })],
    ["panels[0][0].y.domain", figure({ y: { ...axis, domain: [0, Number.POSITIVE_INFINITY] } })],
    ["panels[0][0].y.domain", figure({ y: { domain: [0, 1], scale: "log" } })],
    ["panels[0][0].x.domain", figure({ x: { ...axis, domain: [1, 1 + 1e-12] } })],
    [
      "panels[0][0].y.ticks[1].value",
      figure({
        y: {
          ...axis,
          ticks: [
            { value: 1, label: "a" },
            { value: 2, label: "b" },
          ],
        },
      }),
    ],
    [
      "panels[0][0].layers[0].lines[0][1][0]",
      layer({
        kind: "lines",
        lines: [
          [
            [0, 0],
            [Number.NaN, 1],
          ],
        ],
        stroke,
      }),
    ],
    ["panels[0][0].layers[0].rings[0][0]", layer({ kind: "region", rings: [[[0]]], fill: stroke })],
    [
      "panels[0][0].layers[0].edges",
      layer({ kind: "steps", edges: [[0, 1]], heights: [1, 2], stroke }),
    ],
    [
      "panels[0][0].layers[0].upper",
      layer({ kind: "band", x: [0, 1], lower: [0, 0], upper: [1], fill: stroke }),
    ],
    [
      "panels[0][0].layers[0].yErrors",
      layer({ kind: "errorbars", points: [[0, 0]], yErrors: [], stroke }),
    ],
  ] as [string, FigureSpec][])("%s", (place, spec) => {
    const error = refusal(spec);
    expect(error.code).toBe("bad-figure");
    expect(error.message).toContain(`The figure's ${place} is `);
    expect(error.message).not.toContain("null:");
  });

  it("by its width, where frames would vanish", () => {
    const row = Array.from({ length: 6 }, () => panel);
    const error = refusal({ width: 86, panels: [row] });
    expect(error.code).toBe("figure-too-narrow");
    expect(error.message).toContain("6 columns");
  });
});

it("draws what is unusual but possible: nothing, a point, everything outside", () => {
  for (const spec of [
    figure({}),
    figure({ legend: { entries: [], position: "auto" } }),
    layer({
      kind: "lines",
      lines: [
        [],
        [[0.5, 0.5]],
        [
          [5, 5],
          [6, 6],
        ],
      ],
      stroke,
    }),
    layer({
      kind: "region",
      rings: [
        [
          [-9, -9],
          [9, -9],
          [9, 9],
          [-9, 9],
        ],
      ],
      fill: stroke,
    }),
    { width: 25, panels: [[panel]] },
  ] satisfies FigureSpec[]) {
    expect(renderSvg(spec, style)).not.toMatch(/NaN|Infinity|undefined/);
  }
});
