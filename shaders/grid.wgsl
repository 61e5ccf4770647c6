// Points of a regular grid, generated from its axes: row-major, the last axis fastest. Only the
// values along each axis travel, one after the other in `points`.
fn parameters_at(group: u32, place: Place) -> Parameters {
  var p: Parameters;
  var rest = place.row;
//! for axis in slowAxes
  p.${axis.name} = vec4f(points[run.axes[${axis.index}].x + rest % run.axes[${axis.index}].y]);
  rest = rest / run.axes[${axis.index}].y;
//! end
  // Lanes beyond the end of the row repeat its last point: they are computed, and left out.
  let along = min(place.along, vec4u(run.length - 1u)) + run.axes[${lastAxis.index}].x;
  p.${lastAxis.name} = vec4f(points[along.x], points[along.y], points[along.z], points[along.w]);
  p.settled = vec4<bool>(true);
//! for parameter in varied
  p.settled = p.settled & (abs(p.${parameter.name}) < vec4f(${parameter.largest}));
//! end
  return p;
}
