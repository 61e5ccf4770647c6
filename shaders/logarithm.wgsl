// f − ln(1 + f) = f² R(f) for 1 + f between √½ and √2, R fitted at Chebyshev points to 3e-9/f². The
// built-in `log` may be wrong by 2⁻²¹, always to the same side: over thousands of events that is seen.
fn curvature_of_log(f: vec4f) -> vec4f {
  var r = f * 0.07673641294240952 - 0.12722672522068024;
  r = r * f + 0.13127554953098297;
  r = r * f - 0.14204855263233185;
  r = r * f + 0.16626645624637604;
  r = r * f - 0.20001234114170074;
  r = r * f + 0.2500078082084656;
  r = r * f - 0.3333333134651184;
  return r * f + 0.4999999701976776;
}

// A positive number as 2^exponent (1 + fraction).
struct Split {
  exponent: vec4f,
  fraction: vec4f,
}

fn split(x: vec4f) -> Split {
  let bits = bitcast<vec4i>(x);
  let e = (bits - vec4i(0x3f3504f3)) >> vec4u(23);
  return Split(vec4f(e), bitcast<vec4f>(bits - (e << vec4u(23))) - 1.0);
}

// ln x for x > 0; ln 2 in two parts, the first of few bits.
fn logarithm(x: vec4f) -> vec4f {
  let m = split(x);
  let f = m.fraction;
  return m.exponent * 0.693359375 + (f - f * (f * curvature_of_log(f)) - m.exponent * 2.12194440e-4);
}
