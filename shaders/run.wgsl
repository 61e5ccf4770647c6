// What every kernel is told of a dispatch. Points come in rows of `length`, each row in `quads` groups
// of four of which the last may be short: points of a grid that differ in the last axis only, or a list.
struct Run {
  // The dispatch covers `count` groups of four, from group `first_quad` of row `first_row` on.
  first_row: u32,
  first_quad: u32,
  count: u32,
  quads: u32,
  length: u32,
  // Groups of four between combinations in chi2.
  stride: u32,
  // Reductions: rows per block (the points of the second last axis, or 1), and number of blocks.
  block: u32,
  blocks: u32,
  // Points wanted: from this place of this row to before that place of that row.
  begin_row: u32,
  begin: u32,
  end_row: u32,
  end: u32,
  // By axis: offset of its values in `points`, and their number.
  axes: array<vec4u, 6>,
}

//! include status.wgsl

@group(0) @binding(0) var<uniform> run: Run;

// Where a group of four lies: its row, and the places of its lanes along it.
struct Place {
  row: u32,
  along: vec4u,
  valid: vec4<bool>,
}

fn place_of(group: u32) -> Place {
  var place: Place;
  let quad = run.first_quad + group;
  place.row = run.first_row + quad / run.quads;
  place.along = 4u * (quad % run.quads) + vec4u(0, 1, 2, 3);
  place.valid = place.along < vec4u(run.length);
  let after = vec4<bool>(place.row > run.begin_row) | (vec4<bool>(place.row == run.begin_row) & (place.along >= vec4u(run.begin)));
  let before = vec4<bool>(place.row < run.end_row) | (vec4<bool>(place.row == run.end_row) & (place.along < vec4u(run.end)));
  place.valid = place.valid & after & before;
  return place;
}
