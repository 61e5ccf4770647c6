import type { Argv } from "yargs";
import { bench } from "./bench.js";
import { corner } from "./corner.js";
import { data } from "./data.js";
import { doctor } from "./doctor.js";
import { evaluate } from "./evaluate.js";
import { figure } from "./figure.js";
import { figures } from "./figures.js";
import { fit } from "./fit.js";
import { merge } from "./merge.js";
import { predict } from "./predict.js";
import { scan } from "./scan.js";
import { slurm } from "./slurm.js";
import { status } from "./status.js";
import { toys } from "./toys.js";
import { validate } from "./validate.js";

/** Adds one command to the command line. */
export type RegisterCommand = (cli: Argv) => void;

/** Every command, in the order of `nsiscan --help`. */
export const commands: readonly RegisterCommand[] = [
  scan,
  merge,
  status,
  slurm,
  fit,
  evaluate,
  predict,
  toys,
  validate,
  figure,
  figures,
  corner,
  data,
  doctor,
  bench,
];
