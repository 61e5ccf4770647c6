import type { Argv } from "yargs";
import { ANALYSES } from "../../analysis/registry.js";
import type { BenchRow } from "../../bench/bench.js";
import { InputError } from "../../errors.js";
import { adapterOption, threadsOption } from "../engine-options.js";
import { interruptible } from "../interruption.js";
import { once } from "../options.js";
import { note, print, printJson } from "../output.js";
import { formatTable } from "../table.js";

const DEFAULT_SECONDS = 2;

function positive(given: number | number[]): number {
  const seconds = once<number>("seconds")(given) ?? DEFAULT_SECONDS;
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  const message = `Option --seconds is ${seconds}; give a time above 0.`;
  throw new InputError("bad-seconds", message, { seconds });
}

const millions = (speed: number) => `${(speed / 1e6).toPrecision(3)}e6`;
const billions = (speed: number) => (speed / 1e9).toPrecision(3);
const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;

const HEADER = [
  "analysis",
  "grid",
  "engine",
  "mode",
  "points",
  "seconds",
  "points/s",
  "over exact",
  "device s",
  "of time",
  "GFLOP/s",
  "of peak",
];

function cells({ analysis, grid, engine, mode, measurement, ratio, arithmetic }: BenchRow) {
  const { points, seconds, pointsPerSecond, deviceSeconds } = measurement;
  return [
    analysis,
    grid,
    engine,
    mode,
    String(points),
    seconds.toFixed(2),
    millions(pointsPerSecond),
    `${ratio.toPrecision(3)}×`,
    deviceSeconds === null ? "–" : deviceSeconds.toFixed(2),
    deviceSeconds === null ? "–" : percent(deviceSeconds / seconds),
    arithmetic ? billions(arithmetic.achieved) : "–",
    arithmetic ? percent(arithmetic.achieved / arithmetic.peak) : "–",
  ];
}

/** `nsiscan bench`: points per second of every engine on fixed problems. */
export function bench(cli: Argv): void {
  cli.command(
    "bench",
    "time every engine and mode on fixed grids, beside float64 profiles at every point",
    (options) =>
      options
        .option("analysis", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: `analyses to time: ${ANALYSES.map(({ name }) => name).join(", ")} [default: all]`,
        })
        .option("engine", {
          type: "string",
          array: true,
          requiresArg: true,
          describe: "engines to time beside the reference [default: all]",
        })
        .option("adapter", adapterOption)
        .option("threads", threadsOption)
        .option("seconds", {
          type: "number",
          default: DEFAULT_SECONDS,
          requiresArg: true,
          coerce: positive,
          describe: "time for each measurement: as much of a grid, or all of it as often, as fits",
        })
        .option("large", {
          type: "boolean",
          default: false,
          describe:
            "grids of 101⁴ = 104 million points too, and one whose axes all change both flavours",
        })
        .option("json", { type: "boolean", default: false, describe: "print JSON" })
        .epilog(
          "Device time is what the adapter's own clock (timestamp queries) says it was at work. GFLOP/s are " +
            "float32 +, −, ×, ÷ and √ that the kernels do, per second of all the time; their peak is what a " +
            "kernel of multiplications and additions alone reaches on the same adapter right before.",
        )
        .example("$0 bench", "all analyses on all engines that work here")
        .example("$0 bench --analysis release --engine cpu", "one analysis on the CPU")
        .example(
          "$0 bench --analysis liao-2024 --engine cpu --large --seconds 120",
          "104 million points on the CPU",
        ),
    async ({ analysis, engine, adapter, threads, seconds, large, json }) => {
      const { bench: run } = await import("../../bench/bench.js");
      const result = await interruptible((signal) =>
        run({
          analyses: analysis ?? ANALYSES.map(({ name }) => name),
          engines: engine,
          adapter,
          threads,
          seconds,
          large,
          signal,
          onRow: ({ analysis: of, grid, engine: name, mode, measurement }) => {
            const speed = millions(measurement.pointsPerSecond);
            note(`${of}, ${grid}: ${name} ${mode} ${speed} points/s`);
          },
          onGap: ({ analysis: of, engine: name, mode, reason }) =>
            note(`${of}: ${name} ${mode} cannot: ${reason}`),
        }),
      );
      if (json) {
        printJson(result);
        return;
      }
      print(formatTable(HEADER, result.rows.map(cells)));
      const devices = result.rows.map((row) => `${row.engine} ${row.mode}: ${row.device}`);
      for (const device of new Set(devices)) print(device);
      const peaks = result.rows.flatMap(({ engine: name, arithmetic }) =>
        arithmetic ? [`${name}: peak ${billions(arithmetic.peak)} GFLOP/s, float32`] : [],
      );
      for (const peak of new Set(peaks)) print(peak);
      const gaps = result.gaps.map(({ analysis: of, engine: name, mode, reason }) => {
        return `${of}: ${name} ${mode} not timed: ${reason}`;
      });
      for (const gap of gaps) print(gap);
    },
  );
}
