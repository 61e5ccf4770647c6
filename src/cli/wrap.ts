/**
 * Break a paragraph at blanks into lines of at most `width` characters; long words stay whole.
 * @param indent what the lines after the first begin with
 */
export function wrap(paragraph: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join("\n");
}
