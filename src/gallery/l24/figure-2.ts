import { spectraFigure } from "./spectra.js";

/** χ² and nuisances: L24, below eq. (5). */
export const figure2 = spectraFigure({
  id: "l24-2",
  number: "Figure 2",
  title: "LAr energy and time spectra",
  dataset: "lar",
  label: "LAr",
  detector: "liquid-argon",
  projections: [
    {
      axis: 0,
      name: "energy",
      units: "keVee",
      label: "energy (keV$_{\\mathrm{ee}}$)",
      per: "keV$_{\\mathrm{ee}}$",
    },
    { axis: 1, name: "time", units: "us", label: "trigger time ($\\mu$s)", per: "$\\mu$s" },
  ],
  backgrounds: ({ ssb, prompt_brn: prompt, delayed_brn: delayed }) => [
    { name: "SSB", label: "SSB", color: "outer", counts: ssb },
    { name: "prompt BRN", label: "prompt BRN", color: "series2", counts: prompt },
    { name: "delayed BRN", label: "delayed BRN", color: "series4", counts: delayed },
  ],
  legend: 0,
  paper: {
    words: "The Standard Model is easily compatible with the LAr data.",
    chi2: "l24.lar.chi2",
    symbol: "β",
    pulls: {
      "l24.lar.beta0": "lar.signal_norm",
      "l24.lar.beta1": "lar.prompt_brn_norm",
      "l24.lar.beta2": "lar.delayed_brn_norm",
      "l24.lar.beta3": "lar.ssb_norm",
    },
  },
  summed: ", summed over F90",
  note: "Error bars are those of the fit, σ² = N + N_SSB/5 per bin. The expected delayed BRN is small and may be hidden.",
});
