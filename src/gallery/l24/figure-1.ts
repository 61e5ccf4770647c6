import { spectraFigure } from "./spectra.js";

/** χ² and nuisances: L24, below eq. (4). */
export const figure1 = spectraFigure({
  id: "l24-1",
  number: "Figure 1",
  title: "CsI energy and time spectra",
  dataset: "csi",
  label: "CsI",
  detector: "CsI",
  projections: [
    {
      axis: 0,
      name: "energy",
      shown: "photoelectrons",
      units: "PE",
      label: "photoelectrons (PE)",
      per: "PE",
    },
    { axis: 1, name: "time", units: "us", label: "arrival time ($\\mu$s)", per: "$\\mu$s" },
  ],
  backgrounds: ({ ssb, brn, nin }) => [
    { name: "SSB", label: "SSB", color: "outer", counts: ssb },
    {
      name: "BRN + NIN",
      label: "BRN + NIN",
      color: "series2",
      counts: brn.map((count, bin) => count + nin[bin]),
    },
  ],
  legend: 1,
  paper: {
    words: "The Standard Model is in good agreement with the CsI data.",
    chi2: "l24.csi.chi2",
    symbol: "α",
    pulls: {
      "l24.csi.alpha0": "csi.signal_norm",
      "l24.csi.alpha1": "csi.brn_norm",
      "l24.csi.alpha2": "csi.ssb_norm",
      "l24.csi.alpha3": "csi.nin_norm",
    },
  },
  note: "Error bars are √N. Counts are per unit of the axis, as bins differ in width.",
});
