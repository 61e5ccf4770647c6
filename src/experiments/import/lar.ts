import { parse } from "yaml";
import { z } from "zod";
import { InputError } from "../../errors.js";
import { SCHEMA_VERSION } from "../data/common.js";
import { type LarData, larSchema } from "../data/lar.js";
import type { ReleaseDataset } from "./dataset.js";
import { readHistogram3d, uniformEdges } from "./histogram.js";
import { expectWithin, lineError, parseTable, type ReleaseText } from "./table.js";
import { larUnits } from "./units.js";

const ENERGY_EDGES = uniformEdges(0, 10, 12);
const F90_EDGES = uniformEdges(0.5, 0.05, 8);
const TIME_EDGES = uniformEdges(-0.1, 0.5, 10);

const title = "COHERENT CENNS-10 liquid argon, analysis A";

/** The entries of the release's YAML file that are used or compared. */
const parametersSchema = z.object({
  beamExposure: z.object({ value: z.number() }),
  fiducialMass: z.object({ value: z.number() }),
  neutrinosPerProton: z.object({ value: z.number() }),
  larQF: z.object({ parameters: z.tuple([namedValue("a"), namedValue("b")]) }),
  energyResolution: z.object({ parameters: z.tuple([namedValue("a")]) }),
});

function namedValue(name: string) {
  return z.object({ name: z.literal(name), value: z.number() });
}

function readParameters(file: ReleaseText): z.infer<typeof parametersSchema> {
  let content: unknown;
  try {
    content = parse(file.text);
  } catch (error) {
    const { linePos, message } = error as { linePos?: { line: number }[]; message: string };
    throw lineError(file.path, linePos?.[0]?.line ?? 1, message.split("\n")[0].replace(/:$/, ""));
  }
  const result = parametersSchema.safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new InputError(
    "release-file-malformed",
    `Release file ${file.path} at ${issue.path.join(".")}: ${issue.message}. Download the release again; nothing was written.`,
    { path: file.path, key: issue.path.join(".") },
  );
}

/** Columns keVee, keVnr, efficiency: 80 points. */
function readEfficiency(file: ReleaseText): LarData["response"]["efficiency"] {
  const rows = parseTable(file, { columns: 3, rows: 80 });
  rows.forEach((row, i) => {
    const previous = rows[i - 1]?.values ?? [0, 0];
    expectWithin(file, row, 0, [previous[0], 120]);
    expectWithin(file, row, 1, [previous[1], Number.POSITIVE_INFINITY]);
    expectWithin(file, row, 2, [0, 1]);
  });
  const column = (index: number) => rows.map(({ values }) => values[index]);
  return { energy: column(0), recoil: column(1), value: column(2) };
}

