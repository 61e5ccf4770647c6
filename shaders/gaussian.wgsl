// Component ${component.id}: ${component.title}. Gaussian, so exact algebra, whatever the number of bins:
// the minimum over η is χ² = c − bᵀ A⁻¹ b. Norms of the signal count from −1, so that no entry of b and
// A is the small difference of large ones.
struct Profile_${component.id} {
  chi2: vec4f,
  settled: vec4<bool>,
}

//! include form.wgsl

fn profile_of_${component.id}(q: Charges) -> Profile_${component.id} {
  let form = form_of_${component.id}(q);
  var p: Profile_${component.id};
//! if component.size
  let s = solve_${component.size}(form.a, form.b);
  p.chi2 = form.c - s.norm;
  p.settled = s.settled;
//! for bound in component.bounds
  p.settled = p.settled & (s.x.x_${bound.j} ${bound.relation} vec4f(${bound.value}));
//! end
//! else
  p.chi2 = form.c;
  p.settled = vec4<bool>(true);
//! end
  return p;
}
