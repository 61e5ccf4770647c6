/** Outlines of text are kept to 1/100 pt (3.5 µm), below what any printer shows. */
const DIGITS = 2;
const UNIT = 10 ** DIGITS;

const TEXT = /(<path class="text"[^>]* d=")([^"]*)"/g;
const COMMAND = /([MLQTCZ])([^A-Z]*)/g;

/** A whole number of units as short as SVG allows: `-.5`, and no separator before a minus sign. */
function short(units: number, first: boolean): string {
  const text = String(units / UNIT).replace(/^(-?)0\./, "$1.");
  return first || text.startsWith("-") ? text : ` ${text}`;
}

/** Path data of absolute commands as relative ones: the same outline in half the characters. */
export function relativePath(d: string): string {
  /** In units; the rounded place, so that errors do not add up. */
  let [x, y] = [0, 0];
  let [startX, startY] = [0, 0];
  let out = "";
  for (const [, command, list] of d.matchAll(COMMAND)) {
    if (command === "Z") {
      out += "z";
      [x, y] = [startX, startY];
      continue;
    }
    const numbers = list
      .trim()
      .split(/[\s,]+/)
      .map((text) => Math.round(Number(text) * UNIT));
    const moved = numbers.map((value, i) => value - (i % 2 === 0 ? x : y));
    out += command.toLowerCase() + moved.map((value, i) => short(value, i === 0)).join("");
    [x, y] = numbers.slice(-2);
    if (command === "M") [startX, startY] = [x, y];
  }
  return out;
}

/** A figure's SVG with its text, most of its bytes, written shorter. */
export function compactSvg(svg: string): string {
  return svg.replace(TEXT, (_, head: string, d: string) => `${head}${relativePath(d)}"`);
}
