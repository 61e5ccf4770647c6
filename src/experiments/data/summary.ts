import type { CsiData } from "./csi.js";
import { dataPath, loadCsiData, loadGeData, loadLarData } from "./load.js";

/** What a data file says about itself, and the sums of its histograms. */
export interface DatasetSummary {
  readonly dataset: string;
  readonly title: string;
  readonly path: string;
  readonly source: CsiData["source"];
  readonly files: CsiData["files"];
  readonly notes: readonly string[];
  /** Events of each histogram, summed over all its bins. */
  readonly totals: Readonly<Record<string, number>>;
}

type Nested = number | readonly Nested[];

function total(values: Nested): number {
  return typeof values === "number"
    ? values
    : values.reduce<number>((sum, value) => sum + total(value), 0);
}

/** Summaries of the data sets in use. @throws InputError when a data file is missing or invalid */
export function summariseData(): DatasetSummary[] {
  const csi = loadCsiData();
  const lar = loadLarData();
  const ge = loadGeData();
  const histograms: [typeof csi | typeof lar | typeof ge, Record<string, Nested>][] = [
    [csi, { observed: csi.observed, antiCoincidence: csi.antiCoincidence }],
    [
      lar,
      {
        observed: lar.observed,
        ssb: lar.ssb,
        promptBrn: lar.promptBrn,
        delayedBrn: lar.delayedBrn,
        cevns: lar.cevns,
      },
    ],
    [ge, { onBeam: ge.onBeam, offBeam: ge.offBeam }],
  ];
  return histograms.map(([{ dataset, title, source, files, notes }, parts]) => ({
    dataset,
    title,
    path: dataPath(dataset),
    source,
    files,
    notes,
    totals: Object.fromEntries(
      Object.entries(parts).map(([name, values]) => [name, total(values)]),
    ),
  }));
}
