// Constants of the problem, and the points: values along each axis of a grid, or columns of a list.
@group(0) @binding(1) var<uniform> tables: array<vec4f, ${tables}>;
@group(0) @binding(3) var<storage, read> points: array<f32>;

// Four points' parameters, in the units of the registry.
struct Parameters {
//! for parameter in parameters
  ${parameter.name}: vec4f,
//! end
}
