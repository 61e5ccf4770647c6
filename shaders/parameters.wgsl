// The points: values along each axis of a grid, or columns of a list; and four points' parameters, in
// the units of the registry, of those that vary.
@group(0) @binding(2) var<storage, read> points: array<f32>;

struct Parameters {
//! for parameter in varied
  ${parameter.name}: vec4f,
//! end
  // Whether float32 tells where the parts of an amplitude cancel.
  settled: vec4<bool>,
}
