import { type CurveStudy, type LevelInterval, studyCurve } from "./curve.js";
import { scanCurveFigure } from "./curve-figure.js";
import type { Evaluation, Findings } from "./findings.js";

const digits = (value: number): string => value.toFixed(4);

function intervalText({ level, empty, lower, upper }: LevelInterval): string {
  if (empty) return `${level}: none`;
  const end = (value: number | null) => (value === null ? "end of axis" : digits(value));
  return `${level}: ${end(lower)} … ${end(upper)}`;
}

function summary({ combination, minimum, reference, intervals }: CurveStudy): string[] {
  return [
    combination.name,
    digits(minimum.value),
    digits(minimum.value - reference),
    digits(minimum.point),
    intervals.map(intervalText).join(", "),
  ];
}

/** Intervals, minima and figure of a scan of one parameter. */
export function curveResults(evaluation: Evaluation): Findings {
  const { scan, analysis, base, chi2, levels } = evaluation;
  const [axis] = scan.axes;
  const { combinations } = scan;
  const studies = studyCurve({ analysis, axis, base, combinations, chi2 }, scan.reference, levels);
  return {
    contours: [],
    regions: studies.map(({ combination, reference, intervals }) => ({
      combination: combination.name,
      reference: { kind: scan.reference, value: reference },
      intervals,
    })),
    minima: studies.map(({ combination, minimum, reference }) => ({
      combination: combination.name,
      reference: scan.reference,
      minima: [
        { point: [minimum.point], chi2: minimum.value, deltaChi2: minimum.value - reference },
      ],
    })),
    figure: scanCurveFigure(scan, studies, levels),
    summary: [
      ["combination", "χ² min", "Δχ² min", axis.parameter, "intervals"],
      ...studies.map(summary),
    ],
    warnings: [],
  };
}
