import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCsiData, loadGeData, loadLarData } from "../../src/experiments/data/load.js";

/** A number as C++ streams print it: six significant digits, exponents of two digits. */
function cxx(value: number): string {
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= -4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
}

const lines = (rows: readonly (readonly (number | string)[])[], separator = " ") =>
  `${rows.map((row) => row.map((cell) => (typeof cell === "number" ? cxx(cell) : cell)).join(separator)).join("\n")}\n`;

const centres = (edges: readonly number[]) =>
  edges.slice(1).map((edge, i) => Number(((edge + edges[i]) / 2).toFixed(6)));

const histogram = (contents: readonly number[], start: number, width: number) =>
  lines(contents.map((value, i) => [Number((start + (i + 0.5) * width).toFixed(6)), value]));

/** Events that give these counts: each bin's own count at its lower corner, which belongs to it. */
function events(
  counts: readonly (readonly number[])[],
  energyEdges: readonly number[],
  timeEdges: readonly number[],
  total: number,
): string {
  const inside = counts.flatMap((row, i) =>
    row.flatMap((count, j) => new Array(count).fill([energyEdges[i], timeEdges[j]])),
  );
  // The rest of a release's events lies from 60 PE on, outside of the analysis bins.
  const outside = new Array(total - inside.length).fill([60, 1.5]);
  return `# energy (PE), time (us)\n${lines([...outside, ...inside])}`;
}

type Coefficients = { a: number; b: number; c: number; d: number };
const coefficients = (blocks: readonly Coefficients[]) =>
  `# a b c d\n\n${lines(blocks.map(({ a, b, c, d }) => [a, b, c, d]))}`;

function csiFiles(): Record<string, string> {
  const csi = loadCsiData();
  const { energyEdges, timeEdges } = csi.bins;
  const { scintillation, energyEfficiency } = csi.response;
  return {
    "dataBeamOnC.txt": events(csi.observed, energyEdges, timeEdges, 5142),
    "dataBeamOnAC.txt": events(csi.antiCoincidence, energyEdges, timeEdges, 4890),
    "brnPE.txt": histogram(csi.brn.energy, 0, 1),
    "ninPE.txt": histogram(csi.nin.energy, 0, 1),
    "brnTrec.txt": histogram(csi.brn.time, -0.25, 0.01),
    "ninTrec.txt": histogram(csi.nin.time, -0.25, 0.01),
    "scintRespCoefficients.txt": coefficients([
      scintillation.nominal,
      ...scintillation.systematics.flatMap(({ plus, minus }) => [plus, minus]),
    ]),
    "effCoefficients.txt": coefficients([
      energyEfficiency.nominal,
      energyEfficiency.plus,
      energyEfficiency.minus,
    ]),
  };
}

function larFiles(): Record<string, string> {
  const lar = loadLarData();
  const [energies, f90s, times] = [lar.bins.energyEdges, lar.bins.f90Edges, lar.bins.timeEdges].map(
    centres,
  );
  const histogram3d = (contents: readonly (readonly (readonly number[])[])[]) =>
    lines(
      contents.flatMap((plane, i) =>
        plane.flatMap((row, j) => row.map((value, k) => [energies[i], f90s[j], times[k], value])),
      ),
    );
  const { efficiency, quenching, resolution } = lar.response;
  const { shapes } = lar;
  return {
    // The published file ends with an empty line.
    "CENNS10AnlAEfficiency.txt": `${lines(
      efficiency.energy.map((energy, i) => [energy, efficiency.recoil[i], efficiency.value[i]]),
    )}\n`,
    "LArParametersAnlA.yaml": [
      "beamExposure: { value: 13.8 }",
      "fiducialMass: { value: 24.4 }",
      "neutrinosPerProton: { value: 0.09 }",
      `larQF: { parameters: [{ name: a, value: ${quenching.a} }, { name: b, value: ${quenching.b} }] }`,
      `energyResolution: { parameters: [{ name: a, value: ${resolution} }] }`,
      "",
    ].join("\n"),
    "datanobkgsub.txt": histogram3d(lar.observed),
    "bkgpdf.txt": histogram3d(lar.ssb),
    "brnpdf.txt": histogram3d(lar.promptBrn),
    "delbrnpdf.txt": histogram3d(lar.delayedBrn),
    "cevnspdf.txt": histogram3d(lar.cevns),
    "cevnspdf+1sigF90.txt": histogram3d(shapes.cevnsF90Plus),
    "cevnspdf-1sigF90.txt": histogram3d(shapes.cevnsF90Minus),
    "cevnspdfCEvNSTimingMeanSyst.txt": histogram3d(shapes.cevnsTimeMean),
    "brnpdf+1sigEnergy.txt": histogram3d(shapes.promptBrnEnergyPlus),
    "brnpdf-1sigEnergy.txt": histogram3d(shapes.promptBrnEnergyMinus),
    "brnpdf+1sigBRNTimingMean.txt": histogram3d(shapes.promptBrnTimeMeanPlus),
    "brnpdf-1sigBRNTimingMean.txt": histogram3d(shapes.promptBrnTimeMeanMinus),
    "brnpdfBRNTimingWidthSyst.txt": histogram3d(shapes.promptBrnTimeWidth),
  };
}

function geFiles(): Record<string, string> {
  const { onBeam, offBeam, timeProjection } = loadGeData();
  const { timeEdges, counts, sigma, prompt, delayed } = timeProjection;
  return {
    "on-beam-counts.csv": `# on-beam\n${lines(onBeam, ",")}`,
    "off-beam-counts.csv": `# off-beam\n${lines(offBeam, ",")}`,
    "time-projection.csv": lines(
      centres(timeEdges).map((time, i) => [time, counts[i], sigma[i], prompt[i], delayed[i]]),
      ",",
    ),
  };
}

/** Release files rebuilt from the shipped data, by data set: histograms to the byte. */
export function rebuiltRelease(): Record<"csi" | "lar" | "ge", Record<string, string>> {
  return { csi: csiFiles(), lar: larFiles(), ge: geFiles() };
}

/** Write files, by path below `folder`. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
