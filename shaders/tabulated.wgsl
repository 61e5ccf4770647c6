// Component ${component.id}: χ² from ${component.title}.
struct Profile_${component.id} {
  chi2: vec4f,
  settled: vec4<bool>,
}

fn sum_of_${component.id}(q: Point, factor: f32) -> f32 {
  var sum = 0.0;
//! for table in component.tables
  sum += table_${table.id}(q, factor);
//! end
  return sum;
}

//! if component.scale
//! include table-scale.wgsl
//! end

fn profile_of_${component.id}(q: Charges) -> Profile_${component.id} {
  var p: Profile_${component.id};
  p.settled = vec4<bool>(true);
//! for table in component.tables
  p.settled = p.settled & table_${table.id}_reaches(q, ${component.farthest});
//! end
  for (var lane = 0u; lane < rounds(); lane++) {
//! if component.scale
    p.chi2[lane] = least_of_${component.id}(point_of(q, lane));
//! else
    p.chi2[lane] = sum_of_${component.id}(point_of(q, lane), 1.0);
//! end
  }
  return p;
}
