import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { openDawn } from "../../../src/engine/hosts/dawn.js";
import {
  createDawnEngine,
  type DawnEngine,
  type DawnOptions,
} from "../../../src/engine/hosts/dawn-engine.js";
import type { GpuHost } from "../../../src/engine/webgpu/host.js";
import { EnvironmentError } from "../../../src/errors.js";
import { syntheticProblem } from "../problem.js";
import { pointwise } from "../webgpu/pointwise.js";

const { problem, tables } = pointwise();
const axes = [
  { parameter: "eps_ee_d", from: -1, to: 1, points: 60 },
  { parameter: "eps_mumu_u", from: -1, to: 1, points: 70 },
  { parameter: "eps_emu_d", from: -1, to: 1, points: 80 },
];
const count = 60 * 70 * 80;
const grid = { kind: "grid", axes, start: 0, count } as const;

describe("Dawn's device", () => {
  let engine: DawnEngine | undefined;
  /** Every device that was opened for the engine. */
  let hosts: GpuHost[];
  let expected: { chi2: Float64Array; profiles: unknown };

  /** @param spoil what to do to each device before it is used */
  const create = async (
    spoil: (host: GpuHost) => GpuHost | undefined = () => undefined,
    { adapter = "auto", mode = "tables" }: DawnOptions = {},
  ) => {
    hosts = [];
    engine = await createDawnEngine(mode === "counts" ? syntheticProblem : problem, {
      mode,
      tables,
      open: async () => {
        const host = await openDawn({ adapter });
        hosts.push(host);
        return spoil(host) ?? host;
      },
    });
    return engine;
  };

  beforeAll(async () => {
    const undisturbed = await create();
    expected = {
      chi2: await undisturbed.evaluate(grid),
      profiles: await undisturbed.profiles(axes),
    };
    expect(undisturbed.restarts).toBe(0);
    await undisturbed.close();
  });

  afterEach(async () => {
    await engine?.close();
    engine = undefined;
  });

  it("lost in mid-run is replaced, no point is lost or done twice, and no number changes", async () => {
    const working = await create();
    const works = [
      async (onProgress: (done: number) => void) =>
        expect(await working.evaluate(grid, { onProgress })).toEqual(expected.chi2),
      async (onProgress: (done: number) => void) => {
        const profiles = await working.profiles(axes, { onProgress });
        expect(profiles.points).toBe(count);
        expect(profiles).toEqual(expected.profiles);
      },
    ];
    for (const [round, work] of works.entries()) {
      const told: number[] = [];
      await work((done) => {
        told.push(done);
        if (told.length === 1 && done < count) hosts[round].device.destroy();
      });
      expect(working.restarts).toBe(round + 1);
      expect(hosts).toHaveLength(round + 2);
      expect(told[0]).toBeLessThan(count);
      expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
      expect(told.at(-1)).toBe(count);
    }
  });

  it("lost between two calls is replaced", async () => {
    const working = await create();
    hosts[0].device.destroy();
    await hosts[0].device.lost;
    expect(await working.evaluate(grid)).toEqual(expected.chi2);
    expect(working.restarts).toBe(1);
  });

  it("lost again and again ends the run with a clear error", async () => {
    const working = await create((host) => {
      // Amid its work: set-up and compilation wait less often.
      let waits = 0;
      const wait: GpuHost["wait"] = (promise) => {
        if (++waits === 30) host.device.destroy();
        return host.wait(promise);
      };
      return { ...host, wait };
    });
    const endless = axes.map((axis) => ({ ...axis, points: 2000 }));
    const failure = await working.profiles(endless).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EnvironmentError);
    expect(failure).toMatchObject({
      code: "device-lost",
      exitStatus: 3,
      message: expect.stringMatching(/lost 4 times in a row.*--engine cpu/),
    });
    expect(hosts).toHaveLength(4);
    await expect(working.evaluate(grid)).rejects.toBe(failure);
  });

  it("of another adapter does not take the place of a lost one", async () => {
    const working = await create((host) => {
      if (hosts.length === 1) return undefined;
      return { ...host, adapter: { ...host.adapter, description: "another" } };
    });
    hosts[0].device.destroy();
    await expect(working.evaluate(grid)).rejects.toMatchObject({
      code: "device-lost",
      message: expect.stringMatching(/in place of .* there is now another/),
    });
  });

  /** A device with room for small buffers only: for others it is asked for more than it ever gives. */
  const crowded = (most: number) => (host: GpuHost) => {
    const { device } = host;
    const create = device.createBuffer.bind(device);
    device.createBuffer = (descriptor) => {
      const size = descriptor.size > most ? device.limits.maxBufferSize - 4 : descriptor.size;
      return create({ ...descriptor, size });
    };
    return undefined;
  };

  it("short of memory gets smaller dispatches, and no number changes", async () => {
    const options = { adapter: "swiftshader", mode: "counts" } as const;
    const few = { ...grid, count: 40_000 };
    const roomy = await create(undefined, options);
    const counted = await roomy.evaluate(few);
    expect(roomy.restarts).toBe(0);
    await roomy.close();
    const working = await create(crowded(1 << 19), options);
    const told: number[] = [];
    const onProgress = (done: number) => told.push(done);
    expect(await working.evaluate(few, { onProgress })).toEqual(counted);
    // Dispatches of 16 MiB, and what is read back with them, halved until they fit.
    const { restarts } = working;
    expect(restarts).toBeGreaterThan(1);
    expect(told.at(-1)).toBe(40_000);
    expect(await working.reduce(axes, { start: 7, count: 9000 })).toMatchObject({ points: 9000 });
    expect(working.restarts).toBe(restarts);
  });

  it("without memory for anything ends the run with a clear error", async () => {
    const working = await create(crowded(4096), { adapter: "swiftshader", mode: "counts" });
    const failure = await working.evaluate(grid).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EnvironmentError);
    expect(failure).toMatchObject({
      code: "gpu-memory",
      exitStatus: 3,
      message: expect.stringMatching(/ran out of memory on .*SwiftShader.*Close what else/),
    });
  });

  it("closed while at work ends the work, and the engine", async () => {
    const working = await create();
    const endless = axes.map((axis) => ({ ...axis, points: 2000 }));
    let began = () => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const aborted = new AbortController();
    const running = working.profiles(endless, { onProgress: began, signal: aborted.signal });
    await begun;
    aborted.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    await working.close();
    expect(working.restarts).toBe(0);
    await expect(working.evaluate(grid)).rejects.toThrow("closed");
  });
});
