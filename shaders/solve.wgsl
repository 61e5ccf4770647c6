// Symmetric systems of ${n.size} unknowns, positive definite: A = L D Lᵀ, unrolled.
struct Symmetric_${n.size} {
//! for entry in n.lower
  a_${entry.i}_${entry.j}: vec4f,
//! end
}

struct Vector_${n.size} {
//! for i in n.range
  x_${i}: vec4f,
//! end
}

struct Solution_${n.size} {
  x: Vector_${n.size},
  // bᵀ A⁻¹ b.
  norm: vec4f,
  // Whether all pivots are well above rounding.
  settled: vec4<bool>,
}

fn solve_${n.size}(a: Symmetric_${n.size}, b: Vector_${n.size}) -> Solution_${n.size} {
  var s: Solution_${n.size};
  s.settled = vec4<bool>(true);
//! for column in n.columns
  // Column ${column.j}: pivot, and what is below it times the pivot.
  var d_${column.j} = a.a_${column.j}_${column.j};
//! for k in column.before
  d_${column.j} -= l_${column.j}_${k} * c_${column.j}_${k};
//! end
  s.settled = s.settled & (d_${column.j} > 1.0e-5 * a.a_${column.j}_${column.j});
  let r_${column.j} = 1.0 / d_${column.j};
//! for row in column.below
  var c_${row.i}_${column.j} = a.a_${row.i}_${column.j};
//! for k in column.before
  c_${row.i}_${column.j} -= l_${column.j}_${k} * c_${row.i}_${k};
//! end
  let l_${row.i}_${column.j} = c_${row.i}_${column.j} * r_${column.j};
//! end
//! end
  s.norm = vec4f(0.0);
//! for column in n.columns
  var z_${column.j} = b.x_${column.j};
//! for k in column.before
  z_${column.j} -= l_${column.j}_${k} * z_${k};
//! end
  s.norm += z_${column.j} * (z_${column.j} * r_${column.j});
//! end
//! for column in n.backwards
  s.x.x_${column.j} = z_${column.j} * r_${column.j};
//! for row in column.below
  s.x.x_${column.j} -= l_${row.i}_${column.j} * s.x.x_${row.i};
//! end
//! end
  return s;
}
