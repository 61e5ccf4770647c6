import { LOOK_UP } from "./collapse";
import { lookUps, lookUpsAt } from "./plan";
import { isScattered, lookUpScattered } from "./scattered";

/**
 * Looks χ² of every table up for `count` states from `state` on, in row `row` of the tile. A record is
 * the byte offset of the state's cell among the collapsed (i32) and the weights of 4 coefficients for
 * each of L terms, [4 × L] f32.
 */
export function lookUp(state: i32, row: i32, count: i32): void {
  for (let v = 0; v < lookUps; v++) lookUpOne(lookUpsAt + <usize>v * LOOK_UP, state, row, count);
}

export function lookUpOne(own: usize, state: i32, row: i32, count: i32): void {
  if (isScattered) {
    const to = <usize>load<i32>(own, 16);
    lookUpScattered(<usize>load<i32>(own, 52), load<f64>(own, 56), state, to, count);
    return;
  }
  const terms = load<i32>(own);
  const stride = <usize>load<i32>(own, 8);
  const records = <usize>load<i32>(own, 4) + <usize>state * stride;
  const collapsed = <usize>load<i32>(own, 12);
  const out = <usize>load<i32>(own, 16) + <usize>row * <usize>load<i32>(own, 20);
  if (terms === 1) lookUp1(records, collapsed, out, count);
  else if (terms === 2) lookUp2(records, collapsed, out, count);
  else if (terms === 3) lookUp3(records, collapsed, out, count);
  else lookUpMany(records, collapsed, out, count, terms);
}

function lookUp1(records: usize, collapsed: usize, output: usize, count: i32): void {
  let r = records;
  const end = output + ((<usize>count) << 5);
  for (let out = output; out < end; out += 32) {
    const c = collapsed + <usize>load<i32>(r);
    let w = v128.load32_splat(r, 4);
    let a = f32x4.mul(w, v128.load(c));
    let b = f32x4.mul(w, v128.load(c, 16));
    w = v128.load32_splat(r, 8);
    a = f32x4.add(a, f32x4.mul(w, v128.load(c, 32)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(c, 48)));
    w = v128.load32_splat(r, 12);
    a = f32x4.add(a, f32x4.mul(w, v128.load(c, 64)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(c, 80)));
    w = v128.load32_splat(r, 16);
    a = f32x4.add(a, f32x4.mul(w, v128.load(c, 96)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(c, 112)));
    v128.store(out, a);
    v128.store(out, b, 16);
    r += 20;
  }
}

function lookUp2(records: usize, collapsed: usize, output: usize, count: i32): void {
  let r = records;
  const end = output + ((<usize>count) << 5);
  for (let out = output; out < end; out += 32) {
    const c = collapsed + <usize>load<i32>(r);
    let w = v128.load32_splat(r, 4);
    let a = f32x4.mul(w, v128.load(c));
    let b = f32x4.mul(w, v128.load(c, 16));
    w = v128.load32_splat(r, 8);
    let d = f32x4.mul(w, v128.load(c, 32));
    let e = f32x4.mul(w, v128.load(c, 48));
    w = v128.load32_splat(r, 12);
    a = f32x4.add(a, f32x4.mul(w, v128.load(c, 64)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(c, 80)));
    w = v128.load32_splat(r, 16);
    d = f32x4.add(d, f32x4.mul(w, v128.load(c, 96)));
    e = f32x4.add(e, f32x4.mul(w, v128.load(c, 112)));
    w = v128.load32_splat(r, 20);
    a = f32x4.add(a, f32x4.mul(w, v128.load(c, 128)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(c, 144)));
    w = v128.load32_splat(r, 24);
    d = f32x4.add(d, f32x4.mul(w, v128.load(c, 160)));
    e = f32x4.add(e, f32x4.mul(w, v128.load(c, 176)));
    w = v128.load32_splat(r, 28);
    a = f32x4.add(a, f32x4.mul(w, v128.load(c, 192)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(c, 208)));
    w = v128.load32_splat(r, 32);
    d = f32x4.add(d, f32x4.mul(w, v128.load(c, 224)));
    e = f32x4.add(e, f32x4.mul(w, v128.load(c, 240)));
    v128.store(out, f32x4.add(a, d));
    v128.store(out, f32x4.add(b, e), 16);
    r += 36;
  }
}

