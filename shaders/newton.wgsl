// Newton's method on F = χ²/2 from the predicted nuisances. F is self-concordant (N ≥ 1 where there are
// events), so that steps of 1/(1 + λ), λ² = gᵀ H⁻¹ g, need no line search; full ones once λ is small.
// Ends where the step promises less than TOLERANCE, which is taken off: what is left is of third
// order. A lane that has ended keeps its value, whatever its neighbours do.
const MOST_STEPS_${component.id} = 16u;
const TOLERANCE_${component.id} = 1.0e-3f;

fn profile_of_${component.id}(q: Charges) -> Profile_${component.id} {
  var eta = predict_${component.id}(q);
  var p: Profile_${component.id};
  p.chi2 = vec4f(0.0);
  p.settled = vec4<bool>(false);
//! if component.hasForm
  let form = form_of_${component.id}(q);
//! end
  for (var step = 0u; step < MOST_STEPS_${component.id} && !all(p.settled); step++) {
//! for bound in component.bounds
    eta.x_${bound.j} = ${bound.clamp}(eta.x_${bound.j}, vec4f(${bound.inside}));
//! end
    let y = amplitudes_${component.id}(eta);
    var value = smooth_${component.id}(q, eta);
    var settled = allowed_${component.id}(eta);
    // Gradient and Hessian of F by nuisance.
    var g: Vector_${component.size};
    var h: Symmetric_${component.size};
//! if component.hasForm
    value += quadratic_${component.id}(form, eta);
    h = form.a;
//! for j in component.range
    g.x_${j} = -form.b.x_${j};
//! end
//! for entry in component.full
    g.x_${entry.i} += form.a.a_${entry.high}_${entry.low} * eta.x_${entry.j};
//! end
//! else
//! for j in component.range
    g.x_${j} = vec4f(0.0);
//! end
//! for entry in component.lower
    h.a_${entry.i}_${entry.j} = vec4f(0.0);
//! end
//! end
//! for prior in component.priors
    g.x_${prior.j} += (eta.x_${prior.j} + ${prior.origin}) * (${prior.inverse} * ${prior.inverse});
    h.a_${prior.j}_${prior.j} += vec4f(${prior.inverse} * ${prior.inverse});
//! end
//! for empty in component.emptySlopes
    g.x_${empty.j} += ${empty.coefficient} * ${empty.factor};
//! end
//! for term in component.terms
    {
//! for row in term.rows
      var g_${row.k} = vec4f(0.0);
//! end
//! for pair in term.pairs
      var h_${pair.k}_${pair.l} = vec4f(0.0);
//! end
      var sum = vec4f(0.0);
      var least = vec4f(1.0);
      for (var b = 0u; b < ${term.bins}u; b++) {
//! for word in term.words
        let w_${word} = bins[${term.first}u + b * ${term.stride}u + ${word}u];
//! end
        var r_0 = vec4f(0.0);
//! for charge in term.charges
        r_0 += ${charge.template} * q.${charge.name};
//! end
//! for background in term.backgrounds
        let r_${background.k} = ${background.template};
//! end
        var u = ${term.offset} + r_0 * y.${term.signal};
//! for background in term.backgrounds
        u += r_${background.k} * y.${background.name};
//! end
        least = min(least, u);
        u = max(u, vec4f(-0.999));
        sum += ${term.count} * deviance(u);
        let inverse = 1.0 / (1.0 + u);
        let slope = ${term.count} * u * inverse;
        let weight = ${term.count} * inverse * inverse;
//! for row in term.rows
        g_${row.k} += slope * r_${row.k};
        let x_${row.k} = weight * r_${row.k};
//! end
//! for pair in term.pairs
        h_${pair.k}_${pair.l} += x_${pair.k} * r_${pair.l};
//! end
      }
      value += 2.0 * sum;
      settled = settled & (least > vec4f(-0.998));
//! for slot in term.gradient
      g.x_${slot.j} += g_${slot.k};
//! end
//! for slot in term.hessian
      h.a_${slot.i}_${slot.j} += h_${slot.k}_${slot.l};
//! end
    }
//! end
    let s = solve_${component.size}(h, g);
    settled = settled & s.settled & (s.norm < vec4f(TOLERANCE_${component.id}));
    let length = select(1.0 / (1.0 + sqrt(max(s.norm, vec4f(0.0)))), vec4f(1.0), s.norm < vec4f(0.06));
//! for j in component.range
    eta.x_${j} -= length * s.x.x_${j};
//! end
    settled = settled & allowed_${component.id}(eta);
    p.chi2 = select(p.chi2, value - s.norm, settled & !p.settled);
    p.settled = p.settled | settled;
  }
  return p;
}
