// Points of a list: `points` holds column after column, each 4 × run.stride values long.
fn parameters_at(group: u32, place: Place) -> Parameters {
  var p: Parameters;
  p.settled = vec4<bool>(true);
//! for parameter in varied
  {
    let first = 4u * (${parameter.index}u * run.stride + group);
    p.${parameter.name} = vec4f(points[first], points[first + 1u], points[first + 2u], points[first + 3u]);
    p.settled = p.settled & (abs(p.${parameter.name}) < vec4f(${parameter.largest}));
  }
//! end
  return p;
}
