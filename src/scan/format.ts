import { stringify } from "yaml";
import type { ResolvedScan } from "./scan.js";

/** A resolved scan as the text of a scan file: the same bytes for the same scan. */
export function formatScan(scan: ResolvedScan): string {
  const { combinations, ...rest } = scan;
  const file = { ...rest, combinations: combinations.map(({ name }) => name) };
  const comment = "# A scan with every default filled in, as it was run.\n";
  return comment + stringify(withoutEmpty(file), { lineWidth: 100 });
}

/** A scan of one axis has no planes, which a scan file says by leaving them out. */
function withoutEmpty(file: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const said = ([, value]: [string, unknown]) => !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(file).filter(said));
}
