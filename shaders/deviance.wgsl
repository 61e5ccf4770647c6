// u − ln(1 + u) ≥ 0 for u > −1, without cancellation near 0 and with no use of `log`, whose error
// may be 2⁻²¹ and of one sign: over thousands of events that would be seen.
//
// 1 + u = 2^e (1 + f) with |f| < 0.42, and f − ln(1 + f) = f² R(f), R fitted at Chebyshev points to
// 3e-9 / f². What rounding 1 + u loses comes back through u − f.
fn deviance(u: vec4f) -> vec4f {
  let m = bitcast<vec4i>(1.0 + u);
  let e = (m - vec4i(0x3f3504f3)) >> vec4u(23);
  let f = bitcast<vec4f>(m - (e << vec4u(23))) - 1.0;
  var r = f * 0.07673641294240952 - 0.12722672522068024;
  r = r * f + 0.13127554953098297;
  r = r * f - 0.14204855263233185;
  r = r * f + 0.16626645624637604;
  r = r * f - 0.20001234114170074;
  r = r * f + 0.2500078082084656;
  r = r * f - 0.3333333134651184;
  r = r * f + 0.4999999701976776;
  return (u - f) + f * (f * r) - vec4f(e) * 0.6931471805599453;
}
