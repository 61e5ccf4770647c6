/** What a dispatch covers: the struct `Run` of shaders/run.wgsl, field by field. */
export interface Run {
  readonly firstRow: number;
  readonly firstQuad: number;
  readonly count: number;
  readonly quads: number;
  readonly length: number;
  readonly stride: number;
  readonly block: number;
  readonly blocks: number;
  readonly beginRow: number;
  readonly begin: number;
  readonly endRow: number;
  readonly end: number;
  /** By axis: offset of its values in `points`, and their number. */
  readonly axes: readonly (readonly [number, number])[];
}

export const MOST_AXES = 6;
export const RUN_BYTES = 48 + 16 * MOST_AXES;

export function packRun(run: Run): Uint32Array {
  const words = new Uint32Array(RUN_BYTES / 4);
  words.set([
    run.firstRow,
    run.firstQuad,
    run.count,
    run.quads,
    run.length,
    run.stride,
    run.block,
    run.blocks,
    run.beginRow,
    run.begin,
    run.endRow,
    run.end,
  ]);
  run.axes.forEach(([offset, points], k) => {
    words.set([offset, points], 12 + 4 * k);
  });
  return words;
}

/** The struct `Status` of shaders/status.wgsl, in its order. */
const STATUS_FIELDS = ["written", "doubtful", "checksum", "reduced", "reducedChecksum"] as const;
export const STATUS_BYTES = 4 * STATUS_FIELDS.length;

export type Status = Readonly<Record<(typeof STATUS_FIELDS)[number], number>>;

export function unpackStatus(words: Uint32Array): Status {
  return Object.fromEntries(STATUS_FIELDS.map((field, k) => [field, words[k]])) as Status;
}

/** χ² from here on is no point's: lanes left out, and points that float64 has (shaders/chi2.wgsl). */
export const NOTHING = 2.9e38;
