import { InputError } from "../errors.js";
import { axisScale } from "./axis.js";
import { type Baselines, columnText, type RowText, rowText } from "./baselines.js";
import { type LegendBlock, legendColumn, legendRows, placeLegend } from "./legend.js";
import { heightOf, type MeasuredPanel, measurePanel } from "./measure.js";
import type { Box } from "./outline.js";
import { layerShapes, type Plot, type Shape } from "./shapes.js";
import type { Style } from "./style.js";
import type { FigureSpec, PanelSpec } from "./types.js";
import { type Typeset, typeset } from "./typeset.js";

/** A panel with everything placed on the page, in pt from its upper left corner. */
export interface PlacedPanel {
  readonly measured: MeasuredPanel;
  readonly plot: Plot;
  readonly shapes: readonly Shape[];
  readonly legend: {
    readonly block: LegendBlock;
    readonly box: Box;
    readonly above: boolean;
  } | null;
  readonly baselines: Baselines;
}

export interface PlacedFigure {
  readonly width: number;
  readonly height: number;
  readonly title: Typeset | null;
  readonly panels: readonly PlacedPanel[];
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly spec: PanelSpec;
}

/** pt per mm. */
const PT = 72 / 25.4;
const NARROWEST_FRAME = 30;

/** Places every part of a figure. @throws InputError where its panels do not fit the width */
export function layOut(figure: FigureSpec, style: Style): PlacedFigure {
  const width = figure.width * PT;
  const columns = Math.max(...figure.panels.map((row) => row.length));
  const aspects = figure.panels.map((_, row) => figure.aspects?.[row] ?? 1);
  const cells = figure.panels.flatMap((panels, row) =>
    panels.flatMap((spec, column) => (spec === null ? [] : [{ row, column, spec }])),
  );
  const { frameWidth, measured, left, yLabels } = fitColumns(cells, columns, aspects, width, style);
  const tops = cells.map((cell, i) =>
    withLegend(measured[i], frameWidth, aspects[cell.row] * frameWidth, style),
  );

  const title = figure.title === undefined ? null : typeset(figure.title, style.titleSize);
  const y: number[] = [];
  const rows: RowText[] = [];
  let down = style.padding + (title === null ? 0 : heightOf(title) + 2 * style.gap);
  for (let row = 0; row < aspects.length; row += 1) {
    const inRow = cells.flatMap((cell, i) =>
      cell.row === row ? [{ ...measured[i], ...tops[i] }] : [],
    );
    rows[row] = rowText(inRow);
    y[row] = down + Math.max(rows[row].top, ...inRow.map(({ top }) => top));
    const below = Math.max(rows[row].bottom, ...inRow.map(({ bottom }) => bottom));
    down = y[row] + aspects[row] * frameWidth + below + style.panelGap;
  }
  const panels = cells.map(({ row, column }, i): PlacedPanel => {
    const frame = {
      x: left[column],
      y: y[row],
      width: frameWidth,
      height: aspects[row] * frameWidth,
    };
    const { plot, shapes } = draw(measured[i], frame, style);
    const { legend } = tops[i];
    return {
      measured: measured[i],
      plot,
      shapes,
      legend: legend && {
        ...legend,
        box: { ...legend.box, x: legend.box.x + frame.x, y: legend.box.y + frame.y },
      },
      baselines: { title: rows[row].title, xLabel: rows[row].xLabel, yLabel: yLabels[column] },
    };
  });
  return { width, height: down - style.panelGap + style.padding, title, panels };
}

/** Frame width from the room that labels need, which depends on the frame width in turn. */
function fitColumns(
  cells: readonly Cell[],
  columns: number,
  aspects: readonly number[],
  width: number,
  style: Style,
): { frameWidth: number; measured: MeasuredPanel[]; left: number[]; yLabels: number[] } {
  let frameWidth = (0.8 * width) / columns;
  // Converges as soon as the choice of ticks does; the bound makes a flip-flop end.
  for (let round = 0; ; round += 1) {
    const measured = cells.map(({ spec, row }) =>
      measurePanel(spec, frameWidth, aspects[row] * frameWidth, style),
    );
    const texts = Array.from({ length: columns }, (_, column) =>
      columnText(
        measured.filter((_, i) => cells[i].column === column),
        style,
      ),
    );
    const margins = texts.map(({ left, right }) => [left, right]);
    const taken = margins.reduce((sum, [a, b]) => sum + a + b, 0) + 2 * style.padding;
    const next = (width - taken - (columns - 1) * style.panelGap) / columns;
    if (next < NARROWEST_FRAME) {
      throw new InputError(
        "figure-too-narrow",
        `A figure ${(width / PT).toFixed(0)} mm wide leaves ${Math.max(0, next / PT).toFixed(1)} mm for the frame of each of its ${columns} columns, and a frame needs ${(NARROWEST_FRAME / PT).toFixed(1)} mm. Make it wider, use fewer columns, or leave the numbers out on inner axes.`,
        { width: width / PT, columns },
      );
    }
    const settled = Math.abs(next - frameWidth) < 1e-9;
    if (settled || round === 8) {
      const used = Math.min(next, frameWidth);
      let right = style.padding;
      const left = margins.map(([before, after]) => {
        const x = right + before;
        right = x + used + after + style.panelGap;
        return x;
      });
      return { frameWidth: used, measured, left, yLabels: texts.map(({ yLabel }) => yLabel) };
    }
    frameWidth = next;
  }
}

/**
 * The panel's legend, placed for a frame whose corner is the origin, the room above the frame, and
 * where its title would begin there.
 */
function withLegend(
  panel: MeasuredPanel,
  width: number,
  height: number,
  style: Style,
): { legend: PlacedPanel["legend"]; top: number; titleDrop: number } {
  const { legend } = panel.spec;
  const bare = { top: panel.top, titleDrop: panel.aboveFrame + style.gap };
  if (legend === undefined || legend.entries.length === 0) return { legend: null, ...bare };
  const { plot, shapes } = draw(panel, { x: 0, y: 0, width, height }, style);
  const block = legendColumn(legend, style);
  const box = placeLegend(legend.position, block, plot.frame, shapes, style);
  if (box !== null) return { legend: { block, box, above: false }, ...bare };
  const rows = legendRows(legend, width, style);
  const bottom = panel.aboveFrame + style.gap;
  return {
    legend: {
      block: rows,
      box: {
        x: (width - rows.width) / 2,
        y: -bottom - rows.height,
        width: rows.width,
        height: rows.height,
      },
      above: true,
    },
    top: Math.max(panel.top, bottom + rows.height),
    titleDrop: bottom + rows.height + style.gap,
  };
}

function draw(panel: MeasuredPanel, frame: Box, style: Style): { plot: Plot; shapes: Shape[] } {
  const plot: Plot = {
    frame,
    x: axisScale(panel.spec.x, frame.x, frame.x + frame.width),
    y: axisScale(panel.spec.y, frame.y + frame.height, frame.y),
    style,
  };
  return { plot, shapes: panel.spec.layers.flatMap((layer) => layerShapes(layer, plot)) };
}
