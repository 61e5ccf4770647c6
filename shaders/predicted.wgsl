// One pass over the bins at the predicted nuisances: χ² is quadratic in their error.
fn profile_of_${component.id}(q: Charges) -> Profile_${component.id} {
  let eta = predict_${component.id}(q);
  let y = amplitudes_${component.id}(eta);
  var p: Profile_${component.id};
  p.chi2 = smooth_${component.id}(q, eta);
  p.settled = allowed_${component.id}(eta);
//! if component.hasForm
  p.chi2 += quadratic_${component.id}(form_of_${component.id}(q), eta);
//! end
//! for term in component.terms
  {
//! for charge in term.charges
    let s_${charge.row} = y.${term.signal} * q.${charge.name};
//! end
    var sum = vec4f(0.0);
//! if term.unrolled
//! include unrolled-bins.wgsl
//! else
    var least = vec4f(1.0);
    for (var b = 0u; b < ${term.bins}u; b++) {
//! for word in term.words
      let w_${word} = bins[${term.first}u + b * ${term.stride}u + ${word}u];
//! end
      var u = vec4f(${term.offset});
//! for charge in term.charges
      u += ${charge.template} * s_${charge.row};
//! end
//! for background in term.backgrounds
      u += ${background.template} * y.${background.name};
//! end
      least = min(least, u);
      sum += ${term.count} * deviance(max(u, vec4f(-0.999)));
    }
    p.settled = p.settled & (least > vec4f(-0.998));
//! end
    p.chi2 += 2.0 * sum;
  }
//! end
  return p;
}
