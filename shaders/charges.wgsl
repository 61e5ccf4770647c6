// Squared weak charges of L24 eq. (12), each in units of its Standard Model value:
//   q = s s_ℓ [ (A_ℓℓ² + Σ_{ℓ'≠ℓ} A_ℓℓ'²) / Q_SM² ]^{x/2},
// A_ℓℓ = (1/2 − 2 sin²θ_W) Z − N/2 + (2Z + N) ε^u_ℓℓ + (Z + 2N) ε^d_ℓℓ, and A_ℓℓ' its NSI part alone.
// What the points do not vary is a number here.
struct Charges {
//! for charge in charges
  ${charge.name}: vec4f,
//! end
}

fn squared_charges(p: Parameters) -> Charges {
  var q: Charges;
//! for charge in charges
  {
    var squared = vec4f(${charge.constant});
//! for amplitude in charge.amplitudes
    {
      var a = vec4f(${amplitude.constant});
//! for term in amplitude.terms
      a += ${term.coefficient} * p.${term.parameter};
//! end
      squared += a * a;
    }
//! end
//! if charge.halfExponent
    squared = select(vec4f(0.0), pow(max(squared, vec4f(1.0e-30)), vec4f(${charge.halfExponent})), squared > vec4f(1.0e-30));
//! end
    q.${charge.name} = ${charge.scale} * squared;
//! for parameter in charge.scales
    q.${charge.name} *= p.${parameter};
//! end
  }
//! end
  return q;
}
