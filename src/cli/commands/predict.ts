import type { Argv } from "yargs";
import type { CompiledAnalysis } from "../../analysis/analysis.js";
import { type SignalCounts, signalCounts } from "../../fit/prediction.js";
import { compileFor, withAnalysis, withPoint } from "../analysis-options.js";
import { print, printJson } from "../output.js";
import { formatTable } from "../table.js";

const fixed = (value: number): string => value.toFixed(3);
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
const greek = (flavour: "e" | "mu"): string => (flavour === "mu" ? "μ" : "e");

/** Totals per term: each nucleus and flavour, each background, the data. */
function totals(analysis: CompiledAnalysis, signal: readonly SignalCounts[]): string {
  const rows = analysis.description.terms.flatMap((term) => {
    const mine = signal.filter((counts) => counts.term === term.name);
    const observed = analysis.observations[term.name].counts;
    const line = (what: string, count: number) => [term.name, what, fixed(count)];
    return [
      ...mine.map(({ charge, total }) =>
        line(`CEvNS ${charge.nucleus} ν_${greek(charge.flavour)}`, total),
      ),
      line("CEvNS", sum(mine.map(({ total }) => total))),
      ...term.backgrounds.map(({ name, counts }) => line(name, sum(counts))),
      line(term.backgrounds.length > 0 ? "observed" : "observed less background", sum(observed)),
    ];
  });
  return formatTable(["term", "component", "events"], rows);
}

/** One CSV line per bin: its edges, the signal per flavour, each background, the data. */
function bins(analysis: CompiledAnalysis, signal: readonly SignalCounts[]): string {
  const lines = ["term,bin,axes,signal_e,signal_mu,backgrounds,observed"];
  for (const term of analysis.description.terms) {
    const mine = signal.filter((counts) => counts.term === term.name);
    const of = (flavour: string, bin: number) =>
      sum(mine.filter(({ charge }) => charge.flavour === flavour).map(({ counts }) => counts[bin]));
    for (let bin = 0; bin < term.bins; bin++) {
      let rest = bin;
      const place = [...term.axes]
        .reverse()
        .map(({ name, unit, edges }) => {
          const [low, high] = edges[rest % edges.length];
          rest = Math.floor(rest / edges.length);
          return `${name} ${low}–${high} ${unit}`;
        })
        .reverse();
      const background = sum(term.backgrounds.map(({ counts }) => counts[bin]));
      const numbers = [of("e", bin), of("mu", bin), background].map((n) => n.toPrecision(12));
      const observed = analysis.observations[term.name].counts[bin];
      lines.push([term.name, bin, place.join("; "), ...numbers, observed].join(","));
    }
  }
  return lines.join("\n");
}

/** Everything that the tables show, by term: bins row-major over the axes, slowest first. */
function toJson(analysis: CompiledAnalysis, signal: readonly SignalCounts[]) {
  return analysis.description.terms.map(({ name, dataset, axes, backgrounds }) => ({
    term: name,
    dataset,
    axes,
    signal: signal
      .filter(({ term }) => term === name)
      .map(({ charge, counts, total }) => ({ ...charge, total, counts: [...counts] })),
    backgrounds: backgrounds.map((background) => ({
      name: background.name,
      total: sum(background.counts),
      counts: [...background.counts],
    })),
    observed: [...analysis.observations[name].counts],
  }));
}

/** `nsiscan predict`: expected events, before any fit. */
export function predict(cli: Argv): void {
  cli.command(
    "predict",
    "print the expected events per data set, bin, nucleus and flavour",
    (options) =>
      withPoint(withAnalysis(options))
        .option("bins", { type: "boolean", default: false, describe: "every bin, as CSV" })
        .option("json", { type: "boolean", default: false, describe: "every bin, as JSON" })
        .example("$0 predict", "Standard Model events of CsI, LAr and Ge")
        .example("$0 predict --at eps_ee_d=0.38 --bins > bins.csv", "each bin at an NSI point")
        .epilogue(
          "The terms of one data set show the same events in different bins: ge.energy and ge.time.",
        ),
    (args) => {
      const analysis = compileFor(args, [], args.at);
      const signal = signalCounts(analysis, args.at);
      if (args.json) printJson(toJson(analysis, signal));
      else print(args.bins ? bins(analysis, signal) : totals(analysis, signal));
    },
  );
}
