// Minima of χ² over parts of a dispatch that holds whole blocks of rows: with (b, j, k) the block, the
// row in it and the place along the row, of every combination
//   rows:    min over k for each (b, j)      columns: min over j for each (b, k)
//   blocks:  min over b for each (j, k)
// from which the host has every profile of the grid. Each minimum is [bits of χ², the coordinate where
// it is lowest]; of equal ones the lowest coordinate wins, whatever the order of execution.
//! include run.wgsl
@group(0) @binding(3) var<storage, read_write> chi2: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> status: Status;
@group(0) @binding(5) var<storage, read_write> minima: array<vec2u>;

const COMBINATIONS = ${combinationCount}u;

struct Least {
  value: vec4f,
  at: vec4u,
  // Points seen, and the sum of their bits.
  points: u32,
  checksum: u32,
}

fn nothing() -> Least {
  return Least(vec4f(3.4e38), vec4u(0), 0u, 0u);
}

fn lower(least: Least, value: vec4f, at: vec4u) -> Least {
  let better = value < least.value;
  let bits = bitcast<vec4u>(value);
  return Least(
    select(least.value, value, better),
    select(least.at, at, better),
    least.points + 4u,
    least.checksum + bits.x + bits.y + bits.z + bits.w,
  );
}

fn account(least: Least) {
  atomicAdd(&status.reduced, least.points);
  atomicAdd(&status.reduced_checksum, least.checksum);
}

fn write_lanes(first: u32, place: u32, least: Least) {
  for (var lane = 0u; lane < 4u; lane++) {
    if (4u * place + lane < run.length) {
      minima[first + 4u * place + lane] = vec2u(bitcast<u32>(least.value[lane]), least.at[lane]);
    }
  }
}

@compute @workgroup_size(64)
fn rows(@builtin(global_invocation_id) id: vec3u) {
  let rows = run.blocks * run.block;
  if (id.x >= COMBINATIONS * rows) {
    return;
  }
  let combination = id.x / rows;
  let first = combination * run.stride + (id.x % rows) * run.quads;
  var least = nothing();
  for (var quad = 0u; quad < run.quads; quad++) {
    least = lower(least, chi2[first + quad], 4u * quad + vec4u(0, 1, 2, 3));
  }
  account(least);
  var value = least.value.x;
  var at = least.at.x;
  for (var lane = 1u; lane < 4u; lane++) {
    let other = least.value[lane];
    if (other < value || (other == value && least.at[lane] < at)) {
      value = other;
      at = least.at[lane];
    }
  }
  minima[id.x] = vec2u(bitcast<u32>(value), at);
}

@compute @workgroup_size(64)
fn columns(@builtin(global_invocation_id) id: vec3u) {
  let cells = run.blocks * run.quads;
  if (id.x >= COMBINATIONS * cells) {
    return;
  }
  let combination = id.x / cells;
  let block = (id.x % cells) / run.quads;
  let place = id.x % run.quads;
  let first = combination * run.stride + block * run.block * run.quads + place;
  var least = nothing();
  for (var j = 0u; j < run.block; j++) {
    least = lower(least, chi2[first + j * run.quads], vec4u(j));
  }
  account(least);
  let before = COMBINATIONS * run.blocks * run.block;
  write_lanes(before + (combination * run.blocks + block) * run.length, place, least);
}

@compute @workgroup_size(64)
fn blocks(@builtin(global_invocation_id) id: vec3u) {
  let cells = run.block * run.quads;
  if (id.x >= COMBINATIONS * cells) {
    return;
  }
  let combination = id.x / cells;
  let cell = id.x % cells;
  let first = combination * run.stride + cell;
  var least = nothing();
  for (var b = 0u; b < run.blocks; b++) {
    least = lower(least, chi2[first + b * cells], vec4u(b));
  }
  account(least);
  let before = COMBINATIONS * run.blocks * (run.block + run.length);
  let row = combination * run.block + cell / run.quads;
  write_lanes(before + row * run.length, cell % run.quads, least);
}
