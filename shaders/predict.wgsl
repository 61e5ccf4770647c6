// Profiled nuisances of component ${component.id}, predicted: polynomials fitted to float64 profiles, in
// g_ℓ = v_ℓ/(1 + Σ v) of each flavour, v_ℓ its signal in units of the reference. η = θ, or θ + 1 for
// norms of the signal, which vanish like 1/(1 + Σ v).
fn predict_${component.id}(q: Charges) -> Vector_${component.size} {
  var sum = vec4f(1.0);
//! for feature in component.features
  var v_${feature.index} = vec4f(0.0);
//! for term in feature.terms
  v_${feature.index} += ${term.coefficient} * q.${term.charge};
//! end
  sum += v_${feature.index};
//! end
  let rest = 1.0 / sum;
  // Chebyshev polynomials T_i(2g − 1).
//! for feature in component.features
  let t_${feature.index}_0 = vec4f(1.0);
  let t_${feature.index}_1 = 2.0 * (v_${feature.index} * rest) - 1.0;
  let twice_${feature.index} = 2.0 * t_${feature.index}_1;
//! for step in component.recursion
  let t_${feature.index}_${step.i} = twice_${feature.index} * t_${feature.index}_${step.last} - t_${feature.index}_${step.before};
//! end
//! end
//! for j in component.range
  var p_${j} = vec4f(0.0);
//! end
//! for function in component.basis
  {
    let value = ${function.product};
//! for term in function.terms
    p_${term.j} += ${term.coefficient} * value;
//! end
  }
//! end
  var eta: Vector_${component.size};
//! for j in component.vanishing
  eta.x_${j} = rest * p_${j};
//! end
//! for j in component.lasting
  eta.x_${j} = p_${j};
//! end
  return eta;
}
