import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import { createWebGpuEngine } from "../../../src/engine/webgpu/engine.js";
import { Gpu } from "../../../src/engine/webgpu/gpu.js";
import type { GpuHost } from "../../../src/engine/webgpu/host.js";
import { EnvironmentError } from "../../../src/errors.js";
import { pointwise } from "./pointwise.js";
import { realProblem } from "./real.js";

const axes = ["eps_ee_u", "eps_ee_d", "eps_mumu_u", "eps_mumu_d"].map((parameter) => ({
  parameter,
  from: -1,
  to: 1,
  points: 61,
}));

describe("a WebGPU engine in trouble", () => {
  it("says that its device was lost in mid-scan, and gives no numbers from then on", async () => {
    const host = await openDawn();
    const engine = await createWebGpuEngine(realProblem(), host);
    const onProgress = () => host.device.destroy();
    const scan = engine.profiles(axes, { onProgress });
    await expect(scan).rejects.toBeInstanceOf(EnvironmentError);
    await expect(scan).rejects.toMatchObject({ code: "device-lost" });
    const again = engine.evaluate({ kind: "grid", axes, start: 0, count: 9 });
    await expect(again).rejects.toMatchObject({ code: "device-lost" });
    await engine.close();
  });

  it("names file and line of a shader that does not compile", async () => {
    const host = await openDawn();
    const source = host.shaders["charges.wgsl"];
    const line = source.split("\n").findIndex((text) => text.includes("var q: Charges;")) + 1;
    const broken = source.replace("var q: Charges;", "var q: ;");
    expect(broken).not.toBe(source);
    const shaders = { ...host.shaders, "charges.wgsl": broken };
    const engine = await createWebGpuEngine(realProblem(), { ...host, shaders });
    const scan = engine.evaluate({ kind: "grid", axes, start: 0, count: 9 });
    await expect(scan).rejects.toBeInstanceOf(EnvironmentError);
    await expect(scan).rejects.toMatchObject({
      code: "shader-failed",
      message: expect.stringContaining(`shaders/charges.wgsl:${line}: `),
    });
    await engine.close();
  });

  it("tells when a device has not the memory", async () => {
    // lavapipe promises any amount; SwiftShader takes it from the machine, or refuses.
    const host = await openDawn({ adapter: "swiftshader" });
    const gpu = new Gpu(host);
    const buffers: GPUBuffer[] = [];
    const { maxBufferSize } = host.device.limits;
    const asked = gpu.guarded("Asking for too much", () => {
      const usage = GPUBufferUsage.STORAGE;
      for (let k = 0; k < 64; k++) buffers.push(gpu.buffer("huge", maxBufferSize - 7, usage));
    });
    await expect(asked).rejects.toBeInstanceOf(EnvironmentError);
    await expect(asked).rejects.toMatchObject({ code: "gpu-memory" });
    for (const buffer of buffers) buffer.destroy();
    const refused = gpu.guarded("Asking for more", () => {
      gpu.buffer("impossible", 2 * maxBufferSize, GPUBufferUsage.STORAGE);
    });
    await expect(refused).rejects.toMatchObject({ code: "gpu-refused" });
    await host.close();
  });

  it("finds no adapter where there is none, and says what to install", async () => {
    const empty = mkdtempSync(join(tmpdir(), "nsiscan-"));
    const { NSISCAN_CACHE } = process.env;
    process.env.NSISCAN_CACHE = empty;
    try {
      await expect(openDawn({ adapter: "lavapipe" })).rejects.toMatchObject({
        name: "EnvironmentError",
        code: "no-adapter",
        message: expect.stringContaining("scripts/install-lavapipe.sh"),
      });
    } finally {
      if (NSISCAN_CACHE === undefined) delete process.env.NSISCAN_CACHE;
      else process.env.NSISCAN_CACHE = NSISCAN_CACHE;
      rmSync(empty, { recursive: true });
    }
  });

  it("detects points that a kernel drops, or does twice", async () => {
    const faults: [string, string, string][] = [
      ["chi2.wgsl", "if (group < run.count)", "if (group < run.count && group != 5u)"],
      ["chi2.wgsl", "number_of(place.valid) +", "2u * number_of(place.valid) +"],
      ["reduce.wgsl", "quad < run.quads; quad++", "quad + 1u < run.quads; quad++"],
      ["reduce.wgsl", "chi2[first + b * cells]", "chi2[first]"],
    ];
    const { problem, tables } = pointwise();
    for (const [file, right, wrong] of faults) {
      const host = await openDawn();
      const source = host.shaders[file].replace(right, wrong);
      expect(source).not.toBe(host.shaders[file]);
      const faulty: GpuHost = { ...host, shaders: { ...host.shaders, [file]: source } };
      const engine = await createWebGpuEngine(problem, faulty, { mode: "tables", tables });
      await expect(engine.profiles(axes.slice(0, 3))).rejects.toMatchObject({
        code: "points-lost",
      });
      await engine.close();
    }
  });
});