/** LAr: histograms as released, numbers in L24's values where the release's differ. */
export const larRelease: ReleaseDataset<LarData> = {
  name: "lar",
  title,
  schema: larSchema,
  published: {
    "CENNS10AnlAEfficiency.txt": "21ce25451c1ed552752ff4a22496deab3ff5dba178bf360813eaff1d25be89e2",
    "LArParametersAnlA.yaml": "a206a77220436d0173c4783ae8fddeab97adf5e144f3d65005eff0870257693e",
    "bkgpdf.txt": "36c89291dde3032a19ca7a8e64510d036d7b40c34b0805ce475a13ccfa739dd1",
    "brnpdf+1sigBRNTimingMean.txt":
      "7f06099e1bba0d2e328555c61cb255bb290607a44202327d29eb3ae3e05c1cd5",
    "brnpdf+1sigEnergy.txt": "fb6fdaf99c9941653d33e1a909d8000b81c1ee9bb8e8ad3bf31839561faf6661",
    "brnpdf-1sigBRNTimingMean.txt":
      "b5c1c8d0cb8b2319d093d38418da5ac2ccda59108755fb23e7f4a559cfe154f8",
    "brnpdf-1sigEnergy.txt": "20bcad29e716f3fb0f1e9eeb8ffb049b4b3d8b3b3a150800b9c8711e2b177be6",
    "brnpdf.txt": "02664ce6a84eca8c6146b6502497bc5d8165df945da132193622334ff4ff826f",
    "brnpdfBRNTimingWidthSyst.txt":
      "304dba1553989d7c0cd3f745df9731a5306ec07ecc1044c20efbe2952707b270",
    "cevnspdf+1sigF90.txt": "308f78e19b7fb3e54399dc29c207bd2a89b91825df5309d48068a3495e1c92e2",
    "cevnspdf-1sigF90.txt": "b4e8071f87aa22a562e0c00654a0989915251acf2c7e569068b9b78c3ae5ac35",
    "cevnspdf.txt": "3b1d5b25749e8d8e1cfdf5c32e48f026ce4aafec0a80632b3a63273e6e0e1f37",
    "cevnspdfCEvNSTimingMeanSyst.txt":
      "3170dafd4cf44df35bde0795e1245606d8144c05f3e50f015648c57bcdba97f5",
    "datanobkgsub.txt": "dabf3d80f13959f4b94b77c9b56f7347a645105801e8cc177424e7ffcf7c7f66",
    "delbrnpdf.txt": "ebccca6c1650b0ace71fdbaade7a80ea289a99ff3c120266ae6ecf0083df5c63",
  },
  build(text, files) {
    const parameters = readParameters(text("LArParametersAnlA.yaml"));
    const [a, b] = parameters.larQF.parameters;
    const expectation = (name: string) =>
      readHistogram3d(text(name), [ENERGY_EDGES, F90_EDGES, TIME_EDGES], "expectation");
    return {
      schemaVersion: SCHEMA_VERSION,
      dataset: "lar",
      title,
      source: {
        reference: "COHERENT, Phys. Rev. Lett. 126, 012002 (2021)",
        arxiv: "2003.10630",
        doi: "10.1103/PhysRevLett.126.012002",
        release: "arXiv:2006.12659, doi:10.5281/zenodo.3903810",
      },
      files,
      notes: [
        `exposure.protonsOnTarget is 1.37e23 as in L24 (arXiv:2408.06255); LArParametersAnlA.yaml has ${parameters.beamExposure.value}e22, kept as releaseExposure.`,
        `exposure.mass is 24 kg as in L24; LArParametersAnlA.yaml has ${parameters.fiducialMass.value} kg, kept as releaseExposure.`,
        `exposure.neutrinosPerProton is 0.0848 as in L24; LArParametersAnlA.yaml has ${parameters.neutrinosPerProton.value}, kept as releaseExposure.`,
        "observed is datanobkgsub.txt: beam-on events, of which bkgpdf.txt (ssb) is the expected steady-state part.",
        "The shape histograms keep the totals of their files; brnpdf+1sigBRNTimingMean.txt has 523.671 events where the others have 497.",
      ],
      units: larUnits,
      exposure: {
        protonsOnTarget: 1.37e23,
        neutrinosPerProton: 0.0848,
        distance: 27.5,
        mass: 24,
        molarMass: 39.948,
      },
      releaseExposure: {
        protonsOnTarget: Number(`${parameters.beamExposure.value}e22`),
        neutrinosPerProton: parameters.neutrinosPerProton.value,
        mass: parameters.fiducialMass.value,
      },
      bins: { energyEdges: ENERGY_EDGES, f90Edges: F90_EDGES, timeEdges: TIME_EDGES },
      response: {
        quenching: { a: a.value, b: b.value },
        resolution: parameters.energyResolution.parameters[0].value,
        efficiency: readEfficiency(text("CENNS10AnlAEfficiency.txt")),
      },
      observed: readHistogram3d(
        text("datanobkgsub.txt"),
        [ENERGY_EDGES, F90_EDGES, TIME_EDGES],
        "counts",
      ),
      ssb: expectation("bkgpdf.txt"),
      promptBrn: expectation("brnpdf.txt"),
      delayedBrn: expectation("delbrnpdf.txt"),
      cevns: expectation("cevnspdf.txt"),
      shapes: {
        cevnsF90Plus: expectation("cevnspdf+1sigF90.txt"),
        cevnsF90Minus: expectation("cevnspdf-1sigF90.txt"),
        cevnsTimeMean: expectation("cevnspdfCEvNSTimingMeanSyst.txt"),
        promptBrnEnergyPlus: expectation("brnpdf+1sigEnergy.txt"),
        promptBrnEnergyMinus: expectation("brnpdf-1sigEnergy.txt"),
        promptBrnTimeMeanPlus: expectation("brnpdf+1sigBRNTimingMean.txt"),
        promptBrnTimeMeanMinus: expectation("brnpdf-1sigBRNTimingMean.txt"),
        promptBrnTimeWidth: expectation("brnpdfBRNTimingWidthSyst.txt"),
      },
    };
  },
};
