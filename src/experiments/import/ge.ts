import { SCHEMA_VERSION } from "../data/common.js";
import { type GeData, geSchema } from "../data/ge.js";
import type { ReleaseDataset } from "./dataset.js";
import { uniformEdges } from "./histogram.js";
import { expectCount, expectValue, expectWithin, parseTable, type ReleaseText } from "./table.js";
import { geUnits } from "./units.js";

const ENERGY_EDGES = uniformEdges(1.5, 2, 9);
const TIME_EDGES = uniformEdges(-4, 4, 10);
const PROJECTION_EDGES = uniformEdges(0, 2, 17);

const title = "COHERENT Ge-Mini, first result";

/** Counts, [10 time][9 energy]. */
function readCounts(file: ReleaseText): (readonly number[])[] {
  return parseTable(file, { columns: 9, rows: 10 }).map((row) => {
    row.values.forEach((_, column) => {
      expectCount(file, row, column);
    });
    return row.values;
  });
}

function readProjection(file: ReleaseText): GeData["timeProjection"] {
  const rows = parseTable(file, { columns: 5, rows: PROJECTION_EDGES.length - 1 });
  rows.forEach((row, bin) => {
    expectValue(file, row, 0, (PROJECTION_EDGES[bin] + PROJECTION_EDGES[bin + 1]) / 2);
    for (const column of [2, 3, 4]) expectWithin(file, row, column, [0, Number.POSITIVE_INFINITY]);
  });
  const column = (index: number) => rows.map(({ values }) => values[index]);
  return {
    timeEdges: PROJECTION_EDGES,
    counts: column(1),
    sigma: column(2),
    prompt: column(3),
    delayed: column(4),
  };
}

/** Ge: no numeric release exists; the files hold what the paper's figures 4 and 5 print. */
export const geRelease: ReleaseDataset<GeData> = {
  name: "ge",
  title,
  schema: geSchema,
  published: {
    "off-beam-counts.csv": "2b2bac03202c5dd2f37d2b77cd6a953b4b2b37e949f0a7a80e72d4717bb96647",
    "on-beam-counts.csv": "d0c91cc934e82e7d87662a7c1be18f4142a3a558eca3cacc072eb314a8bf7cf5",
    "time-projection.csv": "24366695e17c8bea774e7c78bc67ffee0a234cc2ffed66be617890d94dd6755f",
  },
  build(text, files) {
    return {
      schemaVersion: SCHEMA_VERSION,
      dataset: "ge",
      title,
      source: {
        reference: "COHERENT, Phys. Rev. Lett. 134, 231801 (2025)",
        arxiv: "2406.13806",
        doi: "10.1103/PhysRevLett.134.231801",
        release: "none; counts and curves read from figures 4 and 5 of arXiv:2406.13806v2",
      },
      files,
      notes: [
        "exposure.protonsOnTargetTimesMass is printed in the paper; its 10.22 GWh kg at 1.05 GeV would be 2.19e23.",
        "timeProjection covers all energies of the fit range; onBeam and offBeam cover 1.5 to 19.5 keVee.",
      ],
      units: geUnits,
      exposure: {
        protonsOnTargetTimesMass: 2.09e23,
        neutrinosPerProton: 0.096,
        distance: 19.2,
        mass: 10.66,
        molarMass: 72.7,
      },
      bins: { timeEdges: TIME_EDGES, energyEdges: ENERGY_EDGES },
      response: {
        lindhardK: 0.157,
        fitRange: [
          [1.5, 8.5],
          [11, 20],
        ],
      },
      onBeam: readCounts(text("on-beam-counts.csv")),
      offBeam: readCounts(text("off-beam-counts.csv")),
      timeProjection: readProjection(text("time-projection.csv")),
    };
  },
};
