import type { Combination } from "../likelihood/description.js";
import type { CombinationReader } from "./combinations.js";
import type { LevelReader } from "./levels.js";
import type { Panel } from "./scan.js";
import type { ScanFile } from "./schema.js";

interface ResolvedFigure {
  readonly panels: readonly Panel[];
  /** Every combination that a panel draws. */
  readonly combinations: readonly Combination[];
  /** The scan's levels: those it lists, and every one that a panel draws. */
  readonly levels: readonly string[];
}

type WrittenPanel = NonNullable<NonNullable<ScanFile["figure"]>["panels"]>[number];

/**
 * The panels as written; or two as in L24's figures 6–8, each data set alone beside all together,
 * at 90 % and at 2σ and 3σ unless the scan lists levels of its own.
 */
export function resolveFigure(
  file: ScanFile,
  reader: CombinationReader,
  levels: LevelReader,
): ResolvedFigure {
  const listed = levels.read(file.levels ?? [], ["levels"]);
  const written = file.figure?.panels ?? defaultPanels(file, reader);
  const combinations: Combination[] = [];
  const panels = written.map((panel, i) => {
    const regions = panel.regions.map((region, j) => {
      const key = ["figure", "panels", i, "regions", j];
      const combination = reader.read(region.combination, [...key, "combination"]);
      combinations.push(combination);
      return {
        combination: combination.name,
        levels: levels.read(region.levels, [...key, "levels"]),
      };
    });
    return { title: panel.title ?? defaultTitle(regions), regions };
  });
  const drawn = panels.flatMap((panel) => panel.regions.flatMap((region) => region.levels));
  return {
    panels,
    combinations,
    levels: [...new Set([...listed, ...drawn])],
  };
}

function defaultPanels(file: ScanFile, reader: CombinationReader): readonly WrittenPanel[] {
  const written = file.combinations?.map((one) => reader.read(one, ["combinations"]));
  const asked = written ?? [...reader.alone(), reader.read("all", [])];
  const size = Math.max(...asked.map(({ datasets }) => datasets.length));
  const panel = (members: readonly Combination[], levels: readonly string[]) => ({
    regions: members.map(({ name }) => ({
      combination: name,
      levels: [...(file.levels ?? levels)],
    })),
  });
  const alone = asked.filter(({ datasets }) => datasets.length === 1);
  const largest = asked.filter(({ datasets }) => datasets.length === size && size > 1);
  const panels = [panel(alone, ["90%"]), panel(largest, ["2sigma", "3sigma"])];
  return panels.filter(({ regions }) => regions.length > 0);
}

/** `csi, lar, ge at 90%`, or what each combination is drawn at where they differ. */
function defaultTitle(regions: Panel["regions"]): string {
  const at = (levels: readonly string[]) => levels.join(", ");
  const [first] = regions;
  const alike = regions.every(({ levels }) => at(levels) === at(first.levels));
  const names = (some: Panel["regions"]) => some.map(({ combination }) => combination).join(", ");
  if (alike) return `${names(regions)} at ${at(first.levels)}`;
  return regions.map(({ combination, levels }) => `${combination} at ${at(levels)}`).join("; ");
}
