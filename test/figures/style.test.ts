import { describe, expect, it } from "vitest";
import { inkColor, paperStyle, SERIES_DASH } from "../../src/figures/style.js";
import type { SeriesName } from "../../src/figures/types.js";

type Rgb = number[];

function linearRgb(hex: string): Rgb {
  return [1, 3, 5].map((i) => {
    const v = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
}

/** CIELAB (D65) of linear sRGB. */
function lab([r, g, b]: Rgb): number[] {
  const xyz = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ].map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])];
}

/** Full dichromacy in linear sRGB: Machado, Oliveira and Fernandes 2009, severity 1. */
const blindness: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(hex: string, kind: string): number[] {
  const rgb = linearRgb(hex);
  return lab(
    blindness[kind].map((row) =>
      Math.min(
        1,
        Math.max(
          0,
          row.reduce((s, m, i) => s + m * rgb[i], 0),
        ),
      ),
    ),
  );
}

function closest(values: number[][]): number {
  const gaps = values.flatMap((a, i) =>
    values.slice(i + 1).map((b) => Math.hypot(...a.map((v, k) => v - b[k]))),
  );
  return Math.min(...gaps);
}

describe.each(["light", "dark"] as const)("the %s palette", (theme) => {
  const style = paperStyle(theme);
  const ink = (name: SeriesName | "inner" | "outer" | "background" | "foreground") =>
    inkColor(name, style);
  const series = (n: number) =>
    Array.from({ length: n }, (_, i) => ink(`series${i + 1}` as SeriesName));

  it.each(Object.keys(blindness))("keeps the first three series apart for %s sight", (kind) => {
    expect(closest(series(3).map((hex) => seen(hex, kind)))).toBeGreaterThan(20);
  });

  it("keeps the first three series, and the two regions of one result, apart in grey", () => {
    const lightness = (hex: string) => [seen(hex, "normal")[0]];
    expect(closest(series(3).map(lightness))).toBeGreaterThan(10);
    expect(closest([ink("inner"), ink("outer"), ink("background")].map(lightness))).toBeGreaterThan(
      14,
    );
  });

  it("keeps all six apart in normal sight and from the page", () => {
    expect(
      closest([...series(6), ink("background")].map((hex) => seen(hex, "normal"))),
    ).toBeGreaterThan(20);
  });
});

it("every series has a dash of its own", () => {
  expect(new Set(Object.values(SERIES_DASH)).size).toBe(6);
});

it("takes #rrggbb and refuses unknown colours", () => {
  expect(inkColor("#12ab34", paperStyle())).toBe("#12ab34");
  expect(() => inkColor("#12a", paperStyle())).toThrowError(
    expect.objectContaining({ code: "unknown-ink" }),
  );
});
