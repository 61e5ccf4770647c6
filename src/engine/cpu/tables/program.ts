import type { SharedScale, TabulatedLikelihood } from "../../../tables/table.js";

/** χ² of one table with its charges times a factor. */
export interface LookUp {
  readonly table: number;
  readonly factor: number;
  readonly buffer: number;
}

/** A sum of two buffers. */
export interface Sum {
  readonly kind: "sum";
  readonly out: number;
  readonly a: number;
  readonly b: number;
}

/** Joint profiles over one scale. */
export interface ScaledProfiles {
  readonly kind: "scaled";
  readonly scale: SharedScale;
  readonly tables: readonly number[];
  /** Values of 1 + φ at its nodes. */
  readonly factors: readonly number[];
  /** First of its look-ups, [nodes × tables]. */
  readonly lookUps: number;
  /** Of each profile: which of the tables it sums, and its buffer. */
  readonly profiles: readonly { readonly members: readonly number[]; readonly out: number }[];
}

/** The arithmetic of a likelihood, the same for every point. */
export interface TablesProgram {
  /** Those of every point first. */
  readonly lookUps: readonly LookUp[];
  readonly plain: number;
  readonly instructions: readonly (Sum | ScaledProfiles)[];
  readonly buffers: number;
  /** By combination: the buffer of its χ², and the offset that it lacks. */
  readonly outputs: readonly { readonly buffer: number; readonly offset: number }[];
}

/** Values of 1 + φ that tables are looked up at. */
function factorsOf({ step, first, last, reach }: SharedScale): number[] {
  const count = last - first + 1 + 2 * reach;
  return Array.from({ length: count }, (_, i) => Math.exp(step * (first - reach + i)));
}

/** Every table looked up once for each factor, and every sum made once. */
export function planProgram(likelihood: TabulatedLikelihood): TablesProgram {
  const { tables, profiles, members } = likelihood;
  let buffers = 0;
  const places = new Map<string, number>();
  const lookUps: LookUp[] = [];
  const alone = profiles.filter(({ scale }) => !scale);
  for (const table of new Set(alone.flatMap(({ tables: own }) => own))) {
    places.set(`${table}`, buffers);
    lookUps.push({ table, factor: 1, buffer: buffers++ });
  }
  const plain = lookUps.length;
  const instructions: (Sum | ScaledProfiles)[] = [];
  const results = new Map<number, number>();
  for (const own of scalesOf(likelihood)) {
    const scale = profiles[own[0]].scale as SharedScale;
    const summed = [...new Set(own.flatMap((p) => profiles[p].tables))];
    const temporary = buffers;
    buffers += summed.length;
    const first = lookUps.length;
    const factors = factorsOf(scale);
    for (const factor of factors) {
      summed.forEach((table, d) => {
        lookUps.push({ table, factor, buffer: temporary + d });
      });
    }
    const outs = own.map((p) => {
      results.set(p, buffers);
      return { members: profiles[p].tables.map((table) => summed.indexOf(table)), out: buffers++ };
    });
    const scaled = { scale, tables: summed, factors, lookUps: first, profiles: outs };
    instructions.push({ kind: "scaled", ...scaled });
  }
  const sumOf = (terms: readonly number[]): number =>
    terms.reduce((a, b) => {
      const key = `${a}+${b}`;
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, buffers);
      instructions.push({ kind: "sum", out: buffers, a, b });
      return buffers++;
    });
  profiles.forEach(({ tables: own, scale }, p) => {
    if (!scale) results.set(p, sumOf(own.map((table) => places.get(`${table}`) as number)));
  });
  const outputs = members.map((own) => ({
    buffer: sumOf(own.map((profile) => results.get(profile) as number)),
    offset: own
      .flatMap((profile) => profiles[profile].tables)
      .reduce((sum, table) => sum + tables[table].offset, 0),
  }));
  return { lookUps, plain, instructions, buffers, outputs };
}

/** Profiles that have a scale, those of the same one together. */
function scalesOf({ profiles }: TabulatedLikelihood): number[][] {
  const found = new Map<string, number[]>();
  profiles.forEach(({ scale }, p) => {
    if (!scale) return;
    const key = JSON.stringify(scale);
    found.set(key, [...(found.get(key) ?? []), p]);
  });
  return [...found.values()];
}
