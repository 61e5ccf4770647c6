import { type CurveStudy, type LevelIntervals, studyCurve } from "./curve.js";
import { scanCurveFigure } from "./curve-figure.js";
import type { Evaluation, Findings } from "./findings.js";

const digits = (value: number): string => value.toFixed(4);

function intervalText({ intervals }: LevelIntervals): string {
  const end = (value: number | null) => (value === null ? "end of axis" : digits(value));
  const texts = intervals.map(({ lower, upper }) => `${end(lower)} … ${end(upper)}`);
  return texts.length === 0 ? "none" : texts.join(" or ");
}

function summary({ combination, minima: [best], allowed }: CurveStudy): string[] {
  const numbers = [best.value, best.deltaChi2, best.point].map(digits);
  return [combination.name, ...numbers, ...allowed.map(intervalText)];
}

/** Intervals, minima and figure of a scan of one parameter. */
export function curveResults(evaluation: Evaluation): Findings {
  const { scan, analysis, base, chi2, levels } = evaluation;
  const [axis] = scan.axes;
  const { combinations } = scan;
  const studies = studyCurve({ analysis, axis, base, combinations, chi2 }, scan.reference, levels);
  return {
    contours: [],
    regions: studies.map(({ combination, reference, allowed }) => ({
      combination: combination.name,
      reference: { kind: scan.reference, value: reference },
      levels: allowed,
    })),
    minima: studies.map(({ combination, minima }) => ({
      combination: combination.name,
      reference: scan.reference,
      minima: minima.map(({ point, value, deltaChi2 }) => {
        return { point: [point], chi2: value, deltaChi2 };
      }),
    })),
    figure: scanCurveFigure(scan, studies, levels),
    summary: [
      ["combination", "χ² min", "Δχ² min", axis.parameter, ...levels.map(({ label }) => label)],
      ...studies.map(summary),
    ],
    warnings: [],
    uncertain: [],
  };
}
