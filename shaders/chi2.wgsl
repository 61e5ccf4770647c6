// χ² of every combination of data sets at each point, all nuisances profiled (SPEC section 5).
//
// One invocation takes four points, the lanes of its vectors. Output: chi2[combination × run.stride + group], χ² of four points each. Points that
// float32 cannot settle are counted in `status`, and HUGE until the float64 reference has them.
//! include run.wgsl
//! include parameters.wgsl
//! if isGrid
//! include grid.wgsl
//! else
//! include list.wgsl
//! end
//! include charges.wgsl
//! include logarithm.wgsl

//! include table-cells.wgsl
//! for table in tables
//! include table.wgsl
//! end
//! for component in components
//! include tabulated.wgsl
//! end

@group(0) @binding(3) var<storage, read_write> chi2: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> status: Status;

// Larger than any χ² that float32 settles, and finite: WGSL promises nothing about infinities. Also what
// lanes hold that are no point's.
const HUGE = 3.0e38f;

// Points done, and those left to float64 × 2^16; the sum of all bits written.
var<workgroup> counted: atomic<u32>;
var<workgroup> checksum: atomic<u32>;

fn number_of(which: vec4<bool>) -> u32 {
  let ones = select(vec4u(0), vec4u(1), which);
  return ones.x + ones.y + ones.z + ones.w;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_index) local: u32) {
  let group = id.x;
  if (group < run.count) {
    let place = place_of(group);
    let parameters = parameters_at(group, place);
    let q = squared_charges(parameters);
    var settled = parameters.settled;
//! for component in components
    let profile_${component.id} = profile_of_${component.id}(q);
    settled = settled & profile_${component.id}.settled;
//! end
    var sum = vec4u(0);
//! for combination in combinations
    {
      var total = vec4f(0.0);
//! for id in combination.components
      total += profile_${id}.chi2;
//! end
      total = select(vec4f(HUGE), total, settled & place.valid);
      chi2[${combination.index}u * run.stride + group] = total;
      sum += bitcast<vec4u>(total);
    }
//! end
    atomicAdd(&checksum, sum.x + sum.y + sum.z + sum.w);
    atomicAdd(&counted, number_of(place.valid) + 65536u * number_of(place.valid & !settled));
  }
  workgroupBarrier();
  if (local == 0u) {
    let all = atomicLoad(&counted);
    atomicAdd(&status.written, all & 65535u);
    atomicAdd(&status.doubtful, all >> 16u);
    atomicAdd(&status.checksum, atomicLoad(&checksum));
  }
}
