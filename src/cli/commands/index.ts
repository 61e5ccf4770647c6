import type { Argv } from "yargs";
import { data } from "./data.js";
import { evaluate } from "./evaluate.js";
import { figure } from "./figure.js";
import { figures } from "./figures.js";
import { fit } from "./fit.js";
import { predict } from "./predict.js";
import { scan } from "./scan.js";
import { toys } from "./toys.js";
import { validate } from "./validate.js";

/** Adds one command to the command line. */
export type RegisterCommand = (cli: Argv) => void;

/** Every command, in the order of `nsiscan --help`. */
export const commands: readonly RegisterCommand[] = [
  scan,
  fit,
  evaluate,
  predict,
  toys,
  validate,
  figure,
  figures,
  data,
];
