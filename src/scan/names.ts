import type { GridAxis } from "../engine/engine.js";
import { InputError } from "../errors.js";
import { PARAMETERS, parameter } from "../model/parameters.js";
import type { ScanFile } from "./schema.js";
import type { KeyPath, ScanSource } from "./source.js";
import { suggest } from "./suggest.js";

/** Checks what the axes and fixed values ask of the parameters. @throws InputError with the place */
export function checkParameters(file: ScanFile, source: ScanSource): readonly GridAxis[] {
  const { axes, fixed = {} } = file;
  axes.forEach((axis, i) => {
    const key = ["axes", i];
    checkName(axis.parameter, [...key, "parameter"], source);
    const first = axes.findIndex((other) => other.parameter === axis.parameter);
    if (first < i) {
      const message = `"${axis.parameter}" is already the parameter of axes[${first}]. Scan each parameter along one axis.`;
      throw source.refuse("duplicate-axis", [...key, "parameter"], message);
    }
    if (!(axis.from < axis.to)) {
      const message = `"axes[${i}].from" is ${axis.from}, which is not below "to", ${axis.to}. Write the smaller limit as "from" and the larger as "to".`;
      throw source.refuse("swapped-limits", [...key, "from"], message);
    }
    for (const end of ["from", "to"] as const) {
      checkRange(axis.parameter, axis[end], [...key, end], source);
    }
  });
  for (const [name, value] of Object.entries(fixed)) {
    const key = ["fixed", name];
    checkName(name, key, source);
    checkRange(name, value, key, source);
    const i = axes.findIndex((axis) => axis.parameter === name);
    if (i >= 0) {
      const message = `"${name}" is fixed to ${value} but also scanned by axes[${i}]. Remove one of the two.`;
      throw source.refuse("axis-also-fixed", key, message);
    }
  }
  return axes;
}

/** Fixed values of every parameter that is no axis: as given, or the Standard Model's. */
export function completeFixed(file: ScanFile): Record<string, number> {
  const scanned = new Set(file.axes.map((axis) => axis.parameter));
  const others = PARAMETERS.filter((p) => !scanned.has(p.name));
  return Object.fromEntries(others.map((p) => [p.name, file.fixed?.[p.name] ?? p.standardModel]));
}

function checkName(name: string, key: KeyPath, source: ScanSource): void {
  try {
    parameter(name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (error.code !== "unknown-parameter") throw source.refuse(error.code, key, error.message);
    const remedy = suggest(
      name,
      PARAMETERS.map((p) => p.name),
    );
    throw source.refuse(error.code, key, `there is no parameter "${name}". ${remedy}`);
  }
}

function checkRange(name: string, value: number, key: KeyPath, source: ScanSource): void {
  const { lower, upper } = parameter(name);
  if (value >= lower && value <= upper) return;
  throw source.refuse(
    "impossible-value",
    key,
    `"${name}" cannot be ${value}. Give a value between ${lower} and ${upper}.`,
  );
}
