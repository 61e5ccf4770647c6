import { z } from "zod";
import { InputError } from "../errors.js";
import {
  FORM_FACTORS,
  type FormFactorName,
  type FormFactorOptions,
} from "../physics/form-factor.js";
import type { AnalysisOption, Options } from "./analysis.js";

/** Options that every analysis has; each sets its own default form factor. */
export function formFactorShape(byDefault: FormFactorName) {
  return {
    form_factor: z.enum(FORM_FACTORS).default(byDefault).describe("nuclear form factor"),
    radius_scale: z
      .number()
      .min(0.5)
      .max(2)
      .default(1)
      .describe("factor on the form factor's default radius"),
    fermi_diffuseness: z
      .number()
      .min(0.1)
      .max(1)
      .default(0.52)
      .describe("diffuseness of the symmetrised Fermi distribution, fm"),
  };
}

export function formFactorOf(options: {
  form_factor: FormFactorOptions["name"];
  radius_scale: number;
  fermi_diffuseness: number;
}): FormFactorOptions {
  return {
    name: options.form_factor,
    radiusScale: options.radius_scale,
    diffuseness: options.fermi_diffuseness,
  };
}

/** The options of a shape in a user's words: what each may be, its default, what it does. */
export function describeOptions(shape: z.ZodRawShape): readonly AnalysisOption[] {
  const { properties = {} } = z.toJSONSchema(z.strictObject(shape), { io: "input" });
  return Object.entries(properties).map(([name, property]) => {
    if (typeof property === "boolean") throw new Error(`option ${name} has no schema`);
    const { type, enum: choices, minimum, maximum, description = "" } = property;
    const takes =
      choices?.join(", ") ??
      (type === "boolean" ? "true, false" : undefined) ??
      (type === "number" ? `${minimum} … ${maximum}` : "a file");
    return { name, takes, default: property.default, meaning: description };
  });
}

/** What an option may be, in a user's words. */
function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `choose from ${issue.values.join(", ")}`;
  if (issue.code === "invalid_type" && issue.expected === "boolean") return "choose true or false";
  if (issue.code === "invalid_type" && issue.expected === "number") return "give a finite number";
  if (issue.code === "too_small" && issue.origin === "number")
    return `give at least ${issue.minimum}`;
  if (issue.code === "too_big" && issue.origin === "number") return `give at most ${issue.maximum}`;
  return issue.message;
}

/** @throws InputError naming the option, what it may be, and the options that there are */
export function completeOptions<Shape extends z.ZodRawShape>(
  analysis: string,
  shape: Shape,
  given: Options,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.strictObject(shape).safeParse(given);
  if (parsed.success) return parsed.data as z.infer<z.ZodObject<Shape>>;
  const [issue] = parsed.error.issues;
  const option = issue.code === "unrecognized_keys" ? issue.keys[0] : String(issue.path[0]);
  const known = Object.keys(shape).join(", ");
  const wrong =
    issue.code === "unrecognized_keys"
      ? `has no option "${option}"`
      : `cannot use ${JSON.stringify(given[option])} for its option "${option}" (${expectation(issue)})`;
  throw new InputError("bad-option", `Analysis "${analysis}" ${wrong}. Its options are ${known}.`, {
    analysis,
    option,
  });
}
