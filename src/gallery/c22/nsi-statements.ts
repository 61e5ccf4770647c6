import { ChiSquare } from "../../fit/chi-square.js";
import { standardModelPoint } from "../../model/parameters.js";
import type { Statement } from "../figure.js";
import { allowedAt, gridOf, type StudiedPlane, studyOf } from "../plane.js";
import { verdictOfParts } from "../verdicts.js";
import { CSI } from "./analysis.js";
import { CHARM, CHARM_DELTA_CHI2, charmChi2, charmRatio } from "./charm.js";
import { alongTotal } from "./equal-counts.js";
import { lmaDark, SOLAR_NEUTRONS } from "./lma-dark.js";
import { LEVELS, NINETY } from "./nsi-planes.js";

/** Share of CHARM's region in the plane that CsI allows as well, both at 90 %; none of it in the plane: undefined. */
function sharedFraction(plane: StudiedPlane): number | undefined {
  const { x, y, values } = gridOf(plane, CSI);
  const { deltaChi2 } = allowedAt(plane, CSI, NINETY);
  const height = studyOf(plane, CSI).reference.value + deltaChi2;
  let [inside, shared] = [0, 0];
  Array.from(values).forEach((value, p) => {
    if (charmChi2(x[Math.floor(p / y.length)], y[p % y.length]) > CHARM_DELTA_CHI2) return;
    inside++;
    if (value <= height) shared++;
  });
  return inside === 0 ? undefined : shared / inside;
}

/** Least Δχ² in the band of the LMA-Dark solution, within the plane shown; undefined where it passes by. */
function leastInBand(plane: StudiedPlane): number | undefined {
  const { x, y, values } = gridOf(plane, CSI);
  const [surface, centre] = SOLAR_NEUTRONS.map(lmaDark);
  const inBand = Array.from(values).filter((_, p) => {
    const difference = x[Math.floor(p / y.length)] - y[p % y.length];
    return difference >= surface && difference <= centre;
  });
  if (inBand.length === 0) return undefined;
  return Math.min(...inBand) - studyOf(plane, CSI).reference.value;
}

/** What C22 says of (ε^u_ee, ε^d_ee), beside ours. */
export function upperStatements(plane: StudiedPlane): Statement[] {
  const { regions } = allowedAt(plane, CSI, NINETY);
  const shared = sharedFraction(plane);
  const origin = charmRatio(0, 0);
  return [
    {
      paper:
        "CsI now constrains (ε^u_ee, ε^d_ee) well: at 90 % it is compared with the constraint of CHARM.",
      ours:
        shared === undefined
          ? "CHARM's region does not reach the plane shown."
          : `CsI allows ${(100 * shared).toFixed(0)} % of CHARM's region, in ${regions.length === 1 ? "one band" : `${regions.length} bands`} along which ν_e's charge on Cs and I stays the same, and which CHARM ends. (CHARM's ratio is ${CHARM.ratio} ± ${CHARM.error}, in the Standard Model ${origin.toFixed(3)}.)`,
      // Nothing in common would be a contradiction, and no constraint.
      verdict: shared !== undefined && shared > 0 && shared < 0.5 ? "holds" : "differs",
    },
  ];
}

const RING =
  "A level at which the region still is a ring, or at which nothing is allowed, shows nothing broken.";

/** What C22 says of (ε^u_ee, ε^u_μμ), beside ours. */
export function lowerStatements(plane: StudiedPlane): Statement[] {
  const study = studyOf(plane, CSI);
  const counts = LEVELS.map((level) => {
    const { regions, rings } = allowedAt(plane, CSI, level);
    return { level, parts: regions.length, holes: rings.filter(({ hole }) => hole).length };
  });
  const { most } = alongTotal(plane.evaluated.analysis, study.minima[0]);
  const expected =
    new ChiSquare(plane.evaluated.analysis).value(standardModelPoint()) - study.minima[0].value;
  const three = allowedAt(plane, CSI, "3σ").deltaChi2;
  const dark = leastInBand(plane);
  const place = ([x, y]: readonly number[]) =>
    `(${x.toFixed(2)}, ${y.toFixed(2)})`.replaceAll("-", "−");
  return [
    {
      paper:
        "With the total cross section alone the regions of (ε^u_ee, ε^u_μμ) would be rings; the flavours break them.",
      ours: `${counts.map(({ level, parts, holes }) => `${level}: ${parts} ${parts === 1 ? "region" : "regions"}, ${holes} ${holes === 1 ? "hole" : "holes"}`).join("; ")}. Along the ring of equal counts, Δχ² rises to ${most.toFixed(1)} (3σ is ${three.toFixed(1)}).`,
      verdict: verdictOfParts(counts.map(({ parts, holes }) => parts > 0 && holes === 0)),
      why: RING,
    },
    {
      paper: "The CsI data are consistent with the Standard Model.",
      ours: `Δχ² = ${expected.toFixed(2)} there; the lowest minima are ${study.minima
        .slice(0, 4)
        .map(({ point, deltaChi2 }) => `${place(point)} at ${deltaChi2.toFixed(2)}`)
        .join(", ")}.`,
      verdict: expected <= allowedAt(plane, CSI, "1σ").deltaChi2 ? "holds" : "differs",
    },
    {
      paper: "The plane is compared with the couplings that LMA-Dark needs.",
      ours:
        dark === undefined
          ? "The band of that degeneracy does not pass the plane shown."
          : `In the band of that degeneracy Δχ² is at least ${dark.toFixed(1)}${dark > three ? ", beyond 3σ" : ""}.`,
      verdict: "in part",
      why: "The paper's band follows from a fit to oscillation data and comes with no formula; ours is where the degeneracy is exact (Coloma and Schwetz 2016), whose width is only the change of neutrons per electron within the Sun.",
    },
  ];
}
