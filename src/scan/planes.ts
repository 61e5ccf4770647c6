import type { ResolvedScan } from "./scan.js";
import type { ScanFile } from "./schema.js";
import type { ScanSource } from "./source.js";
import { suggest } from "./suggest.js";

/** The planes asked for, or every pair of axes. @throws InputError for one that is no pair of axes */
export function resolvePlanes(file: ScanFile, source: ScanSource): ResolvedScan["planes"] {
  const names = file.axes.map((axis) => axis.parameter);
  if (!file.planes) {
    return names.flatMap((x, i) => names.slice(i + 1).map((y) => [x, y] as const));
  }
  file.planes.forEach((plane, i) => {
    const stranger = plane.find((name) => !names.includes(name));
    if (stranger !== undefined) {
      const message = `"planes[${i}]" names "${stranger}", which is no axis of this scan. ${suggest(stranger, names)}`;
      throw source.refuse("unknown-axis", ["planes", i], message);
    }
    if (plane[0] === plane[1]) {
      const message = `"planes[${i}]" names "${plane[0]}" twice. Name two different axes.`;
      throw source.refuse("flat-plane", ["planes", i], message);
    }
  });
  return file.planes;
}
