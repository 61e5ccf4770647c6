import { type PublishedNumber, printed } from "../../row.js";
import { C22 } from "./common.js";

const APPENDIX = "appendix A.4";
const NEUTRONS = "appendix A.3";

/** id, what it is, unit, as printed, where. */
type Input = readonly [id: string, quantity: string, unit: string, text: string, where: string];

const PRINTED: readonly Input[] = [
  ["mass", "detector mass", "kg", "14.6", "section 2, appendix A.4"],
  ["distance", "distance to the target", "m", "19.3", "section 2, appendix A.4"],
  ["protons", "protons on target", "", "3.198e23", APPENDIX],
  ["yield", "neutrinos per flavour and proton", "", "0.0848", "section 2, appendix A.4"],
  ["light-yield", "light yield", "PE/keVee", "13.35", "section 3.1, appendix A.4"],
  ["smearing", "b of the gamma function over PE", "1/PE", "0.716", "section 3.3, eq. A5"],
  ["quenching", "degree of the scintillation curve", "", "4", "section 3.3, eq. A2"],
  ["time-loss.onset", "onset of the time efficiency", "μs", "0.52", "eq. A1; section 3.3"],
  ["time-loss.decay", "decay of the time efficiency", "1/μs", "0.0494", NEUTRONS],
  ["steady.decay", "decay of the steady background", "1/μs", "0.0494", "appendix A.2"],
  ["steady.life", "time constant of the steady background", "μs", "20.2", "section 3.4"],
  ["threshold", "where the efficiency starts", "PE", "7", "section 3.2, “integral ≈ 7 PE”"],
  ["energy-end", "end of the fit in energy", "PE", "60", "section 3.5, appendix A"],
  ["time-end", "end of the fit in time", "μs", "6", "section 3.5, appendix A"],
  ["norm.cevns", "prior of the CEvNS norm", "%", "10", "sections 2 and 3.5"],
  ["norm.ssb", "prior of the SSB norm", "%", "2.1", "section 3.5"],
  ["norm.brn", "prior of the BRN norm", "%", "25", "sections 3.4 and 3.5"],
  ["norm.nin", "prior of the NIN norm", "%", "35", "sections 3.4 and 3.5"],
  ["neutrons.time-bin", "width of the neutrons' time bins", "μs", "0.01", NEUTRONS],
  ["neutrons.time-start", "start of the neutrons' times", "μs", "-0.25", NEUTRONS],
  ["neutrons.time-end", "end of the neutrons' times", "μs", "6.25", NEUTRONS],
  ["neutrons.energy-bin", "width of the neutrons' energy bins", "PE", "1", NEUTRONS],
  ["neutrons.energy-end", "end of the released energies", "PE", "250", "appendix A"],
];

/** What the paper states about the detector and its fit, and what we put in. */
export const INPUTS: readonly PublishedNumber[] = [
  ...PRINTED.map(
    ([id, quantity, unit, text, where]): PublishedNumber => ({
      ...C22,
      id: `c22.input.${id}`,
      quantity,
      unit,
      published: printed(text, where),
      expected: null,
      input: true,
    }),
  ),
  {
    ...C22,
    id: "c22.input.pulse-width",
    quantity: "full width of the protons' pulse",
    unit: "ns",
    published: printed("378", "section 2"),
    expected: null,
    why: "ours is a Gaussian, with the width that the released neutron times have when fitted with one",
    input: true,
  },
];
