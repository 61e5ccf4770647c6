import type { TabulatedLikelihood } from "../../tables/table.js";
import type { EngineProblem, EvaluateOptions, FlatRange, GridAxis } from "../engine.js";
import type { GridProfiles } from "../profiles.js";
import type { ExactPoints } from "./exact.js";
import { Fused } from "./fused.js";
import type { Gpu } from "./gpu.js";
import { ProductGrids } from "./product.js";
import { tableScope } from "./table-scope.js";

/** χ² looked up from profile tables: grids as products of states where they are, else point by point. */
export class Tabulated extends Fused {
  readonly products: ProductGrids;

  constructor(
    gpu: Gpu,
    problem: EngineProblem,
    tables: TabulatedLikelihood,
    exact: ExactPoints,
    halvings: number,
  ) {
    super(gpu, problem, tableScope(problem, tables), exact, halvings);
    this.products = new ProductGrids(gpu, problem, tables, this.offsets, halvings);
  }

  override reduce(
    axes: readonly GridAxis[],
    range: FlatRange,
    options: EvaluateOptions,
  ): Promise<GridProfiles> {
    return this.products.refusal(axes) === undefined
      ? this.products.reduce(axes, range, options)
      : super.reduce(axes, range, options);
  }

  /** Of grids as products of states: all passes together. */
  override operations(names: readonly string[]): number {
    return this.products.operations(names) ?? super.operations(names);
  }

  override destroy(): void {
    this.products.destroy();
    super.destroy();
  }
}
