import { parseArgs } from "node:util";
import { ANALYSES } from "../../src/analysis/registry.js";
import { commandLine, type RandomFit, randomFit } from "./cases.js";
import { judge, type Verdict } from "./judge.js";
import { store } from "./stored.js";

const USAGE = `Holds \`nsiscan fit\` with random input against brute force: the minimum, every range, every minimum.

  --analysis NAMES  of these, separated by commas [default: all]
  --fits N          how many fits [default: 20]
  --from I          number of the first, to go on where a run ended [default: 0]
  --seed S          another set of random fits [default: 1]
  --seconds T       begin no fit after this time
  --free LIST       only those with so many free parameters, e.g. 1,2
  --store FILE      run brute force alone, and add what it finds to this file

Exit status 1 if any fit is wrong with exit status 0, or fails.`;

const options = {
  analysis: { type: "string", default: ANALYSES.map(({ name }) => name).join(",") },
  fits: { type: "string", default: "20" },
  from: { type: "string", default: "0" },
  seed: { type: "string", default: "1" },
  seconds: { type: "string", default: "Infinity" },
  free: { type: "string", default: "1,2,3,4" },
  store: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** @returns the exit status */
export function main(args: string[], root: string): number {
  const { values } = parseArgs({ args, options });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const names = values.analysis.split(",");
  const free = values.free.split(",").map(Number);
  const counts: Record<Verdict, number> = { right: 0, wrong: 0, uncertain: 0, failed: 0 };
  const began = performance.now();
  const last = Number(values.from) + Number(values.fits);
  for (let index = Number(values.from); index < last; index++) {
    if ((performance.now() - began) / 1000 > Number(values.seconds)) {
      console.log(`Time is up: go on with --from ${index}.`);
      break;
    }
    const fit = randomFit(Number(values.seed), index, names);
    if (!free.includes(fit.free.length)) continue;
    if (values.store === undefined) counts[tell(index, fit, root)]++;
    else if (!store(values.store, fit, index)) console.log(`${index} touches the level: left out`);
  }
  if (values.store !== undefined) return 0;
  const { right, wrong, uncertain, failed } = counts;
  console.log(
    `right ${right}, wrong ${wrong}, uncertain (status 4) ${uncertain}, failed ${failed}`,
  );
  return wrong + failed > 0 ? 1 : 0;
}

/** Judges a fit and prints it, with the command that does it again where it is not right. */
function tell(index: number, fit: RandomFit, root: string): Verdict {
  const { verdict, texts, seconds } = judge(fit, index, root);
  const times = seconds.map((time) => `${time.toFixed(1)} s`).join(" + ");
  const command = verdict === "right" ? "" : ` nsiscan ${commandLine(fit).join(" ")}`;
  console.log(`${index} ${verdict} (${times})${command}`);
  for (const text of texts) console.log(`    ${text}`);
  return verdict;
}
