import { InputError } from "../errors.js";
import type { AxisSpec, FigureSpec, Layer, PanelSpec } from "./types.js";

/** Refuses what cannot be drawn, with the place in the figure. @throws InputError */
export function checkFigure(figure: FigureSpec): void {
  if (!(figure.width >= 20 && figure.width <= 1000)) {
    refuse(
      "width",
      figure.width,
      "give the width in mm, 20 to 1000 (86 for one column, 178 for two)",
    );
  }
  if (!figure.panels.flat().some((panel) => panel !== null)) {
    refuse("panels", figure.panels, "give at least one panel");
  }
  figure.aspects?.forEach((aspect, row) => {
    if (!(aspect >= 0.05 && aspect <= 20)) {
      refuse(`aspects[${row}]`, aspect, "give frame height over width, 0.05 to 20");
    }
  });
  figure.panels.forEach((row, r) => {
    row.forEach((panel, c) => {
      if (panel !== null) checkPanel(panel, `panels[${r}][${c}]`);
    });
  });
}

function checkPanel(panel: PanelSpec, place: string): void {
  checkAxis(panel.x, `${place}.x`);
  checkAxis(panel.y, `${place}.y`);
  panel.layers.forEach((layer, i) => {
    checkLayer(layer, `${place}.layers[${i}]`);
  });
}

/** Below this span relative to the values, tick numbers would differ in their tenth digit only. */
const FINEST = 1e-9;

function checkAxis({ domain, scale, ticks = [] }: AxisSpec, place: string): void {
  const [low, high] = domain;
  const remedy = "give [low, high] with low < high";
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    refuse(`${place}.domain`, domain, remedy);
  }
  if (scale === "log" && low <= 0) {
    refuse(`${place}.domain`, domain, "a log axis needs positive ends; raise the lower one");
  }
  if (high - low < FINEST * Math.max(Math.abs(low), Math.abs(high))) {
    refuse(`${place}.domain`, domain, "widen it: its ends differ by less than 1e-9 of their value");
  }
  ticks.forEach(({ value }, i) => {
    if (!(value >= low && value <= high)) {
      refuse(`${place}.ticks[${i}].value`, value, "put every tick within the domain");
    }
  });
}

function checkLayer(layer: Layer, place: string): void {
  switch (layer.kind) {
    case "region":
      layer.rings.forEach((ring, i) => {
        checkPositions(ring, `${place}.rings[${i}]`);
      });
      break;
    case "lines":
      layer.lines.forEach((line, i) => {
        checkPositions(line, `${place}.lines[${i}]`);
      });
      break;
    case "markers":
      checkPositions(layer.points, `${place}.points`);
      break;
    case "errorbars": {
      const n = layer.points.length;
      checkPositions(layer.points, `${place}.points`);
      if (layer.xErrors) checkPairs(layer.xErrors, n, `${place}.xErrors`);
      if (layer.yErrors) checkPairs(layer.yErrors, n, `${place}.yErrors`);
      break;
    }
    case "steps": {
      const n = layer.heights.length;
      checkPairs(layer.edges, n, `${place}.edges`);
      checkNumbers(layer.heights, n, `${place}.heights`);
      if (layer.baseline) checkNumbers(layer.baseline, n, `${place}.baseline`);
      break;
    }
    case "band": {
      const n = layer.x.length;
      checkNumbers(layer.x, n, `${place}.x`);
      checkNumbers(layer.lower, n, `${place}.lower`);
      checkNumbers(layer.upper, n, `${place}.upper`);
      break;
    }
    case "reference":
      checkNumbers([layer.value], 1, `${place}.value`);
      break;
    case "annotation":
      checkPositions([layer.at], `${place}.at`);
  }
}

function checkPositions(positions: readonly (readonly number[])[], place: string): void {
  checkPairs(positions, positions.length, place);
}

function checkPairs(pairs: readonly (readonly number[])[], n: number, place: string): void {
  checkLength(pairs, n, place);
  pairs.forEach((pair, i) => {
    checkNumbers(pair, 2, `${place}[${i}]`);
  });
}

function checkNumbers(values: readonly number[], n: number, place: string): void {
  checkLength(values, n, place);
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      refuse(`${place}[${i}]`, value, "leave out what has no finite value, or cut it at the frame");
    }
  });
}

function checkLength(values: readonly unknown[], n: number, place: string): void {
  if (values.length !== n) refuse(place, `${values.length} values`, `give ${n} values`);
}

function refuse(place: string, value: unknown, remedy: string): never {
  const shown = typeof value === "string" ? value : JSON.stringify(value, numbers);
  throw new InputError("bad-figure", `The figure's ${place} is ${shown}: ${remedy}.`, {
    place,
    value,
  });
}

/** JSON writes NaN and infinities as null; messages should not. */
function numbers(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
