import { InputError } from "../errors.js";
import type { Analysis } from "./analysis.js";
import { coherent2022 } from "./coherent-2022/index.js";
import { liao2024 } from "./liao-2024/index.js";
import { release } from "./release/index.js";

/** Every analysis that can be asked for by name, the default first. */
export const ANALYSES: readonly Analysis[] = [liao2024, coherent2022, release];

/** @throws InputError naming the analyses that there are */
export function analysisNamed(name: string): Analysis {
  const found = ANALYSES.find((analysis) => analysis.name === name);
  if (found) return found;
  const names = ANALYSES.map((analysis) => analysis.name).join(", ");
  throw new InputError("unknown-analysis", `Unknown analysis "${name}". There is: ${names}.`, {
    analysis: name,
  });
}
