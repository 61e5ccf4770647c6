import { InputError } from "../../errors.js";
import { readNumericTable } from "../../experiments/data/numeric-table.js";
import type { GeEnergyPoints } from "./ge.js";

const COLUMNS = ["low_keVee", "high_keVee", "counts", "sigma"] as const;

/**
 * Reads a user's Ge energy points: background-subtracted counts with their uncertainty, per energy range.
 * @param path CSV with the columns low_keVee, high_keVee, counts, sigma
 * @throws InputError naming what is missing or impossible
 */
export function readGeEnergyPoints(path: string): GeEnergyPoints {
  const table = readNumericTable(path);
  const column = (name: (typeof COLUMNS)[number]): Float64Array => {
    const index = table.columns.indexOf(name);
    if (index < 0) {
      throw new InputError(
        "bad-ge-points",
        `${path} has no column "${name}": a file of Ge energy points has the columns ${COLUMNS.join(", ")}.`,
        { path, column: name },
      );
    }
    return Float64Array.from({ length: table.rows }, (_, row) => {
      return table.values[row * table.columns.length + index];
    });
  };
  const [low, high, counts, sigma] = COLUMNS.map(column);
  const bad = low.findIndex((edge, row) => !(edge > 0 && edge < high[row] && sigma[row] > 0));
  if (bad >= 0 || table.rows === 0) {
    throw new InputError(
      "bad-ge-points",
      `${path}: ${table.rows === 0 ? "there are no points" : `point ${bad + 1} is impossible`}. Each needs 0 < low_keVee < high_keVee and sigma > 0.`,
      { path, row: bad },
    );
  }
  const ranges = Array.from(low, (edge, row) => [edge, high[row]] as const);
  return { ranges, counts, variance: sigma.map((width) => width * width) };
}
