// The Gaussian terms of component ${component.id} at these charges: c − 2 b·η + ηᵀ A η, each entry a
// polynomial of second degree in the charges (compressed: no bins are left).
struct Form_${component.id} {
  c: vec4f,
//! if component.size
  b: Vector_${component.size},
  a: Symmetric_${component.size},
//! end
}

fn form_of_${component.id}(q: Charges) -> Form_${component.id} {
//! for monomial in component.monomials
  let ${monomial.name} = ${monomial.product};
//! end
  var form: Form_${component.id};
//! for entry in component.entries
  {
    var value = vec4f(${entry.constant});
//! for term in entry.terms
    value += ${term.coefficient} * ${term.monomial};
//! end
    form.${entry.name} = value;
  }
//! end
  return form;
}