function lookUp3(records: usize, collapsed: usize, output: usize, count: i32): void {
  let r = records;
  const end = output + ((<usize>count) << 5);
  for (let out = output; out < end; out += 32) {
    const c = collapsed + <usize>load<i32>(r);
    let w = v128.load32_splat(r, 4);
    let a = f32x4.mul(w, v128.load(c));
    let b = f32x4.mul(w, v128.load(c, 16));
    w = v128.load32_splat(r, 8);
    let d = f32x4.mul(w, v128.load(c, 32));
    let e = f32x4.mul(w, v128.load(c, 48));
    w = v128.load32_splat(r, 12);
    let f = f32x4.mul(w, v128.load(c, 64));
    let g = f32x4.mul(w, v128.load(c, 80));
    w = v128.load32_splat(r, 16);
    a = f32x4.add(a, f32x4.mul(w, v128.load(c, 96)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(c, 112)));
    w = v128.load32_splat(r, 20);
    d = f32x4.add(d, f32x4.mul(w, v128.load(c, 128)));
    e = f32x4.add(e, f32x4.mul(w, v128.load(c, 144)));
    w = v128.load32_splat(r, 24);
    f = f32x4.add(f, f32x4.mul(w, v128.load(c, 160)));
    g = f32x4.add(g, f32x4.mul(w, v128.load(c, 176)));
    w = v128.load32_splat(r, 28);
    a = f32x4.add(a, f32x4.mul(w, v128.load(c, 192)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(c, 208)));
    w = v128.load32_splat(r, 32);
    d = f32x4.add(d, f32x4.mul(w, v128.load(c, 224)));
    e = f32x4.add(e, f32x4.mul(w, v128.load(c, 240)));
    w = v128.load32_splat(r, 36);
    f = f32x4.add(f, f32x4.mul(w, v128.load(c, 256)));
    g = f32x4.add(g, f32x4.mul(w, v128.load(c, 272)));
    w = v128.load32_splat(r, 40);
    a = f32x4.add(a, f32x4.mul(w, v128.load(c, 288)));
    b = f32x4.add(b, f32x4.mul(w, v128.load(c, 304)));
    w = v128.load32_splat(r, 44);
    d = f32x4.add(d, f32x4.mul(w, v128.load(c, 320)));
    e = f32x4.add(e, f32x4.mul(w, v128.load(c, 336)));
    w = v128.load32_splat(r, 48);
    f = f32x4.add(f, f32x4.mul(w, v128.load(c, 352)));
    g = f32x4.add(g, f32x4.mul(w, v128.load(c, 368)));
    v128.store(out, f32x4.add(f32x4.add(a, d), f));
    v128.store(out, f32x4.add(f32x4.add(b, e), g), 16);
    r += 52;
  }
}

function lookUpMany(records: usize, collapsed: usize, output: usize, count: i32, terms: i32): void {
  let r = records;
  const end = output + ((<usize>count) << 5);
  const length = (<usize>terms) << 4;
  for (let out = output; out < end; out += 32) {
    let c = collapsed + <usize>load<i32>(r);
    r += 4;
    let a = f32x4.splat(0);
    let b = a;
    for (const stop = r + length; r < stop; r += 4) {
      const w = v128.load32_splat(r);
      a = f32x4.add(a, f32x4.mul(w, v128.load(c)));
      b = f32x4.add(b, f32x4.mul(w, v128.load(c, 16)));
      c += 32;
    }
    v128.store(out, a);
    v128.store(out, b, 16);
  }
}
