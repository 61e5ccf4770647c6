// Component ${component.id}: ${component.title}. Poisson χ² = 2 Σ (μ − N − N ln(μ/N)) with norm nuisances
// η (θ + 1 for norms of the signal, θ otherwise), plus Gaussian terms that share them, plus priors.
// A bin holds, over N: its signal per charge, its backgrounds by amplitude, (B − N)/N, and N itself.
struct Profile_${component.id} {
  chi2: vec4f,
  settled: vec4<bool>,
}

//! include predict.wgsl
//! if component.hasForm
//! include form.wgsl
//! end

// What multiplies the rows of signals and backgrounds: Σ η, from 1 for a signal without a norm.
struct Amplitudes_${component.id} {
//! for amplitude in component.amplitudes
  ${amplitude.name}: vec4f,
//! end
}

fn amplitudes_${component.id}(eta: Vector_${component.size}) -> Amplitudes_${component.id} {
  var y: Amplitudes_${component.id};
//! for amplitude in component.amplitudes
  y.${amplitude.name} = vec4f(${amplitude.constant});
//! for j in amplitude.nuisances
  y.${amplitude.name} += eta.x_${j};
//! end
//! end
  return y;
}

// Whether every norm keeps its component positive, and every nuisance is within its bounds.
fn allowed_${component.id}(eta: Vector_${component.size}) -> vec4<bool> {
  let y = amplitudes_${component.id}(eta);
  var allowed = vec4<bool>(true);
//! for amplitude in component.amplitudes
  allowed = allowed & (y.${amplitude.name} > vec4f(${amplitude.least}));
//! end
//! for bound in component.bounds
  allowed = allowed & (eta.x_${bound.j} ${bound.relation} vec4f(${bound.value}));
//! end
  return allowed;
}

// Priors (θ/σ)² and the bins without events, whose χ² is 2μ.
fn smooth_${component.id}(q: Charges, eta: Vector_${component.size}) -> vec4f {
  let y = amplitudes_${component.id}(eta);
  var value = vec4f(0.0);
//! for prior in component.priors
  {
    let pull = (eta.x_${prior.j} + ${prior.origin}) * ${prior.inverse};
    value += pull * pull;
  }
//! end
//! for empty in component.empty
  value += 2.0 * ${empty.coefficient} * (${empty.factor});
//! end
  return value;
}
//! if component.hasForm

fn quadratic_${component.id}(form: Form_${component.id}, eta: Vector_${component.size}) -> vec4f {
  var value = form.c;
//! for j in component.range
  value -= 2.0 * form.b.x_${j} * eta.x_${j};
//! end
//! for entry in component.lower
  value += ${entry.weight} * form.a.a_${entry.i}_${entry.j} * (eta.x_${entry.i} * eta.x_${entry.j});
//! end
  return value;
}
//! end

//! if component.isPredicted
//! include predicted.wgsl
//! else
//! include newton.wgsl
//! end
