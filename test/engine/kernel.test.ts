import { describe, expect, it } from "vitest";
import { kernelHash } from "../../src/engine/kernel.js";

const cpu = { name: "cpu", device: "2 worker threads, float64" };
const gpu = { name: "webgpu-dawn", device: "lavapipe" };

describe("what computes χ²", () => {
  it("is the same on any number of threads, another by engine, route and GPU", () => {
    expect(kernelHash(cpu, "newton")).toMatch(/^[0-9a-f]{64}$/);
    expect(kernelHash({ ...cpu, device: "1 thread, float64" }, "newton")).toBe(
      kernelHash(cpu, "newton"),
    );
    const others = [
      kernelHash(cpu, "newton"),
      kernelHash(cpu, "predicted"),
      kernelHash(cpu, undefined),
      kernelHash(gpu, "newton"),
      kernelHash({ ...gpu, device: "another" }, "newton"),
    ];
    expect(new Set(others).size).toBe(others.length);
  });
});
