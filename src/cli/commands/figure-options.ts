import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from "yargs";
import { ENGINES } from "../../engine/registry.js";
import { InputError } from "../../errors.js";
import { FORMATS, type Format, GRID_POINTS } from "../../gallery/files.js";
import { COLUMNS, type Look, STYLES, THEMES } from "../../gallery/look.js";
import type { WriteOptions } from "../../gallery/write.js";
import { threadsOption } from "../engine-options.js";
import { once } from "../options.js";

/** Figures are small: in float64 they are the same numbers everywhere, and not slower. */
const ENGINE = "cpu";
/** Dots per inch of the PNG unless the user says otherwise. */
const DPI = 300;
/** Fewer points a side than this show nothing. */
const FEWEST_POINTS = 11;

function wholeNumber(option: string, least: number) {
  return (given: number | number[]): number | undefined => {
    const value = once<number>(option)(given);
    if (value === undefined || (Number.isInteger(value) && value >= least)) return value;
    throw new InputError(
      "bad-number",
      `Option --${option} is ${value}; give a whole number, ${least} or more.`,
      { option, value },
    );
  };
}

/** `svg,pdf` as a list of formats. @throws InputError naming those that there are */
function formatsOf(given: string | string[]): readonly Format[] {
  const names = once<string>("formats")(given)
    .split(/[,+\s]+/)
    .filter((name) => name !== "");
  const unknown = names.find((name) => !(FORMATS as readonly string[]).includes(name));
  if (unknown === undefined && names.length > 0) return names as Format[];
  throw new InputError(
    "unknown-format",
    `Option --formats ${unknown === undefined ? "names none" : `names "${unknown}"`}. There are: ${FORMATS.join(", ")}.`,
    { format: unknown },
  );
}

const text = (option: string) =>
  ({ type: "string", requiresArg: true, coerce: once<string>(option) }) as const;

/** Options of looks. */
const LOOK = {
  style: {
    ...text("style"),
    default: "paper",
    choices: STYLES,
    describe: "sizes of type and lines",
  },
  theme: { ...text("theme"), default: "light", choices: THEMES, describe: "colours" },
  column: {
    ...text("column"),
    choices: COLUMNS,
    describe:
      "width: one column (86 mm, panels stacked) or two (178 mm) [default: the figure's own]",
  },
  "font-size": {
    type: "number",
    requiresArg: true,
    coerce: once<number>("font-size"),
    describe: "size of tick numbers and legends in pt [default: the style's]",
  },
  dpi: {
    type: "number",
    requiresArg: true,
    default: DPI,
    coerce: (given: number | number[]) => wholeNumber("dpi", 1)(given) ?? DPI,
    describe: "dots per inch of the PNG",
  },
} as const;

export const withLook = <T>(cli: Argv<T>) => cli.options(LOOK);

type LookArguments = ArgumentsCamelCase<InferredOptionTypes<typeof LOOK>>;

/** The arguments as the gallery takes them. */
export function lookOf({ style, theme, column, fontSize, dpi }: LookArguments): Look {
  return {
    style: style as Look["style"],
    theme: theme as Look["theme"],
    column: column as Look["column"],
    fontSize,
    dpi,
  };
}

/** Options of the commands that make a paper's figures. */
const DRAWING = {
  ...LOOK,
  points: {
    type: "number",
    requiresArg: true,
    coerce: wholeNumber("points", FEWEST_POINTS),
    describe: "points a side of planes and along curves [default: each figure's own]",
  },
  formats: {
    type: "string",
    requiresArg: true,
    default: FORMATS.join(","),
    coerce: formatsOf,
    describe: "what to write",
  },
  "grid-points": {
    type: "number",
    requiresArg: true,
    default: GRID_POINTS,
    coerce: wholeNumber("grid-points", 2),
    describe: "most points a side of grids in JSON and HEPData (CSV has all)",
  },
  engine: {
    ...text("engine"),
    default: ENGINE,
    describe: `engine: ${ENGINES.join(", ")} (float64, the default, gives the same numbers everywhere)`,
  },
  threads: threadsOption,
  force: { type: "boolean", default: false, describe: "replace figures that exist" },
  json: { type: "boolean", default: false, describe: "print JSON" },
} as const;

export const withDrawing = <T>(cli: Argv<T>) => cli.options(DRAWING);

type DrawingArguments = ArgumentsCamelCase<InferredOptionTypes<typeof DRAWING>>;

/** The arguments as the gallery takes them. */
export function drawingOptions(args: DrawingArguments, signal: AbortSignal): WriteOptions {
  const { points, engine, threads, formats, gridPoints, force } = args;
  const sides = gridPoints ?? GRID_POINTS;
  return { points, engine, threads, formats, gridPoints: sides, force, look: lookOf(args), signal };
}
