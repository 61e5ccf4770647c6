import { describe, expect, it } from "vitest";
import { benchProblem } from "../../src/bench/problems.js";
import { readShaders } from "../../src/engine/hosts/shaders.js";
import { countsOperations } from "../../src/engine/webgpu/operations.js";
import { pointsScope } from "../../src/engine/webgpu/points-scope.js";
import { expand } from "../../src/engine/webgpu/template.js";
import { parameterIndex } from "../../src/model/parameters.js";
import { countOperations } from "./count-wgsl.js";

const shaders = readShaders();
const problem = benchProblem("liao-2024");
const names = ["eps_ee_d", "eps_emu_u", "sigma_scale_e"];

describe("operations per point", () => {
  it("of counts are those of the shader's text", () => {
    const rows = 7;
    const points = pointsScope(problem, "grid", names);
    const templates = [...problem.description.charges.keys()].map((c) => ({
      name: `q_${c}`,
      template: `w_${c >> 2}.${"xyzw"[c & 3]}`,
    }));
    const scope = { rows, stride: 3, words: [0, 1, 2], templates };
    const { code } = expand(shaders, "counts.wgsl", { ...scope, ...points });
    expect(countsOperations(scope, points)).toBe(countOperations(code));
  });

  it("count an exponent other than 2 as a power", () => {
    const base = problem.base.slice();
    base[parameterIndex("exponent_x")] = 1.5;
    const other = { ...problem, base };
    const scope = { rows: 0, templates: [] };
    const difference =
      countsOperations(scope, pointsScope(other, "grid", names)) -
      countsOperations(scope, pointsScope(problem, "grid", names));
    expect(difference).toBe(problem.description.charges.length);
  });
});

describe("countOperations", () => {
  it("knows floats from integers, loops and calls", () => {
    const code = `
      fn twice(x: f32) -> f32 { return x + x; } // a + b
      fn main() {
        let index = 4u * run.quads + 1u;
        var sum = vec4f(-1.0e-3);
        for (var b = 0u; b < 10u; b++) { sum += list[b + 1u] * twice(sum.x); }
        sum -= 1.0 / sqrt(-sum);
      }`;
    expect(countOperations(code)).toBe(10 * 3 + 3);
  });
});
