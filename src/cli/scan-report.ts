import { join } from "node:path";
import { NumericalError } from "../errors.js";
import type { ScanOutcome } from "../study/publish.js";
import { note, print } from "./output.js";
import { formatTable } from "./table.js";

/** What a finished scan found, for its reader. */
export function reportResult({ folder, provenance, findings }: ScanOutcome): void {
  const [header, ...rows] = findings.summary;
  print(formatTable(header, rows));
  for (const warning of findings.warnings) note(`warning: ${warning}`);
  const { points, wall_seconds, points_per_second } = provenance;
  print(
    `\n${points} points in ${wall_seconds} s (${points_per_second.toFixed(0)} points/s) on ${provenance.device}`,
  );
  const figures =
    "figures" in findings
      ? Object.keys(findings.figures).map((name) => `${name}.pdf`)
      : ["figure.pdf"];
  print(
    `${figures.length > 1 ? "Figures" : "Figure"}: ${join(folder, figures[0])}${figures.length > 1 ? ` and ${figures.length - 1} more` : ""} (also .svg, .png); grids, contours and regions beside it.`,
  );
}

/**
 * Ends a run whose result is complete, and may be wrong in places that it names.
 * @throws NumericalError for a result with anything uncertain
 */
export function requireCertain({ folder, findings: { uncertain } }: ScanOutcome): void {
  if (uncertain.length === 0) return;
  throw new NumericalError(
    "uncertain-result",
    `The result is in ${folder}, and not certain. ${uncertain.join(" ")}`,
    { folder, uncertain },
  );
}
