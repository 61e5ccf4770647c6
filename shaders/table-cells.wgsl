// All tables' numbers, one after the other (src/engine/webgpu/table-scope.ts says where).
@group(0) @binding(1) var<storage, read> numbers: array<f32>;

// Four, though no compiler knows: loops of so many rounds stay loops, which keeps code short.
fn rounds() -> u32 {
  return min(4u, run.length + 4u);
}

// Squared charges of one point.
struct Point {
//! for charge in charges
  ${charge.name}: f32,
//! end
}

// A lane is taken by itself: its places in memory are its own, and code is four times shorter.
fn point_of(q: Charges, lane: u32) -> Point {
  var point: Point;
//! for charge in charges
  point.${charge.name} = q.${charge.name}[lane];
//! end
  return point;
}

// Where a point lies along an axis of a table, and the weights of the four coefficients there.
struct Along {
  cell: u32,
  w: vec4f,
}

// u is the axis' coordinate; it is divided into so many steps, each of which is in one cell. From
// `steps_at` on lies the cell of each step, from `cells_at` on what each cell has: where it begins,
// 1/width, and its four weights as polynomials, lowest power first.
fn along(u: f32, steps: f32, per_step: f32, steps_at: u32, cells_at: u32) -> Along {
  let step = u32(clamp(u * per_step, 0.0, steps - 1.0));
  let cell = u32(numbers[steps_at + step]);
  let first = cells_at + 18u * cell;
  let t = (u - numbers[first]) * numbers[first + 1u];
  return Along(cell, four(first + 2u) + t * (four(first + 6u) + t * (four(first + 10u) + t * four(first + 14u))));
}

fn four(at: u32) -> vec4f {
  return vec4f(numbers[at], numbers[at + 1u], numbers[at + 2u], numbers[at + 3u]);
}
