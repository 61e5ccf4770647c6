import { Resvg } from "@resvg/resvg-js";
import { InputError } from "../errors.js";

/** A figure's SVG as PNG bytes with `dpi` pixels to the inch. @throws InputError for an odd dpi */
export function renderPng(svg: string, dpi: number): Uint8Array {
  if (!(dpi >= 20 && dpi <= 2400)) {
    throw new InputError(
      "bad-dpi",
      `A PNG of ${dpi} dpi is not possible; ask for 20 to 2400 (journals want 300 to 600).`,
      { dpi },
    );
  }
  const millimetres = Number(/^<svg [^>]*width="([\d.]+)mm"/m.exec(svg)?.[1]);
  const width = Math.round((millimetres / 25.4) * dpi);
  const drawn = new Resvg(svg, {
    fitTo: { mode: "width", value: width },
    font: { loadSystemFonts: false },
  }).render();
  return drawn.asPng();
}
