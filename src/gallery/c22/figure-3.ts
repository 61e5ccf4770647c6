import { DOUBLE_COLUMN } from "../../figures/style.js";
import { bestFit, defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { standardModelPoint } from "../../model/parameters.js";
import { originHere } from "../evaluate.js";
import type { GalleryFigure, Statement } from "../figure.js";
import { C22 } from "../papers.js";
import { fittedDataset } from "../spectrum.js";
import { type Part, spectrumLegend, spectrumPanels, spectrumTable } from "../spectrum-panels.js";
import { CSI, compiled, WHY } from "./analysis.js";
import { byNeutrino, signalAt, total } from "./signal.js";

/** C22 table I and section 4. */
const PAPER = {
  chi2: 82.6,
  dof: 98,
  events: { CEvNS: [306, 20], BRN: [17.3, 4.5], NIN: [5.5, 2], "steady-state": [1273, 24] },
  expected: [341, 42],
} as const;
const CHI2_TOLERANCE = 1.5;

const PROJECTIONS = [
  { axis: 0, name: "energy", units: "PE", label: "photoelectrons (PE)", per: "PE" },
  { axis: 1, name: "time", units: "us", label: "$t_{\\mathrm{rec}}$ ($\\mu$s)", per: "$\\mu$s" },
] as const;

type Events = Readonly<Record<keyof typeof PAPER.events, number>>;

function statements(events: Events, chi2: number, bins: number, expected: number): Statement[] {
  const names = Object.keys(PAPER.events) as (keyof Events)[];
  const digits = (value: number) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
  const near = names.every((name) => {
    const [value, error] = PAPER.events[name];
    return Math.abs(events[name] - value) <= 0.5 * error;
  });
  const list = (text: (name: keyof Events) => string) =>
    names.map((name) => `${name} ${text(name)}`).join(", ");
  return [
    {
      paper: `The best fit describes the data: χ² = ${PAPER.chi2} for ${PAPER.dof} degrees of freedom.`,
      ours: `χ² = ${chi2.toFixed(1)} for ${bins - 1}.`,
      verdict: Math.abs(chi2 - PAPER.chi2) <= CHI2_TOLERANCE ? "holds" : "differs",
    },
    {
      paper: `Events at the best fit: ${list((name) => PAPER.events[name].join(" ± "))}.`,
      ours: `${list((name) => digits(events[name]))}.`,
      verdict: near ? "holds" : "differs",
      why: WHY,
    },
    {
      paper: `The Standard Model expects ${PAPER.expected.join(" ± ")} CEvNS events.`,
      ours: `${expected.toFixed(0)}.`,
      verdict: Math.abs(expected - PAPER.expected[0]) <= PAPER.expected[1] ? "holds" : "differs",
    },
  ];
}

export const figure3: GalleryFigure = {
  id: "c22-3",
  paper: C22,
  number: "Figure 3",
  title: "CsI data over the steady-state background",
  caption:
    "CsI counts less the steady-state background, in photoelectrons (left) and in time (right), with the best fit: CEvNS of each neutrino of the flux, and neutrons.",
  make: async () => {
    const analysis = compiled();
    const best = bestFit(new ChiSquare(analysis), standardModelPoint(), [
      defaultRange("sigma_scale"),
    ]);
    const fit = fittedDataset(analysis, CSI, best.parameters);
    const [fitted] = fit.terms;
    const { ssb, brn, nin } = fitted.backgrounds;
    const { numu, numubar, nue } = byNeutrino(fitted, fit.pull("csi.onset").value);
    const neutrons = brn.map((count, bin) => count + nin[bin]);
    // All but the steady state is kept when the backgrounds are subtracted.
    const parts: readonly Part[] = [
      { name: "SSB", label: "SSB", color: "muted", counts: ssb, signal: false },
      { name: "BRN + NIN", label: "BRN + NIN", color: "outer", counts: neutrons, signal: true },
      {
        name: "CEvNS nue",
        label: "CE$\\nu$NS $\\nu_e$",
        color: "series3",
        counts: nue,
        signal: true,
      },
      {
        name: "CEvNS antinumu",
        label: "CE$\\nu$NS $\\bar\\nu_\\mu$",
        color: "series2",
        counts: numubar,
        signal: true,
      },
      {
        name: "CEvNS numu",
        label: "CE$\\nu$NS $\\nu_\\mu$",
        color: "series1",
        counts: numu,
        signal: true,
      },
    ];
    const legend = spectrumLegend(parts.filter(({ signal }) => signal));
    const panels = PROJECTIONS.map((projection, i) => {
      const [, residual] = spectrumPanels(
        fitted,
        parts,
        projection,
        i === 1 ? { below: legend } : {},
      );
      return { ...residual, y: { ...residual.y, label: `(counts $-$ SSB) / ${projection.per}` } };
    });
    const events: Events = {
      CEvNS: total(numu) + total(numubar) + total(nue),
      BRN: total(brn),
      NIN: total(nin),
      "steady-state": total(ssb),
    };
    return {
      figure: { width: DOUBLE_COLUMN, aspects: [0.72], panels: [panels] },
      tables: PROJECTIONS.map((projection, i) =>
        spectrumTable(fitted, parts, projection, {
          name: `csi-${projection.name}`,
          title: `CsI ${projection.name} spectrum at the best fit`,
          location: `Figure 3, ${i === 0 ? "left" : "right"}`,
          description: `Observed CsI events per ${projection.name} bin (steady-state background, SSB, included) and the components of the fit with a free cross section.`,
        }),
      ),
      statements: statements(events, fit.profile.chi2, fitted.term.bins, signalAt(analysis, {})),
      notes: [
        "Error bars are √N of the counts before subtraction. Counts are per unit of the axis, as bins differ in width.",
      ],
      origin: originHere(analysis, 1),
    };
  },
};
