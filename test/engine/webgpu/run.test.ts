import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { packRun, RUN_BYTES, STATUS_BYTES, unpackStatus } from "../../../src/engine/webgpu/run.js";

const source = ["run", "status"]
  .map((name) => readFileSync(`shaders/${name}.wgsl`, "utf8"))
  .join("\n");

/** Fields of a WGSL struct of u32 (and one array of vec4u), in order. */
function fields(name: string): string[] {
  const body = new RegExp(`struct ${name} \\{([^}]*)\\}`).exec(source)?.[1] ?? "";
  return [...body.matchAll(/^\s*(\w+): .*,$/gm)].map(([, field]) => field);
}

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

describe("what a dispatch is told", () => {
  it("lies where the shaders read it", () => {
    const names = fields("Run").map(camel);
    expect(names.pop()).toBe("axes");
    expect(names).toHaveLength(12); // so that `axes` starts at a multiple of 16 bytes
    const values = Object.fromEntries(names.map((name, i) => [name, 100 + i]));
    const axes = [
      [7, 8],
      [9, 10],
    ] as const;
    const packed = packRun({ ...values, axes } as unknown as Parameters<typeof packRun>[0]);
    expect(packed.byteLength).toBe(RUN_BYTES);
    expect([...packed.subarray(0, 12)]).toEqual(names.map((_, i) => 100 + i));
    expect([...packed.subarray(12, 20)]).toEqual([7, 8, 0, 0, 9, 10, 0, 0]);
    expect(source).toContain("axes: array<vec4u, 6>");
    expect(RUN_BYTES).toBe(48 + 6 * 16);
  });

  it("comes back as the shaders write it", () => {
    const names = fields("Status").map(camel);
    expect(STATUS_BYTES).toBe(4 * names.length);
    const words = Uint32Array.from(names, (_, i) => 50 + i);
    expect(unpackStatus(words)).toEqual(Object.fromEntries(names.map((name, i) => [name, 50 + i])));
  });
});
