import { SCHEMA_VERSION } from "../data/common.js";
import { type CsiData, csiSchema } from "../data/csi.js";
import type { ReleaseDataset } from "./dataset.js";
import { binEvents, readHistogram, uniformEdges } from "./histogram.js";
import { expectWithin, parseTable, type ReleaseText } from "./table.js";
import { csiUnits } from "./units.js";

const ENERGY_EDGES = [0, 8, 12, 16, 20, 24, 32, 40, 50, 60];
const TIME_EDGES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 2, 4, 6];
const NEUTRON_BINS = {
  energy: { start: 0, width: 1, bins: 250 },
  time: { start: -0.25, width: 0.01, bins: 650 },
} as const;

const title = "COHERENT CsI[Na], full exposure";

/** Events per analysis bin, [9][11]; the release holds all with PE < 250 and 0 ≤ t < 6 μs. */
function readEvents(file: ReleaseText, rows: number): number[][] {
  const events = parseTable(file, { columns: 2, rows });
  for (const event of events) {
    expectWithin(file, event, 0, [0, 250]);
    expectWithin(file, event, 1, [0, 6]);
  }
  return binEvents(events, ENERGY_EDGES, TIME_EDGES);
}

function readNeutrons(energy: ReleaseText, time: ReleaseText): CsiData["brn"] {
  const edges = ({ start, width, bins }: { start: number; width: number; bins: number }) =>
    uniformEdges(start, width, bins);
  return {
    energy: readHistogram(energy, edges(NEUTRON_BINS.energy)),
    time: readHistogram(time, edges(NEUTRON_BINS.time)),
  };
}

function readCoefficients(file: ReleaseText, rows: number) {
  return parseTable(file, { columns: 4, rows }).map(({ values: [a, b, c, d] }) => ({ a, b, c, d }));
}

function readResponse(scintillation: ReleaseText, efficiency: ReleaseText): CsiData["response"] {
  const [curve, plus0, minus0, plus1, minus1] = readCoefficients(scintillation, 5);
  const [nominal, plus, minus] = readCoefficients(efficiency, 3);
  return {
    lightYield: 13.35,
    smearing: 0.716,
    scintillation: {
      nominal: curve,
      systematics: [
        { plus: plus0, minus: minus0 },
        { plus: plus1, minus: minus1 },
      ],
    },
    energyEfficiency: { nominal, plus, minus },
    timeEfficiency: { onset: 0.52, decay: 0.0494 },
  };
}

/** CsI: the event lists are binned here, the rest is kept as released. */
export const csiRelease: ReleaseDataset<CsiData> = {
  name: "csi",
  title,
  schema: csiSchema,
  published: {
    "brnPE.txt": "0000b042b8d0d28b90370eb70d1409db1d8c510fcf2b3e636370b0d4443ac0b0",
    "brnTrec.txt": "6f279d835242a868dfc048abaa42b8c400bf961036de7bc7e64636efdd46466f",
    "dataBeamOnAC.txt": "f530d4a50e889333ada0e739db2e36d7f9f3b783822c8c6e932dae88ce071639",
    "dataBeamOnC.txt": "0a188a0291af06dd023d966d1c9fea7a82ec32d8c1a10750fd09c2b17f10a749",
    "effCoefficients.txt": "f1e58e6b8ec4db53da3be21fe44ebc4621e9b248b920be09759b1000dada8c51",
    "ninPE.txt": "41cae0376003cc2dcd028a3913e7c16395471f612b56d311f80e2a6071c9950c",
    "ninTrec.txt": "2bb034d648b312f4ee329ae95078dc748ff3f83b999c411b08f86d82ddf8e151",
    "scintRespCoefficients.txt": "ea6b8f34b296bf6e99f2a4ac504030d99155daba3e3c252f51c87d2470319d13",
  },
  build(text, files) {
    return {
      schemaVersion: SCHEMA_VERSION,
      dataset: "csi",
      title,
      source: {
        reference: "COHERENT, Phys. Rev. Lett. 129, 081801 (2022)",
        arxiv: "2110.07730",
        doi: "10.1103/PhysRevLett.129.081801",
        release: "ancillary files of arXiv:2110.07730, described in its Appendix A",
      },
      files,
      notes: [
        "observed and antiCoincidence are counts in the analysis bins, half-open [low, high), made by nsiscan from the event lists.",
        "The second block of effCoefficients.txt that is labelled +1 sigma is the -1 sigma curve.",
        "brn.energy and nin.energy add up to one below 60 PE, not over the whole histogram.",
        "exposure, steadyStateDecay, lightYield, smearing and timeEfficiency are printed in Appendix A.",
      ],
      units: csiUnits,
      exposure: {
        protonsOnTarget: 3.198e23,
        neutrinosPerProton: 0.0848,
        distance: 19.3,
        mass: 14.6,
        molarMass: 259.80992,
      },
      bins: { energyEdges: ENERGY_EDGES, timeEdges: TIME_EDGES },
      observed: readEvents(text("dataBeamOnC.txt"), 5142),
      antiCoincidence: readEvents(text("dataBeamOnAC.txt"), 4890),
      steadyStateDecay: 0.0494,
      neutronBins: NEUTRON_BINS,
      brn: readNeutrons(text("brnPE.txt"), text("brnTrec.txt")),
      nin: readNeutrons(text("ninPE.txt"), text("ninTrec.txt")),
      response: readResponse(text("scintRespCoefficients.txt"), text("effCoefficients.txt")),
    };
  },
};
