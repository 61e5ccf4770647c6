// A scale φ shared by the tables of component ${component.id}, with a prior: they are looked up at the
// nodes 1 + φ = exp(step · m); around the lowest the sum is taken for the polynomial through
// ${component.scale.size} of them, and minimised with the prior between the neighbours.
//
// In memory: 1 + φ and the prior's χ² of every node; then of each node of the polynomial, the middle one
// first, its factor and its part of the coefficients.
fn least_of_${component.id}(q: Point) -> f32 {
  var centre = 1.0;
  var lowest = 1.0;
  var best = 3.0e38;
  var middle = 0.0;
  // Coefficients of the polynomial in y = (1 + φ)/(1 + φ₀) − 1, less its value in the middle.
//! for power in component.scale.powers
  var c_${power} = 0.0;
//! end
  for (var step = 0u; step < ${component.scale.count}u + ${component.scale.size}u; step++) {
    // One look-up serves both, since compilers write it out wherever it stands.
    let is_node = step < ${component.scale.count}u;
    let at = select(${component.scale.stencilAt}u + ${component.scale.size}u * (step - ${component.scale.count}u), ${component.scale.nodesAt}u + 2u * step, is_node);
    let factor = numbers[at] * select(centre, 1.0, is_node);
    let value = sum_of_${component.id}(q, factor);
    if (is_node) {
      let whole = value + numbers[at + 1u];
      lowest = select(lowest, factor, whole < best);
      best = min(best, whole);
      centre = select(centre, lowest, step == ${component.scale.count}u - 1u);
    } else {
      middle = select(middle, value, step == ${component.scale.count}u);
      let above = value - middle;
//! for power in component.scale.powers
      c_${power} += numbers[at + ${power}u] * above;
//! end
    }
  }
  // The prior is a parabola in y too.
  let off = (centre - 1.0) - ${component.scale.measured};
  c_1 += 2.0 * ${component.scale.precision} * off * centre;
  c_2 += ${component.scale.precision} * centre * centre;
  var y = 0.0;
  if (c_2 > 0.0) {
    y = clamp(-0.5 * c_1 / c_2, ${component.scale.low}, ${component.scale.high});
  }
  for (var step = 0u; step < ${component.scale.steps}u; step++) {
    var slope = 0.0;
    var bend = 0.0;
//! for term in component.scale.slopes
    slope = slope * y + ${term.weight} * c_${term.power};
//! end
//! for term in component.scale.bends
    bend = bend * y + ${term.weight} * c_${term.power};
//! end
    if (bend > 0.0) {
      y = clamp(y - slope / bend, ${component.scale.low}, ${component.scale.high});
    }
  }
  var value = 0.0;
//! for power in component.scale.backwards
  value = value * y + c_${power};
//! end
  return middle + ${component.scale.precision} * off * off + min(value * y, 0.0);
}
