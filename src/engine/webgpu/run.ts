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

/** The head of the struct `Status`, before its list. */
export const STATUS_WORDS = 8;

export interface StatusHead {
  readonly written: number;
  readonly checksum: number;
  readonly reduced: number;
  readonly reducedChecksum: number;
  readonly listed: number;
}

export function unpackStatus(words: Uint32Array): StatusHead {
  const [written, checksum, reduced, reducedChecksum, listed] = words;
  return { written, checksum, reduced, reducedChecksum, listed };
}
