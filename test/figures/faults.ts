import { Resvg } from "@resvg/resvg-js";
import { type Document, type Element, XMLSerializer } from "@xmldom/xmldom";
import { paperStyle } from "../../src/figures/style.js";
import { type Box, elements, overlap, pageBox, parse, rectBox, texts, within } from "./reading.js";

const style = paperStyle();

/** What is wrong with where the text lies. */
export function textFaults(document: Document): string[] {
  const page = pageBox(document);
  const all = texts(document);
  const frames = elements(document, "svg", "data").map(rectBox);
  const inFrame = new Set(
    [...elements(document, "g", "legend"), ...elements(document, "svg", "data")].flatMap((group) =>
      texts(group).map(({ words }) => words),
    ),
  );
  const faults = all
    .filter(({ box }) => !within(box, page))
    .map(({ words }) => `"${words}" leaves the page`);
  all.forEach((a, i) => {
    for (const b of all.slice(i + 1)) {
      if (overlap(a.box, b.box)) faults.push(`"${a.words}" overlaps "${b.words}"`);
    }
    if (!inFrame.has(a.words) && frames.some((frame) => overlap(a.box, frame))) {
      faults.push(`"${a.words}" reaches into a frame`);
    }
  });
  return faults;
}

/** Keeps only the page and the data, without reference lines, and rasterises it. */
function dataPixels(document: Document, scale: number) {
  for (const group of elements(document, "g")) {
    if (group.getAttribute("class") !== "panel") group.parentNode?.removeChild(group);
  }
  for (const path of elements(document, "path")) {
    const inData = (path.parentNode as Element).getAttribute("class") === "data";
    const reference = path.getAttribute("stroke") === style.inks.muted;
    if (!inData || reference) path.parentNode?.removeChild(path);
  }
  const image = new Resvg(new XMLSerializer().serializeToString(document), {
    fitTo: { mode: "zoom", value: (scale * 72) / 96 },
  }).render();
  const { pixels, width, height } = image;
  return {
    /** Whether something is drawn in the box (pt), or outside all the boxes. */
    inked(box: Box): boolean {
      for (let y = Math.ceil(box.y0 * scale); y < Math.floor(box.y1 * scale); y += 1) {
        for (let x = Math.ceil(box.x0 * scale); x < Math.floor(box.x1 * scale); x += 1) {
          if (isInk(pixels, 4 * (y * width + x))) return true;
        }
      }
      return false;
    },
    strays(boxes: readonly Box[]): number {
      let count = 0;
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          const [u, v] = [(x + 0.5) / scale, (y + 0.5) / scale];
          const covered = boxes.some(
            (b) => u > b.x0 - 0.6 && u < b.x1 + 0.6 && v > b.y0 - 0.6 && v < b.y1 + 0.6,
          );
          if (!covered && isInk(pixels, 4 * (y * width + x))) count += 1;
        }
      }
      return count;
    },
  };
}

function isInk(pixels: Uint8Array, at: number): boolean {
  return pixels[at] < 250 || pixels[at + 1] < 250 || pixels[at + 2] < 250;
}

/** Legends in a frame over data, and data outside the frames, both seen in pixels. */
export function dataFaults(svg: string): string[] {
  const document = parse(svg);
  const frames = elements(document, "svg", "data").map(rectBox);
  const legends = elements(document, "g", "legend").map(legendBox);
  const image = dataPixels(document, 3);
  const faults = legends
    .filter((box) => image.inked(box))
    .map((box) => `a legend at ${box.x0}, ${box.y0} covers data`);
  const strays = image.strays(frames);
  if (strays > 0) faults.push(`${strays} pixels of data outside the frames`);
  return faults;
}

export function legendBox(legend: Element): Box {
  const boxes = [...texts(legend).map(({ box }) => box), ...elements(legend, "rect").map(rectBox)];
  return {
    x0: Math.min(...boxes.map((b) => b.x0)),
    y0: Math.min(...boxes.map((b) => b.y0)),
    x1: Math.max(...boxes.map((b) => b.x1)),
    y1: Math.max(...boxes.map((b) => b.y1)),
  };
}
