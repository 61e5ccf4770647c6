import { beforeAll, describe, expect, it } from "vitest";
import type { FigureContent } from "../../../src/gallery/figure.js";
import { figureNamed } from "../../../src/gallery/registry.js";

let content: FigureContent;

beforeAll(async () => {
  content = await figureNamed("release-intervals").make({ engine: "cpu", points: 73 });
});

function table(name: string) {
  const found = content.tables.find((one) => one.name === name);
  if (!found) throw new Error(`no table ${name}`);
  const [{ values: x = [] }] = found.coordinates;
  const [{ values: y, errors = [] }] = found.quantities;
  return { x: x as number[], y, errors };
}

/** Δχ² of the table between its points, by a parabola through the three nearest. */
function riseAt(dataset: string, events: number): number {
  const { x, y } = table(`${dataset}-delta-chi2`);
  const step = x[1] - x[0];
  const i = Math.min(Math.max(Math.round(events / step), 1), x.length - 2);
  const t = (events - x[i]) / step;
  return y[i] + (t * (y[i + 1] - y[i - 1])) / 2 + (t * t * (y[i + 1] - 2 * y[i] + y[i - 1])) / 2;
}

describe("the intervals of LAr and Ge", () => {
  it.each([
    ["lar", 160, 43, 42, 159],
    ["ge", 21.0, 7.7, 6.8, 20.6],
  ])(
    "of %s are the independent program's, and bound where Δχ² is one",
    (dataset, value, up, down, paper) => {
      const { y, errors } = table(`${dataset}-interval`);
      const [{ minus, plus }] = errors;
      expect(Math.abs(y[0] / value - 1)).toBeLessThan(0.02);
      expect(Math.abs(plus[0] / up - 1)).toBeLessThan(0.03);
      expect(Math.abs(minus[0] / down - 1)).toBeLessThan(0.03);
      expect(y[1]).toBe(paper);
      expect(riseAt(dataset, y[0])).toBeCloseTo(0, 2);
      expect(riseAt(dataset, y[0] + plus[0])).toBeCloseTo(1, 2);
      expect(riseAt(dataset, y[0] - minus[0])).toBeCloseTo(1, 2);
    },
  );

  it("reject no CEvNS as the paper says, and agree with it", () => {
    expect(Math.sqrt(table("lar-delta-chi2").y[0])).toBeCloseTo(3.9, 1);
    expect(content.statements.map(({ verdict }) => verdict)).toEqual(["holds", "holds", "in part"]);
  });
});
