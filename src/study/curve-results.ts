import { type CurveStudy, type LevelIntervals, studyCurve } from "./curve.js";
import { scanCurveFigure } from "./curve-figure.js";
import type { Evaluation, Findings } from "./findings.js";

const digits = (value: number): string => value.toFixed(4);

function intervalText({ intervals }: LevelIntervals): string {
  const end = (value: number, isEdge: boolean) => digits(value) + (isEdge ? " (end of axis)" : "");
  const texts = intervals.map(
    ({ lower, upper, lowerIsEdge, upperIsEdge }) =>
      `${end(lower, lowerIsEdge)} … ${end(upper, upperIsEdge)}`,
  );
  return texts.length === 0 ? "none" : texts.join(" or ");
}

function summary({ combination, minima: [best], allowed }: CurveStudy): string[] {
  const numbers = [best.value, best.deltaChi2].map(digits);
  const place = digits(best.point) + (best.onFrame ? " (end of axis)" : "");
  return [combination.name, ...numbers, place, ...allowed.map(intervalText)];
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
      minima: minima.map(({ point, value, deltaChi2, onFrame }) => {
        return { point: [point], chi2: value, deltaChi2, onFrame };
      }),
    })),
    figure: scanCurveFigure(scan, studies, levels),
    summary: [
      ["combination", "χ² min", "Δχ² min", axis.parameter, ...levels.map(({ label }) => label)],
      ...studies.map(summary),
    ],
    warnings: studies.flatMap((study) => frameWarning(study, axis.parameter)),
    uncertain: studies.flatMap(({ combination, isCertain }) =>
      isCertain
        ? []
        : `Intervals or minima of ${combination.name} may be missing or too narrow: χ² along ${axis.parameter} could not be followed everywhere; scan a narrower range.`,
    ),
  };
}

/** Δχ² counts from the lowest minimum, which depends on the axis where it lies at its end. */
function frameWarning({ combination, minima: [best] }: CurveStudy, parameter: string): string[] {
  if (!best.onFrame) return [];
  return [
    `the minimum of ${combination.name} lies at an end of the axis, ${parameter} = ${digits(best.point)}: χ² may fall further beyond, and Δχ² depends on the range.`,
  ];
}
