import type { Argv } from "yargs";
import { InputError } from "../../errors.js";
import { adapterOption, threadsOption } from "../engine-options.js";
import { interruptible } from "../interruption.js";
import { once } from "../options.js";
import { note, print, printJson } from "../output.js";
import { formatTable } from "../table.js";

const DEFAULT_SECONDS = 5;

function positive(given: number | number[]): number {
  const seconds = once<number>("seconds")(given) ?? DEFAULT_SECONDS;
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  const message = `Option --seconds is ${seconds}; give a time above 0.`;
  throw new InputError("bad-seconds", message, { seconds });
}

const millions = (speed: number) => `${(speed / 1e6).toPrecision(3)}e6`;

/** `nsiscan bench`: points per second of every engine on fixed problems. */
export function bench(cli: Argv): void {
  cli.command(
    "bench",
    "time every engine and mode on fixed grids, beside plain float64 Newton",
    (options) =>
      options
        .option("engine", {
          type: "string",
          array: true,
          describe: "engines to time beside the reference [default: all]",
        })
        .option("adapter", adapterOption)
        .option("threads", threadsOption)
        .option("seconds", {
          type: "number",
          default: DEFAULT_SECONDS,
          requiresArg: true,
          coerce: positive,
          describe: "time for each measurement; whole grids where that is enough",
        })
        .option("large", {
          type: "boolean",
          default: false,
          describe: "a grid of 101⁴ = 104 million points too",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .example("$0 bench", "all engines that work here")
        .example("$0 bench --engine cpu --large --seconds 120", "104 million points on the CPU"),
    async ({ engine, adapter, threads, seconds, large, json }) => {
      const { bench: run } = await import("../../bench/bench.js");
      const result = await interruptible((signal) =>
        run({
          engines: engine,
          adapter,
          threads,
          seconds,
          large,
          signal,
          onRow: ({ grid, engine: name, mode, measurement }) => {
            note(`${name} ${mode}, ${grid}: ${millions(measurement.pointsPerSecond)} points/s`);
          },
          onGap: ({ engine: name, mode, reason }) => note(`${name} ${mode}: ${reason}`),
        }),
      );
      if (json) {
        printJson(result);
        return;
      }
      const header = ["grid", "engine", "mode", "points", "seconds", "points/s", "over Newton"];
      const rows = result.rows.map(({ grid, engine: name, mode, measurement, ratio }) => [
        grid,
        name,
        mode,
        String(measurement.points),
        measurement.seconds.toFixed(2),
        millions(measurement.pointsPerSecond),
        `${ratio.toPrecision(3)}×`,
      ]);
      print(formatTable(header, rows));
      const devices = new Set(result.rows.map((row) => `${row.engine}: ${row.device}`));
      for (const device of devices) print(device);
    },
  );
}
