import { z } from "zod";
import type { KeyPath, ScanSource } from "./source.js";
import { keyName } from "./source.js";
import { suggest } from "./suggest.js";

/*
 * What a scan file may say. The text given with each part is its remedy: what to write there.
 */

/** Version of the scan file's format. */
export const SCAN_VERSION = 1;

/** An object of these keys and no others; unknown ones are named with what was probably meant. */
function keys<Shape extends z.ZodRawShape>(shape: Shape, remedy: string) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return remedy;
      return (issue.keys as string[]).map((key) => suggest(key, Object.keys(shape))).join(" ");
    },
  });
}

const number = (remedy: string) => z.number({ error: remedy });
const text = (remedy: string) => z.string({ error: remedy }).min(1, { error: remedy });
const list = <Item extends z.ZodType>(item: Item, remedy: string) =>
  z.array(item, { error: remedy }).min(1, { error: remedy });

const axis = keys(
  {
    parameter: text('Name the scanned parameter, e.g. "parameter: eps_ee_d".'),
    from: number("Give the first value of the axis as a finite number."),
    to: number("Give the last value of the axis as a finite number."),
    points: z
      .int({ error: "Give the number of points of the axis as a whole number." })
      .min(2, { error: "Give at least 2 points, the first and the last value." }),
  },
  "Write an axis as {parameter: eps_ee_d, from: -1, to: 1, points: 401}.",
);

const combinationRemedy =
  'Name a combination of data sets like csi+lar, as a list like [csi, lar], or "all".';
const combination = z.union(
  [text(combinationRemedy), list(text(combinationRemedy), combinationRemedy)],
  { error: combinationRemedy },
);

const levelRemedy = 'Give confidence levels such as "90%", "2sigma" or "Δχ²=4.61".';
const level = z.union([text(levelRemedy), number(levelRemedy)], { error: levelRemedy });
const levels = list(level, levelRemedy);

const regionRemedy = "Write what a panel draws as {combination: csi+lar, levels: [2sigma]}.";
const panelRemedy = "Write a panel as {regions: [{combination: all, levels: [2sigma, 3sigma]}]}.";
const region = keys({ combination, levels }, regionRemedy);
const panel = keys(
  {
    title: text("Give the panel's title as text.").optional(),
    regions: list(region, regionRemedy),
  },
  panelRemedy,
);

const planeRemedy = "Write a plane as the names of two axes, [eps_ee_d, eps_ee_u].";
const name = z
  .string({ error: "Give the scan's name as text." })
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._+-]*$/u, {
    error:
      "The name becomes a folder under results/: use letters, digits, dots, dashes and underscores, beginning with a letter or digit.",
  });

const scanSchema = keys(
  {
    version: z.literal(SCAN_VERSION, {
      error: `Write "version: ${SCAN_VERSION}", the format that this nsiscan reads.`,
    }),
    name: name.optional(),
    title: text("Give the title as text.").optional(),
    analysis: text('Name the analysis, e.g. "analysis: liao-2024".'),
    options: z
      .record(z.string(), z.unknown(), { error: "Write the analysis's options as key: value." })
      .optional(),
    axes: list(axis, "Give one to six axes, each {parameter, from, to, points}.").max(6, {
      error: "A scan has at most six axes; keep the others at fixed values.",
    }),
    fixed: z
      .record(z.string(), number("Give a finite number."), {
        error: "Write fixed parameters as name: value.",
      })
      .optional(),
    combinations: list(combination, combinationRemedy).optional(),
    planes: list(
      z.tuple([text(planeRemedy), text(planeRemedy)], { error: planeRemedy }),
      planeRemedy,
    ).optional(),
    levels: levels.optional(),
    reference: z
      .enum(["joint", "separate"], {
        error:
          "Write joint (Δχ² above the minimum of the sum) or separate (above the sum of each data set's own minimum).",
      })
      .optional(),
    store_grid: z
      .boolean({
        error:
          "Write true to keep χ² of every grid point (8 bytes per point and combination), or false to keep the profiles only.",
      })
      .optional(),
    engine: text('Name an engine, or "auto" for the fastest that works here.').optional(),
    figure: keys(
      {
        title: text("Give the figure's title as text.").optional(),
        panels: list(panel, panelRemedy).optional(),
      },
      "Write figure settings as {title: …, panels: […]}.",
    ).optional(),
  },
  "A scan file is a list of keys: version, analysis, axes and so on.",
);

export type ScanFile = z.infer<typeof scanSchema>;

/** @throws InputError about the first thing that does not fit, with its place and remedy */
export function checkScanFile(source: ScanSource): ScanFile {
  const parsed = scanSchema.safeParse(source.value);
  if (parsed.success) return parsed.data;
  // A misspelt key is also a missing one: what is misspelt says more.
  const { issues } = parsed.error;
  const issue = deepest(issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]);
  const { path, message } = issue;
  if (issue.code === "unrecognized_keys") {
    const unknown = issue.keys.map((key) => `"${keyName([...path, key])}"`).join(", ");
    const plural = issue.keys.length > 1 ? "keys" : "key";
    throw source.refuse(
      "unknown-key",
      [...path, issue.keys[0]],
      `unknown ${plural} ${unknown}. ${message}`,
    );
  }
  const value = at(source.value, path);
  const what = path.length === 0 ? "a scan" : `"${keyName(path)}"`;
  const wrong = value === undefined ? `${what} is missing` : `${what} cannot be ${show(value)}`;
  const code = value === undefined ? "missing-key" : "bad-value";
  throw source.refuse(code, path, `${wrong}. ${message}`);
}

/** In a choice of forms, the complaint of the form that was tried: the one that got furthest. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors.flat().find(({ path }) => path.length > 0);
  return inner ? { ...inner, path: [...issue.path, ...inner.path] } : issue;
}

function at(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (inside, part) => (inside as Record<PropertyKey, unknown>)?.[part],
    value,
  );
}

function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (value === null) return "empty";
  if (Array.isArray(value) && value.length === 0) return "an empty list";
  if (typeof value === "string" && value === "") return "empty";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
