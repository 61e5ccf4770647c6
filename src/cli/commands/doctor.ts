import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import type { Argv } from "yargs";
import { note, print, printJson } from "../output.js";

/** Limits that say how much work fits into a dispatch. */
const TELLING = [
  "maxStorageBufferBindingSize",
  "maxComputeInvocationsPerWorkgroup",
  "MAX_TEXTURE_SIZE",
];

function machine() {
  const { version } = JSON.parse(
    readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
  ) as { version: string };
  const processors = cpus();
  return {
    nsiscan: version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    processor: `${processors.length} × ${processors[0]?.model.trim() ?? "unknown"}`,
    memory_gib: Number((totalmem() / 2 ** 30).toFixed(1)),
  };
}

/** `nsiscan doctor`: what every engine finds on this machine, and how to get what is missing. */
export function doctor(cli: Argv): void {
  cli.command(
    "doctor",
    "show what every engine finds here, and how to get what is missing",
    (options) =>
      options
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example("$0 doctor", "engines, their adapters and limits, browser, versions"),
    async ({ json }) => {
      if (!json && process.stderr.isTTY) note("Looking for adapters, a few seconds …");
      const { diagnose } = await import("../../engine/doctor.js");
      const facts = machine();
      const engines = await diagnose();
      if (json) {
        printJson({ ...facts, engines });
        return;
      }
      print(`nsiscan ${facts.nsiscan}, Node.js ${facts.node}, ${facts.platform}`);
      print(`${facts.processor}, ${facts.memory_gib} GiB`);
      for (const { engine, works, device, adapters } of engines) {
        print(`\n${engine}: ${works ? "works" : "does not work here"}`);
        if (adapters.length === 0) print(`  ${device}`);
        for (const report of adapters) {
          if (!report.works) {
            print(`  no ${report.asked}: ${report.remedy}`);
            continue;
          }
          const { adapter, limits, features, start_seconds } = report;
          const told = TELLING.filter((name) => limits[name] !== undefined);
          print(`  ${report.asked}: ${adapter.description}, ready in ${start_seconds} s`);
          print(`    ${told.map((name) => `${name} ${limits[name]}`).join(", ")}`);
          const useful = features.filter((name) =>
            /^(timestamp-query|subgroups|shader-f16)$/.test(name),
          );
          if (useful.length > 0) print(`    ${useful.join(", ")}`);
        }
      }
      print("\nThe engine auto takes the CPU for short scans, and times the others for long ones.");
    },
  );
}
