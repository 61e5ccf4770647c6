// Points of a list: `points` holds column after column, each 4 × run.stride values long.
fn parameters_at(group: u32, place: Place) -> Parameters {
  var p: Parameters;
//! for parameter in fixedParameters
  p.${parameter.name} = vec4f(${parameter.base});
//! end
//! for column in columns
  {
    let first = 4u * (${column.index}u * run.stride + group);
    p.${column.parameter} = vec4f(points[first], points[first + 1u], points[first + 2u], points[first + 3u]);
  }
//! end
  return p;
}
