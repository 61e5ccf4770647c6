import type { Argv } from "yargs";
import { dataFolder } from "../../experiments/data/load.js";
import { type DatasetSummary, summariseData } from "../../experiments/data/summary.js";
import { importRelease } from "../../experiments/import/importRelease.js";
import { once } from "../options.js";
import { print, printJson } from "../output.js";

function formatSummary(summary: DatasetSummary): string {
  const { source, files, totals } = summary;
  const nameWidth = Math.max(...files.map(({ name }) => name.length));
  return [
    `${summary.dataset}: ${summary.title}`,
    `  file     ${summary.path}`,
    `  source   ${source.reference}, arXiv:${source.arxiv}, doi:${source.doi}`,
    `  release  ${source.release}`,
    `  totals   ${Object.entries(totals)
      .map(([name, total]) => `${name} ${Number(total.toFixed(2))}`)
      .join(", ")}`,
    "  made from (SHA-256)",
    ...files.map(
      ({ name, sha256, altered }) =>
        `    ${name.padEnd(nameWidth)}  ${sha256}${altered ? "  altered" : ""}`,
    ),
    ...summary.notes.map((note) => `  note: ${note}`),
  ].join("\n");
}

function registerShow(cli: Argv): void {
  cli.command(
    "show",
    "list the data sets in use, their sources, files and totals",
    (options) =>
      options
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example("$0 data show", "what the analyses read, and what it was made from"),
    ({ json }) => {
      const summaries = summariseData();
      if (json) printJson(summaries);
      else print(summaries.map(formatSummary).join("\n\n"));
    },
  );
}

function registerImport(cli: Argv): void {
  cli.command(
    "import <release-folder>",
    "check a downloaded COHERENT data release and convert it into data files",
    (options) =>
      options
        .positional("release-folder", {
          type: "string",
          demandOption: true,
          describe: "folder with the CsI, LAr or Ge release files, or with such folders inside",
        })
        .option("to", {
          type: "string",
          requiresArg: true,
          coerce: once<string>("to"),
          describe: "folder for the data files [default: the one in use, see `nsiscan data show`]",
        })
        .option("allow-altered", {
          type: "boolean",
          default: false,
          describe:
            "accept well-formed files that are not the known version; the data file says so",
        })
        .option("force", {
          type: "boolean",
          default: false,
          describe: "replace data files that exist and differ",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example(
          "$0 data import ~/Downloads/csi-2022 --to my-data",
          "check the CsI release and write my-data/csi.json",
        )
        .example(
          "NSISCAN_DATA=my-data $0 data show",
          "use it; data sets that are not in my-data come from the package",
        ),
    ({ releaseFolder, to, allowAltered, force, json }) => {
      const imported = importRelease(releaseFolder, to ?? dataFolder(), { allowAltered, force });
      if (json) printJson(imported);
      else for (const { dataset, path, status } of imported) print(`${dataset}: ${path} ${status}`);
    },
  );
}

/** `nsiscan data`: what the analyses are fed with. */
export function data(cli: Argv): void {
  cli.command("data", "show the data sets, or import a data release", (options) => {
    registerShow(options);
    registerImport(options);
    return options.demandCommand(1, 1, "No action given.");
  });
}
