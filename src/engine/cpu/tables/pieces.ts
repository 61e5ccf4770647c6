import type { FlatRange } from "../../engine.js";
import { type Box, boxesOf, cutBox } from "./boxes.js";
import type { GridWalk, Piece } from "./grid-walk.js";

/** Bytes that the states walked at once may take. */
const WALK_BYTES = 2 ** 25;
/** Points of a piece, about: some ten milliseconds. */
const PIECE_POINTS = 2 ** 21;
const LANES = 8;
/** Lanes of a piece: enough for the states' minima to cost little, few enough for their memory. */
const FEWEST_LANES = 64;
const MOST_LANES = 512;

const product = (counts: readonly number[]) => counts.reduce((a, b) => a * b, 1);

/** A range of a grid's flat index, cut into pieces that are the same whoever does them. */
export class WalkPieces {
  readonly #boxes: readonly { readonly box: Box; readonly lanes: number; readonly first: number }[];
  readonly count: number;

  constructor(
    readonly walk: GridWalk,
    range: FlatRange,
  ) {
    const { axes, walked, stateBytes } = walk;
    const sizes = axes.map(({ points }) => points);
    const most = Math.max(1, Math.floor(WALK_BYTES / stateBytes));
    let count = 0;
    this.#boxes = boxesOf(sizes, range)
      .flatMap((box) => cutBox(box, walked, most))
      .map((box) => {
        const states = product(walked.map((axis) => box.counts[axis]));
        const wanted = Math.ceil(PIECE_POINTS / states / LANES) * LANES;
        const lanes = Math.min(MOST_LANES, Math.max(FEWEST_LANES, wanted));
        const first = count;
        count += walk.placesOf(box) * Math.ceil(walk.lanesOf(box) / lanes);
        return { box, lanes, first };
      });
    this.count = count;
  }

  /** Piece 0 ≤ number < count. */
  piece(number: number): Piece {
    let i = this.#boxes.length - 1;
    while (this.#boxes[i].first > number) i--;
    const { box, lanes, first } = this.#boxes[i];
    const all = this.walk.lanesOf(box);
    const each = Math.ceil(all / lanes);
    const outer = Math.floor((number - first) / each);
    const at = (number - first - outer * each) * lanes;
    return { box, outer, first: at, count: Math.min(lanes, all - at) };
  }
}
