// The bins written out, their constants in the code: what software adapters do fastest. And hardly any
// logarithm: Σ N ln m, with m = μ/N and N in binary, is Σ 2^k ln Π m over the bins whose N has bit k.
// Products are kept short, so that they neither overflow nor gather rounding.
//! for product in term.products
    var m_${product.name} = vec4f(1.0);
//! end
//! for bin in term.unrolled
    {
      var u = vec4f(${bin.offset});
//! for row in bin.signals
      u += ${row.value} * s_${row.row};
//! end
//! for row in bin.backgrounds
      u += ${row.value} * y.${row.name};
//! end
//! if bin.products
      sum += ${bin.count} * u;
      let m = 1.0 + u;
//! for name in bin.products
      m_${name} *= m;
//! end
//! else
      sum += ${bin.count} * deviance(u);
//! end
    }
//! end
//! for product in term.products
    sum -= ${product.weight} * logarithm(m_${product.name});
    p.settled = p.settled & (m_${product.name} > vec4f(1.0e-34)) & (m_${product.name} < vec4f(1.0e34));
//! end
