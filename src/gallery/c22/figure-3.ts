import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { DOUBLE_COLUMN } from "../../figures/style.js";
import { bestFit, defaultRange } from "../../fit/best-fit.js";
import { ChiSquare } from "../../fit/chi-square.js";
import { standardModelPoint } from "../../model/parameters.js";
import { expectations } from "../../validation/coherent-2022/expectation.js";
import { crossSectionFit } from "../../validation/coherent-2022/fit.js";
import { originHere } from "../evaluate.js";
import type { GalleryFigure, OurNumber, Statement } from "../figure.js";
import { C22 } from "../papers.js";
import { againstPaper, chosen, printedAs } from "../published.js";
import { fittedDataset } from "../spectrum.js";
import { type Part, spectrumLegend, spectrumPanels, spectrumTable } from "../spectrum-panels.js";
import { CSI, compiled } from "./analysis.js";
import { byNeutrino } from "./signal.js";

/** Kinds of events as the paper's table I names them, by what their numbers' ids end in. */
const KINDS = { cevns: "CEvNS", brn: "BRN", nin: "NIN", ssb: "steady-state" } as const;

const PROJECTIONS = [
  { axis: 0, name: "energy", units: "PE", label: "photoelectrons (PE)", per: "PE" },
  { axis: 1, name: "time", units: "us", label: "$t_{\\mathrm{rec}}$ ($\\mu$s)", per: "$\\mu$s" },
] as const;

/** Table I and section 4: the fit, its events with their errors, and what was expected. */
function statements(analysis: CompiledAnalysis): Statement[] {
  const fit = crossSectionFit(analysis);
  const kinds = Object.entries(KINDS).map(([kind, name]) => {
    const ids = [`c22.events.${kind}`, `c22.events.${kind}.error`];
    return { name, ids, ours: chosen(fit, ids) };
  });
  const quality = chosen(fit, ["c22.chi2", "c22.dof"]);
  const prediction = chosen(expectations(analysis), [
    "c22.prediction",
    "c22.prediction.theory",
    "c22.prediction.experiment",
  ]);
  const shown = (value: number) => value.toFixed(value < 100 ? 1 : 0);
  const plusMinus = (numbers: readonly OurNumber[]) =>
    numbers.map(({ value }) => shown(value)).join(" ± ");
  const asPrinted = (ids: readonly string[]) => ids.map((id) => printedAs(id)).join(" ± ");
  return [
    {
      paper: `The best fit describes the data: χ² = ${printedAs("c22.chi2")} for ${printedAs("c22.dof")} degrees of freedom.`,
      ours: `χ² = ${quality[0].value.toFixed(1)} for ${quality[1].value}.`,
      ...againstPaper(quality),
    },
    {
      paper: `Events at the best fit: ${kinds.map(({ name, ids }) => `${name} ${asPrinted(ids)}`).join(", ")}.`,
      ours: `${kinds.map(({ name, ours }) => `${name} ${plusMinus(ours)}`).join(", ")}.`,
      ...againstPaper(kinds.flatMap(({ ours }) => ours)),
    },
    {
      paper: `The Standard Model expects ${asPrinted(prediction.map(({ id }) => id))} CEvNS events, the errors those of the form factor and of the experiment.`,
      ours: `${plusMinus(prediction)}.`,
      ...againstPaper(prediction),
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
      statements: statements(analysis),
      notes: [
        "Error bars are √N of the counts before subtraction. Counts are per unit of the axis, as bins differ in width.",
      ],
      origin: originHere(analysis, 1),
    };
  },
};
