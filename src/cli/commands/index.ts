import type { Argv } from "yargs";

/** Adds one command to the command line. */
type RegisterCommand = (cli: Argv) => void;

/**
 * Every command by name, in the order of `nsiscan --help`. Each is loaded when it is asked for: what the
 * others need would cost half a second at every start.
 */
export const commands: Readonly<Record<string, () => Promise<RegisterCommand>>> = {
  scan: async () => (await import("./scan.js")).scan,
  merge: async () => (await import("./merge.js")).merge,
  status: async () => (await import("./status.js")).status,
  slurm: async () => (await import("./slurm.js")).slurm,
  fit: async () => (await import("./fit.js")).fit,
  evaluate: async () => (await import("./evaluate.js")).evaluate,
  predict: async () => (await import("./predict.js")).predict,
  toys: async () => (await import("./toys.js")).toys,
  validate: async () => (await import("./validate.js")).validate,
  figure: async () => (await import("./figure.js")).figure,
  figures: async () => (await import("./figures.js")).figures,
  corner: async () => (await import("./corner.js")).corner,
  data: async () => (await import("./data.js")).data,
  doctor: async () => (await import("./doctor.js")).doctor,
  bench: async () => (await import("./bench.js")).bench,
  cache: async () => (await import("./cache.js")).cache,
};
