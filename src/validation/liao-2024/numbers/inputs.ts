import { counted, type Published, type PublishedNumber, printed, within } from "../../row.js";
import { GE_POINTS, l24 } from "./l24.js";

const INTRODUCTION = "section I";
const FLUX = "section II";
const CSI = "section II A";
const LAR = "section II B";
const GE = "section II C";

type Line = readonly [id: string, quantity: string, unit: string, text: string, where: string];

/** Whole numbers of bins and points. */
const COUNTS: readonly (readonly [id: string, quantity: string, count: number, where: string])[] = [
  ["csi.energy-bins", "CsI energy bins", 8, CSI],
  ["csi.time-bins", "CsI time bins", 11, CSI],
  ["lar.energy-bins", "LAr energy bins", 12, LAR],
  ["lar.time-bins", "LAr time bins", 10, LAR],
  ["lar.bins", "LAr bins", 120, LAR],
  ["ge.time-points", "Ge points in time", 17, "equation (7)"],
];

/** What the paper puts in and our data files and descriptions hold as well. */
const LINES: readonly Line[] = [
  ["sin2-theta-w", "sin²θ_W", "", "0.238", INTRODUCTION],
  ["gvn", "g_V^n", "", "-0.5", INTRODUCTION],
  ["csi.mass", "CsI mass", "kg", "14.6", CSI],
  ["csi.distance", "CsI distance", "m", "19.3", CSI],
  ["csi.protons", "CsI protons on target", "", "3.2e23", CSI],
  ["csi.per-proton", "CsI neutrinos per flavour and proton", "", "0.0848", CSI],
  ["csi.lowest", "CsI lowest edge", "PE", "8", CSI],
  ["csi.highest", "CsI highest edge", "PE", "60", CSI],
  ["csi.end", "CsI end of the last time bin", "μs", "6", CSI],
  ["csi.sigma0", "CsI σ₀, CEvNS", "%", "11.45", CSI],
  ["csi.sigma1", "CsI σ₁, BRN", "%", "25", CSI],
  ["csi.sigma2", "CsI σ₂, SSB", "%", "2.1", CSI],
  ["csi.sigma3", "CsI σ₃, NIN", "%", "35", CSI],
  ["lar.mass", "LAr mass", "kg", "24", LAR],
  ["lar.distance", "LAr distance", "m", "27.5", LAR],
  ["lar.protons", "LAr protons on target", "", "1.37e23", LAR],
  ["lar.per-proton", "LAr neutrinos per flavour and proton", "", "0.0848", LAR],
  ["lar.ssb-divisor", "LAr N_SSB/(σ² − N_exp)", "", "5", "equation (5)"],
  ["lar.sigma0", "LAr σ₀, CEvNS", "", "0.13", LAR],
  ["lar.sigma1", "LAr σ₁, pBRN", "", "0.32", LAR],
  ["lar.sigma2", "LAr σ₂, dBRN", "", "1.0", LAR],
  ["lar.sigma3", "LAr σ₃, SSB", "", "0.0079", LAR],
  ["ge.distance", "Ge distance", "m", "19.2", GE],
  ["ge.mass", "Ge mass", "kg", "10.66", GE],
  ["ge.per-proton", "Ge neutrinos per flavour and proton", "", "0.096", GE],
  ["ge.lindhard-k", "Lindhard k, as used", "", "0.157", GE],
  ["ge.lindhard-formula", "Lindhard k, 0.133 Z^(2/3) A^(−1/2)", "", "0.157", GE],
  ["ge.atomic-mass", "Ge atomic mass", "u", "72.7", GE],
  ["ge.mass-number", "mean mass number of the five Ge isotopes", "", "72.7", GE],
  ["ge.lowest", "Ge threshold", "keVee", "1.5", GE],
  ["ge.gap-from", "Ge energies left out, from", "keVee", "8.5", GE],
  ["ge.gap-to", "Ge energies left out, to", "keVee", "11", GE],
  ["ge.first-time", "Ge first time", "μs", "0", GE],
  ["ge.sigma0", "Ge σ₀", "%", "10.3", GE],
];

const DIGITS = "half a unit of the last digit of the GWh and of the protons, added";
const ENERGY = {
  // Half a unit of the last digit is 1.6 % of 3.2e23 and 0.37 % of 1.37e23.
  csi: within("13.99", 0.005 + 0.016 * 13.99, DIGITS, CSI),
  lar: within("6.12", 0.005 + 0.0037 * 6.12, DIGITS, LAR),
  ge: printed("10.22", GE),
} satisfies Record<string, Published>;

/** L24's inputs, each as ours has it. */
export const INPUTS: readonly PublishedNumber[] = [
  ...LINES.map(([id, quantity, unit, text, where]) =>
    l24({ id: `l24.input.${id}`, quantity, unit, published: printed(text, where), input: true }),
  ),
  ...COUNTS.map(([id, quantity, count, where]) =>
    l24({ id: `l24.input.${id}`, quantity, published: counted(count, where), input: true }),
  ),
  l24({
    id: "l24.input.ge.energy-points",
    quantity: "Ge points in energy",
    published: counted(17, "equation (7)"),
    input: true,
    why: GE_POINTS,
  }),
  l24({
    id: "l24.input.shortest",
    quantity: "shortest distance of a detector",
    unit: "m",
    published: within("19", 0.5, "half a unit of the last digit printed", FLUX),
    input: true,
  }),
  l24({
    id: "l24.input.longest",
    quantity: "longest distance of a detector",
    unit: "m",
    published: within("28", 0.5, "half a unit of the last digit printed", FLUX),
    input: true,
  }),
  l24({
    id: "l24.input.csi.energy",
    quantity: "CsI protons at 0.984 GeV",
    unit: "GWh",
    published: ENERGY.csi,
    input: true,
  }),
  l24({
    id: "l24.input.lar.energy",
    quantity: "LAr protons at 1 GeV",
    unit: "GWh",
    published: ENERGY.lar,
    input: true,
  }),
  l24({
    id: "l24.input.ge.energy",
    quantity: "Ge protons × mass at 1.05 GeV",
    unit: "GWh kg",
    published: ENERGY.ge,
    input: true,
    why: "we take 2.09e23 protons × kg, as the Ge-Mini paper prints them; its own 10.22 GWh kg at 1.05 GeV would be 2.19e23",
  }),
];
