import { notComparable, type PublishedNumber } from "../../row.js";
import { C22, RESULTS } from "./common.js";

const HARDWARE = "a property of the apparatus; its effect is in the released curves and counts";
const SELECTION = "of the waveforms, which are not released";
const CALIBRATION = "of calibration data, which are not released";
const ELSEWHERE = "of another work, quoted";
const HISTORY = "history, not physics";
const ROUGH = "an order of magnitude, to which the paper gives no error";

/** id, what it is, unit, as printed, where, why it is not compared. */
type Other = readonly [
  id: string,
  quantity: string,
  unit: string,
  text: string,
  where: string,
  why: string,
];

const PRINTED: readonly Other[] = [
  ["q", "momentum transfer, “Q² ≈ (50 MeV)²”", "MeV", "50", "abstract, section 4", ROUGH],
  ["charge", "squared weak charge over N², “≈ N²”", "", "1", "section 1", ROUGH],
  ["years", "years until the first observation", "a", "43", "section 1", HISTORY],
  ["energy", "energies at which CEvNS is the largest", "MeV", "100", "section 1", ROUGH],
  ["inverse-beta", "orders above inverse beta decay", "", "3", "section 1", ROUGH],
  ["overburden", "overburden", "m w.e.", "8", "section 1", HARDWARE],
  ["dataset", "growth of data, “more than doubled”", "", "2", "abstract", HISTORY],
  ["range", "dynamic range", "keVee", "60", "section 2", HARDWARE],
  ["rate", "digitisation", "MS/s", "500", "section 2", HARDWARE],
  [
    "beam-power",
    "integrated beam power",
    "GWhr",
    "13.99",
    "section 2, appendix A",
    "we use the protons on target that the paper gives beside it",
  ],
  [
    "beam-energy",
    "mean beam energy",
    "GeV",
    "0.984",
    "section 2",
    "we use the protons on target that the paper gives beside it",
  ],
  [
    "rounded-protons",
    "protons on target, rounded",
    "",
    "3.20e23",
    "section 2",
    "repeats the 3.198e23 of appendix A",
  ],
  [
    "at-rest",
    "flux from π⁺ at rest, “over 99 %”",
    "%",
    "99",
    "section 2",
    "we have no other neutrinos than those of pions at rest",
  ],
  ["waveform", "length of a waveform", "μs", "70", "section 3.1", HARDWARE],
  ["beam-mark", "arrival of the beam in the waveform", "μs", "55", "section 3.1", HARDWARE],
  ["region", "region of interest", "μs", "15", "section 3.1", SELECTION],
  ["integration", "integration time", "μs", "3", "section 3.1", SELECTION],
  ["scintillation", "scintillation decay", "μs", "0.6", "section 3.1", ELSEWHERE],
  ["pretrace", "length of the pretrace", "μs", "40", "section 3.1", SELECTION],
  ["source", "γ line of ²⁴¹Am", "keV", "59.5", "section 3.1", CALIBRATION],
  ["places", "positions of the source", "", "9", "section 3.1", CALIBRATION],
  ["spread", "spread of light yield, “less than 3 %”", "%", "3", "section 3.1", CALIBRATION],
  ["pretrace-pulses", "pretrace pulses that are accepted", "", "5", "section 3.2", SELECTION],
  ["pretrace-end", "end of the pretrace without pulses", "ns", "200", "section 3.2", SELECTION],
  ["late-scatters", "background events removed with it", "events", "40", "section 3.2", SELECTION],
  ["late-scatters-left", "background events left, “< 1”", "events", "1", "section 3.2", SELECTION],
  ["late-scatters-loss", "loss of efficiency by it, “< 1 %”", "%", "1", "section 3.2", SELECTION],
  ["pulses", "pulses in the integration window", "", "9", "section 3.2", SELECTION],
  ["afterglow-decay", "decay of afterglow coincidences", "μs", "4", "section 3.2", SELECTION],
  ["quenching-datasets", "datasets of the quenching fit", "", "5", "section 3.3", CALIBRATION],
  ["recoils-from", "recoil energies there, from", "keV", "3", "section 3.3", CALIBRATION],
  ["recoils-to", "recoil energies there, to", "keV", "63", "section 3.3", CALIBRATION],
  ["quenching-chi2", "χ² of the quenching fit, of 30", "", "25.6", "section 3.3", CALIBRATION],
  [
    "quenching-chi2-alternative",
    "χ² of the alternative fit, of 30",
    "",
    "47.4",
    "section 3.3",
    CALIBRATION,
  ],
  ["quenching-band", "factor on the error band", "", "1.58", "section 3.3", CALIBRATION],
  ["afterglow", "chance of an afterglow pulse", "%", "39", "section 3.3", SELECTION],
  [
    "spe",
    "spread of photoelectrons, “μ/σ ≈ 0.5”",
    "",
    "0.5",
    "section 3.3",
    "in the smearing b = 0.716 PE, which is compared",
  ],
  [
    "steady.decay.error",
    "decay of the steady background, error",
    "1/μs",
    "0.0061",
    "appendix A.2",
    "of all released events, of which our data hold those in the bins; we have no such nuisance, as the paper finds it negligible",
  ],
  [
    "steady.life.error",
    "time constant of the background, error",
    "μs",
    "2.6",
    "section 3.4",
    "repeats the error of the decay",
  ],
  [
    "spectral-index",
    "largest exponent of the BRN flux",
    "",
    "2",
    "section 3.4",
    "the released spectra have one exponent",
  ],
  [
    "sideband",
    "start of the blinded fit's sideband",
    "μs",
    "6",
    "section 3.5",
    "events after 6 μs are not released",
  ],
  [
    "quenching-components",
    "components of the quenching's covariance",
    "",
    "4",
    "section 3.5",
    "the two that matter are released",
  ],
  [
    "efficiency-variance",
    "variance in one component, “99.9 %”",
    "%",
    "99.9",
    "section 3.5",
    CALIBRATION,
  ],
  ["mixing-error", "sin²θ_W of the Standard Model, error", "", "0.00005", "section 4", ELSEWHERE],
];

/** The paper says that it tested this, and not what came of it. */
const WILKS: PublishedNumber = {
  ...C22,
  id: "c22.other.wilks",
  quantity: "coverage of Δχ² = 1 (Wilks: 68.3 %)",
  unit: "%",
  published: {
    ...notComparable(
      "68.3",
      RESULTS,
      "the paper prints no outcome; nsiscan toys makes such a test",
    ),
    text: "“tested”",
  },
  expected: null,
};

/** What the paper prints and this program computes nothing of, or that cannot be held against it. */
export const OTHERS: readonly PublishedNumber[] = [
  ...PRINTED.map(
    ([id, quantity, unit, text, where, why]): PublishedNumber => ({
      ...C22,
      id: `c22.other.${id}`,
      quantity,
      unit,
      published: notComparable(text, where, why),
      expected: null,
    }),
  ),
  WILKS,
];
