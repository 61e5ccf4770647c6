/** A column that a table is laid out along: a value per row, or a bin per row. */
export interface Coordinate {
  readonly name: string;
  /** Absent for pure numbers. */
  readonly units?: string;
  readonly values?: readonly (number | string)[];
  /** [low, high] per row, in place of values. */
  readonly bins?: readonly (readonly [number, number])[];
}

/** Errors of a quantity, all ≥ 0, one of each per row. */
export interface QuantityError {
  readonly label: string;
  readonly minus: readonly number[];
  readonly plus: readonly number[];
}

/** A column of what was found. */
export interface Quantity {
  readonly name: string;
  readonly units?: string;
  /** +Infinity is a value: χ² where no nuisance explains the data. */
  readonly values: readonly number[];
  readonly errors?: readonly QuantityError[];
  /** What holds for the whole column, e.g. the χ² that Δχ² counts from. */
  readonly qualifiers?: readonly Qualifier[];
}

export interface Qualifier {
  readonly name: string;
  readonly value: number | string;
  readonly units?: string;
}

/** Numbers behind a part of a figure: a spectrum, a curve, a contour or a grid. */
export interface DataTable {
  /** Name of its files, without extension: letters, digits and dashes. */
  readonly name: string;
  /** Heading, at most 64 characters. */
  readonly title: string;
  /** Where it stands in the paper, e.g. `Figure 7, upper left`. */
  readonly location: string;
  readonly description: string;
  /** What is given, e.g. `DELTA CHI2`, in the words of HEPData's `observables`. */
  readonly observables: readonly string[];
  readonly coordinates: readonly Coordinate[];
  readonly quantities: readonly Quantity[];
  /** Sides of a regular grid (the last fastest) whose points the rows are. */
  readonly grid?: readonly [number, number];
}

export function rowCount({ quantities }: DataTable): number {
  return quantities[0].values.length;
}

/** A table with the given rows only. */
function pick(table: DataTable, rows: readonly number[]): DataTable {
  const of = <T>(values: readonly T[]): T[] => rows.map((row) => values[row]);
  return {
    ...table,
    coordinates: table.coordinates.map((column) => ({
      ...column,
      ...(column.values && { values: of(column.values) }),
      ...(column.bins && { bins: of(column.bins) }),
    })),
    quantities: table.quantities.map((column) => ({
      ...column,
      values: of(column.values),
      ...(column.errors && {
        errors: column.errors.map(({ label, minus, plus }) => {
          return { label, minus: of(minus), plus: of(plus) };
        }),
      }),
    })),
  };
}

/** The smallest stride that meets both ends of an axis and leaves at most `most` of its points. */
function strideOf(points: number, most: number): number {
  for (let stride = 1; stride < points - 1; stride++) {
    if ((points - 1) % stride === 0 && (points - 1) / stride < most) return stride;
  }
  return points - 1;
}

/** A grid's table with every so many-th point a side, at most `most`; other tables stay as they are. */
export function thinned(table: DataTable, most: number): DataTable {
  const { grid } = table;
  if (grid === undefined || grid.every((side) => side <= most)) return table;
  const [sx, sy] = grid.map((side) => strideOf(side, most));
  const rows: number[] = [];
  for (let i = 0; i < grid[0]; i += sx) {
    for (let j = 0; j < grid[1]; j += sy) rows.push(i * grid[1] + j);
  }
  const left = [(grid[0] - 1) / sx + 1, (grid[1] - 1) / sy + 1] as const;
  const note = `Every ${sx === sy ? `${sx}.` : `${sx}. by ${sy}.`} point a side of the ${grid[0]} × ${grid[1]} computed.`;
  return {
    ...pick(table, rows),
    grid: left,
    description: `${table.description} ${note}`,
  };
}
