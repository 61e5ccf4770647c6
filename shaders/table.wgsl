// Table ${table.id}: ${table.title}. The profiled χ² above its offset, with all charges times `factor`:
//   Σ_m Π_{i ∈ m} δ_i · Σ_jk w_j(u_e) w_k(u_μ) c_jkm,
// u = ln(1 + S/s₀), S the events of a flavour, δ those of a nucleus beyond its share.
fn table_${table.id}(q: Point, factor: f32) -> f32 {
//! for axis in table.axes
  var events_${axis.name} = 0.0;
//! for charge in axis.charges
  let n_${charge.index} = factor * ${charge.events} * q.${charge.name};
  events_${axis.name} += n_${charge.index};
//! end
//! for charge in axis.deviating
  let d_${charge.delta} = n_${charge.index} - ${charge.share} * events_${axis.name};
//! end
  let u_${axis.name} = logarithm(vec4f(1.0 + ${axis.perScale} * events_${axis.name})).x;
  let ${axis.name} = along(u_${axis.name}, ${axis.steps}, ${axis.perStep}, ${axis.stepsAt}u, ${axis.cellsAt}u);
//! end
//! for monomial in table.products
  let m_${monomial.index} = ${monomial.product};
//! end
  var sum = 0.0;
  for (var j = 0u; j < rounds(); j++) {
    let at = ${table.coefficientsAt}u + ${table.stride}u * ((e.cell + j) * ${table.width}u + mu.cell);
    var row = vec4f(numbers[at], numbers[at + ${table.stride}u], numbers[at + 2u * ${table.stride}u], numbers[at + 3u * ${table.stride}u]);
//! for monomial in table.products
    {
      let own = at + ${monomial.index}u;
      row += m_${monomial.index} * vec4f(numbers[own], numbers[own + ${table.stride}u], numbers[own + 2u * ${table.stride}u], numbers[own + 3u * ${table.stride}u]);
    }
//! end
    sum += e.w[j] * dot(mu.w, row);
  }
  return sum;
}

// Whether the table reaches so far.
fn table_${table.id}_reaches(q: Charges, factor: f32) -> vec4<bool> {
  var reaches = vec4<bool>(true);
//! for axis in table.axes
  {
    var events = vec4f(0.0);
//! for charge in axis.charges
    events += factor * ${charge.events} * q.${charge.name};
//! end
    reaches = reaches & (events <= vec4f(${axis.largest}));
  }
//! end
  return reaches;
}
