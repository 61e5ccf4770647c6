import type { Paper } from "./figure.js";

export const L24: Paper = {
  id: "l24",
  short: "L24",
  citation:
    "J. Liao, D. Marfatia, J. Zhang, Testing for coherence and nonstandard neutrino interactions in COHERENT data",
  arxiv: "2408.06255",
};

export const C22: Paper = {
  id: "c22",
  short: "C22",
  citation:
    "COHERENT Collaboration, Measurement of the coherent elastic neutrino-nucleus scattering cross section on CsI by COHERENT",
  arxiv: "2110.07730",
};

export const RELEASE: Paper = {
  id: "release",
  short: "LAr and Ge",
  citation:
    "COHERENT Collaboration, First measurement of coherent elastic neutrino-nucleus scattering on argon; and its first detection on germanium by COHERENT Ge-Mini (arXiv:2406.13806)",
  arxiv: "2003.10630",
};
