// Event counts of the signal in every bin of every term, counts mode: the float64 profile is the
// host's. Each row (a bin, or what a morph adds to it per θ or θ²) is linear in the squared charges:
//   counts[row × run.stride + group] = Σ_c templates[row, c] q_c, of four points each.
//! include run.wgsl
//! include parameters.wgsl
//! if isGrid
//! include grid.wgsl
//! else
//! include list.wgsl
//! end
//! include charges.wgsl

@group(0) @binding(1) var<storage, read> bins: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> counts: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> status: Status;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let group = id.x;
  if (group >= run.count) {
    return;
  }
  let place = place_of(group);
  let q = squared_charges(parameters_at(group, place));
  for (var row = 0u; row < ${rows}u; row++) {
    var sum = vec4f(0.0);
//! for word in words
    let w_${word} = bins[row * ${stride}u + ${word}u];
//! end
//! for charge in templates
    sum += ${charge.template} * q.${charge.name};
//! end
    counts[row * run.stride + group] = sum;
  }
  let ones = select(vec4u(0), vec4u(1), place.valid);
  atomicAdd(&status.written, ones.x + ones.y + ones.z + ones.w);
}
