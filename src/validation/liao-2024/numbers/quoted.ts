import { notComparable, type PublishedNumber } from "../../row.js";
import { l24 } from "./l24.js";

const SOURCE = "section II";
const GE = "section II C";

type Line = readonly [
  id: string,
  quantity: string,
  unit: string,
  text: string,
  where: string,
  from: string,
];

/** Numbers of other experiments that L24 repeats and that enter none of its calculations. */
const LINES: readonly Line[] = [
  ["coherent-below", "energy below which CEvNS dominates", "MeV", "100", "section I", "as known"],
  ["planned-lar", "planned LAr detector", "kg", "750", "section I", "from [6]"],
  ["energy-before", "beam energy before its increase", "GeV", "1", SOURCE, "from [6]"],
  ["energy-after", "beam energy after it", "GeV", "1.3", SOURCE, "from [6]"],
  ["power-before", "beam power before its increase", "MW", "1.4", SOURCE, "from [8]"],
  ["power-after", "beam power after it", "MW", "1.7", SOURCE, "from [8]"],
  ["power-future", "beam power foreseen", "MW", "2.8", SOURCE, "from [9]"],
  ["f90-window", "first part of a pulse in F90", "ns", "90", "section II B", "from [4]"],
  ["f90-whole", "window of the whole pulse in F90", "μs", "6", "section II B", "from [4]"],
  ["ge-cryostats", "Ge detectors", "", "8", GE, "from [8]"],
  ["ge-detector", "weight of each", "kg", "2.2", GE, "from [8]"],
];

export const QUOTED: readonly PublishedNumber[] = LINES.map(
  ([id, quantity, unit, text, where, from]) =>
    l24({
      id: `l24.quoted.${id}`,
      quantity,
      unit,
      published: notComparable(text, where, `quoted ${from}; it enters no calculation`),
    }),
);
