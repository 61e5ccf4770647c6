// χ² of a grid that is the outer product of states of both flavours. A workgroup takes a group of states
// of one flavour, the lanes, that lie in few cells of every table; the other flavour's states come one
// after the other, each with its tables collapsed to coefficients along the lanes' axis alone:
//   χ² = Σ_tables Σ_l product_l(δ of the lane) Σ_n w_n(lane) c_ln(state)
// over ${window} coefficients, of which a lane's own four have weights. What an invocation reads of a
// state serves all lanes of the group, whose numbers it keeps.
//
// Of every lane and every value of one of the loop's axes, kept, the minimum over the others goes to
// minima[(combination × kept + value) × states + lane's state], with the loop's state that has it.
struct Walk {
  // Lanes' states and the loop's; of these, values of the kept axis, and how far its neighbours are.
  states: u32,
  loop_states: u32,
  kept: u32,
  kept_stride: u32,
  // Values of the kept axis that a workgroup does, each in an invocation of its own.
  values: u32,
  // Floats from one state's coefficients to the next's.
  stride: u32,
  // Planes of the kept axis with an axis of the lanes: how many, and whether the lanes' states follow.
  planes: u32,
  has_states: u32,
  cells: u32,
  unused_0: u32,
  unused_1: u32,
  unused_2: u32,
  // By axis of the lanes: points, stride among states, where its plane begins.
  axes: array<vec4u, 6>,
}

//! include status.wgsl

@group(0) @binding(0) var<uniform> walk: Walk;
// By group: where each table's coefficients begin, then of each four lanes their states and numbers.
@group(0) @binding(1) var<storage, read> lanes: array<vec4f>;
@group(0) @binding(2) var<storage, read> collapsed: array<f32>;
@group(0) @binding(3) var<storage, read_write> minima: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> status: Status;
@group(0) @binding(5) var<storage, read_write> planes: array<vec2u>;

const NOTHING = 3.4e38f;

@compute @workgroup_size(${invocations})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  let group = ${groupVectors}u * workgroup.x;
//! for table in tables
  let first_${table.id} = u32(lanes[group + ${table.vector}u][${table.lane}]);
//! end
//! for number in numbers
  let own_${number} = lanes[group + ${headVectors}u + ${number}u];
//! end
  var done = 0u;
  let begin = workgroup.y * walk.values;
  let end = min(begin + walk.values, walk.kept);
  for (var value = begin + local; value < end; value += ${invocations}u) {
//! for quad in quads
//! for combination in combinations
    var best_${quad.id}_${combination.index} = vec4f(NOTHING);
    var at_${quad.id}_${combination.index} = vec4u(0u);
//! end
//! end
    for (var outside = 0u; outside < walk.loop_states / (walk.kept * walk.kept_stride); outside++) {
      for (var inside = 0u; inside < walk.kept_stride; inside++) {
        let loop_state = (outside * walk.kept + value) * walk.kept_stride + inside;
        let base = walk.stride * loop_state;
//! for coefficient in coefficients
        let c_${coefficient.name} = collapsed[base + first_${coefficient.table} + ${coefficient.offset}u];
//! end
//! for quad in quads
        {
//! for table in quad.tables
          var chi2_${table.id} = vec4f(0.0);
//! for term in table.terms
          {
            var sum = c_${table.id}_${term.index}_0 * own_${table.weight};
//! for n in term.rest
            sum += c_${table.id}_${term.index}_${n.n} * own_${n.own};
//! end
            chi2_${table.id} += ${term.product}sum;
          }
//! end
//! end
//! for combination in combinations
          {
            var total = vec4f(0.0);
//! for table in combination.tables
            total += chi2_${table};
//! end
            let better = total < best_${quad.id}_${combination.index};
            best_${quad.id}_${combination.index} = select(best_${quad.id}_${combination.index}, total, better);
            at_${quad.id}_${combination.index} = select(at_${quad.id}_${combination.index}, vec4u(loop_state), better);
          }
//! end
        }
//! end
        done += 1u;
      }
    }
//! for quad in quads
    for (var lane = 0u; lane < 4u; lane++) {
      let state = own_${quad.state}[lane];
      if (state >= 0.0) {
//! for combination in combinations
        minima[(${combination.index}u * walk.kept + value) * walk.states + u32(state)] =
          vec2u(bitcast<u32>(best_${quad.id}_${combination.index}[lane]), at_${quad.id}_${combination.index}[lane]);
//! end
      }
    }
//! end
  }
  var valid = 0u;
//! for quad in quads
  {
    let ones = select(vec4u(0u), vec4u(1u), own_${quad.state} >= vec4f(0.0));
    valid += ones.x + ones.y + ones.z + ones.w;
  }
//! end
  atomicAdd(&status.written, done * valid);
}

// What the host reads: of every combination the planes of the kept axis with each axis of the lanes, and
// the lanes' states themselves; each the minimum of all others, and its pair of states, the loop's first.
@compute @workgroup_size(64)
fn fold(@builtin(global_invocation_id) id: vec3u) {
  // A dispatch has at most 65535 workgroups along x.
  let index = id.x + 4194240u * id.y;
  if (index >= ${combinationCount}u * walk.cells) {
    return;
  }
  let combination = index / walk.cells;
  let cell = index % walk.cells;
  var best = NOTHING;
  var at = 0u;
  var seen = 0u;
  var plane = walk.planes;
  for (var k = 0u; k < walk.planes; k++) {
    if (cell >= walk.axes[k].z) {
      plane = k;
    }
  }
  let states_at = walk.cells - walk.has_states * walk.states;
  if (cell >= states_at) {
    let state = cell - states_at;
    for (var value = 0u; value < walk.kept; value++) {
      let found = minima[(combination * walk.kept + value) * walk.states + state];
      let chi2 = bitcast<f32>(found.x);
      if (chi2 < best) {
        best = chi2;
        at = found.y * walk.states + state;
      }
      seen += 1u;
    }
  } else {
    let points = walk.axes[plane].x;
    let stride = walk.axes[plane].y;
    let value = (cell - walk.axes[plane].z) / points;
    let place = (cell - walk.axes[plane].z) % points;
    let first = (combination * walk.kept + value) * walk.states;
    for (var other = 0u; other < walk.states / points; other++) {
      let state = (other / stride * points + place) * stride + other % stride;
      let found = minima[first + state];
      let chi2 = bitcast<f32>(found.x);
      if (chi2 < best) {
        best = chi2;
        at = found.y * walk.states + state;
      }
      seen += 1u;
    }
  }
  planes[index] = vec2u(bitcast<u32>(best), at);
  atomicAdd(&status.reduced, seen);
}
