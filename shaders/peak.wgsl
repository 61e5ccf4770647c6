// Multiplications and additions as fast as the device does them, against which kernels are measured:
// independent chains in registers, nothing read or written but at the ends.
//! include run.wgsl
@group(0) @binding(2) var<storage, read> points: array<f32>;
@group(0) @binding(3) var<storage, read_write> results: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let factor = vec4f(points[0]);
  let summand = vec4f(points[1]);
//! for chain in chains
  var x_${chain} = vec4f(f32(id.x) + ${chain}.0);
//! end
  for (var i = 0u; i < run.count; i++) {
//! for step in steps
//! for chain in chains
    x_${chain} = x_${chain} * factor + summand;
//! end
//! end
  }
  var sum = vec4f(0.0);
//! for chain in chains
  sum += x_${chain};
//! end
  // Never so, but no compiler knows.
  if (all(sum == vec4f(-1.0))) {
    results[0] = sum.x;
  }
}
