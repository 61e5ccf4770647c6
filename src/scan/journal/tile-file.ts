import { createHash } from "node:crypto";
import type { FlatRange } from "../../engine/engine.js";
import type { TileReduction } from "../../engine/profiles.js";
import { ByteReader, ByteWriter, Damage } from "./bytes.js";
import { axesHash, JOURNAL_VERSION, type JournalKey, keyHash } from "./key.js";
import { readReduction, writeReduction } from "./reduction-bytes.js";

/*
 * A tile file: "NSITILE\n", format u32, 0 u32, SHA-256 of description, axes, kernel and of the whole
 * key, 32 bytes each, the tile's first point f64 and number of points f64; its reductions; and the
 * SHA-256 of all bytes before it. Little-endian. The same tile gives the same bytes.
 */

const MAGIC = Buffer.from("NSITILE\n", "latin1");
const CHECKSUM_BYTES = 32;

/** Encodes and decodes the tiles of one journal. */
export class TileFormat {
  readonly #header: Uint8Array;

  constructor(readonly key: JournalKey) {
    const header = new ByteWriter();
    header.raw(MAGIC);
    header.uint32(JOURNAL_VERSION);
    header.uint32(0);
    header.raw(Buffer.from(key.description, "hex"));
    header.raw(axesHash(key));
    header.raw(Buffer.from(key.fingerprint, "hex"));
    header.raw(keyHash(key));
    this.#header = header.bytes();
  }

  encode(reduction: TileReduction, range: FlatRange): Uint8Array {
    const file = new ByteWriter();
    file.raw(this.#header);
    file.float64(range.start);
    file.float64(range.count);
    writeReduction(file, reduction, range);
    file.raw(checksum(file.bytes()));
    return file.bytes();
  }

  /** @throws Damage for a file that is not the whole tile at `range` of this journal's scan */
  decode(bytes: Uint8Array, range: FlatRange): TileReduction {
    const body = bytes.subarray(0, Math.max(0, bytes.length - CHECKSUM_BYTES));
    if (!checksum(body).equals(checksumOf(bytes))) throw new Damage("its checksum is wrong");
    const file = new ByteReader(body);
    if (!Buffer.from(this.#header).equals(file.raw(this.#header.length))) {
      throw new Damage("it belongs to another scan");
    }
    const isHere = file.float64() === range.start && file.float64() === range.count;
    if (!isHere) throw new Damage("it is another tile");
    const { axes, combinations } = this.key;
    const reduction = readReduction(file, axes, combinations.length, range);
    if (file.left > 0) throw new Damage("it is too long");
    return reduction;
  }
}

/** The checksum that a tile file ends with. */
export function checksumOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(-CHECKSUM_BYTES);
}

function checksum(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
