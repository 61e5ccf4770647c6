// Squared weak charges of L24 eq. (12), each in units of its Standard Model value:
//   q = s s_ℓ [ (A_ℓℓ² + Σ_{ℓ'≠ℓ} A_ℓℓ'²) / Q_SM² ]^{x/2},
// A_ℓℓ = (1/2 − 2 sin²θ_W) Z − N/2 + (2Z + N) ε^u_ℓℓ + (Z + 2N) ε^d_ℓℓ, and A_ℓℓ' its NSI part alone.
struct Charges {
//! for charge in charges
  ${charge.name}: vec4f,
//! end
  settled: vec4<bool>,
}

// Amplitudes, in units of the Standard Model's, that may be the small sum of parts this large: beyond,
// float32 does not tell where they cancel.
const LARGEST_PART = 100.0f;

fn squared_charges(p: Parameters) -> Charges {
  var q: Charges;
  var largest = vec4f(0.0);
//! for charge in charges
  {
    let up = array(p.${charge.diagonal}_u, p.${charge.first}_u, p.${charge.second}_u);
    let down = array(p.${charge.diagonal}_d, p.${charge.first}_d, p.${charge.second}_d);
    let diagonal = (${charge.constant} + ${charge.mixing} * p.sin2_theta_w)
      + (${charge.up} * up[0] + ${charge.down} * down[0]);
    let first = ${charge.up} * up[1] + ${charge.down} * down[1];
    let second = ${charge.up} * up[2] + ${charge.down} * down[2];
    let parts = max(max(abs(up[0]), abs(up[1])), abs(up[2])) * ${charge.up}
      + max(max(abs(down[0]), abs(down[1])), abs(down[2])) * ${charge.down};
    let squared = diagonal * diagonal + (first * first + second * second);
//! if isQuadratic
    let power = squared;
//! else
    let power = select(pow(max(squared, vec4f(1.0e-30)), vec4f(0.5) * p.exponent_x), vec4f(0.0), squared == vec4f(0.0));
//! end
    q.${charge.name} = p.sigma_scale * p.${charge.scale} * power;
    largest = max(largest, max(parts, q.${charge.name} * 1.0e-2));
  }
//! end
  q.settled = largest < vec4f(LARGEST_PART);
  return q;
}
