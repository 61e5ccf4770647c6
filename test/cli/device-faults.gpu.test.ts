import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type DeviceFault, withFault } from "./device-fault.js";
import { LongScan } from "./long-scan.js";
import { nsiscan } from "./nsiscan.js";
import { resultBytes } from "./tree.js";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

describe("a scan on Dawn", () => {
  let scan: LongScan;
  beforeAll(() => {
    scan = new LongScan(14, ["--engine", "webgpu-dawn", "--mode", "exact"]);
    scan.complete();
  });
  afterAll(() => scan.remove());

  const hurt = (out: string, fault: DeviceFault, env: Record<string, string> = {}) =>
    nsiscan(scan.words(out), { ...withFault(scan.at("fault.mjs"), fault), ...env });

  /** A run that failed for want of a device: it says so, what is kept, and what continues it. */
  function goesOn(out: string, failed: ReturnType<typeof hurt>, words: RegExp): void {
    expect([failed.status, failed.stderr]).toEqual([3, expect.stringMatching(words)]);
    expect(failed.stdout).toBe("");
    const kept = scan.tilesIn(out).length;
    expect(kept).toBeGreaterThan(2);
    expect(kept).toBeLessThan(40);
    const [, command] = /Continue with: nsiscan (.*)\n$/.exec(failed.stderr) as RegExpExecArray;
    const again = nsiscan(command.split(" "), scan.env);
    expect([again.status, again.stderr]).toEqual([0, expect.anything()]);
    expect(again.stderr).toMatch(new RegExp(`^${kept} tiles .* are done already$`, "m"));
    scan.expectWhole(out);
  }

  it("that loses its device over and over gives the same bytes", () => {
    const { status, stderr } = hurt("lost", { destroyedAfter: 9 });
    expect([status, stderr]).toEqual([0, expect.anything()]);
    scan.expectWhole("lost");
  });

  it("whose devices are lost at once keeps what it has, and goes on where there are others", () => {
    const failed = hurt("hopeless", { hopelessFrom: 12 });
    goesOn("hopeless", failed, /The device was lost 4 times in a row/);
  });

  it("whose device never comes back ends, keeps what it has, and goes on elsewhere", () => {
    const failed = hurt("silent", { endlessFrom: 1500 }, { NSISCAN_PATIENCE: "20" });
    goesOn("silent", failed, /has not come back from a dispatch for 20 s/);
  });

  it("refuses a patience that is none", () => {
    const failed = hurt("patience", {}, { NSISCAN_PATIENCE: "long" });
    expect([failed.status, failed.stderr]).toEqual([2, expect.stringContaining('"long"')]);
  });
});

describe("a run that leaves the choice of the engine", () => {
  let begun: LongScan;
  let auto: LongScan;
  beforeAll(() => {
    begun = new LongScan(8, ["--engine", "webgpu-dawn", "--adapter", "swiftshader"]);
    begun.complete();
    auto = new LongScan(8, []);
  });
  afterAll(() => {
    begun.remove();
    auto.remove();
  });
  const chosenAnew = (out: string, ...more: string[]) => {
    const words = auto.words(out, ...more).map((word) => word.replace(auto.folder, begun.folder));
    return nsiscan(words, begun.env);
  };

  it("takes engine and adapter of the run that it continues", () => {
    expect(nsiscan(begun.words("half", "--shard", "1/2")).status).toBe(0);
    const again = chosenAnew("half", "--resume");
    expect([again.status, again.stderr]).toEqual([0, expect.stringContaining("SwiftShader")]);
    expect(again.stderr).toMatch(/^20 tiles .* are done already$/m);
    // The scan itself says what was asked for: here, no engine.
    const results = { ...resultBytes(begun.at("half")), "/scan.yaml": begun.whole["/scan.yaml"] };
    expect(Object.keys(results)).toEqual(Object.keys(begun.whole));
    const names = Object.keys(results) as (keyof typeof results)[];
    expect(names.filter((name) => results[name] !== begun.whole[name])).toEqual([]);
  });

  it("is told where that engine does not work, and what a named one differs in", () => {
    expect(nsiscan(begun.words("left", "--shard", "1/2")).status).toBe(0);
    const noDriver = withFault(begun.at("fault.mjs"), { noAdapter: true });
    const refused = nsiscan(begun.words("left", "--resume"), noDriver);
    expect(refused.status).toBe(3);
    expect(refused.stderr).toMatch(
      /begun by the engine webgpu-dawn \(SwiftShader.*no adapter.*Continue the run where/,
    );
    const other = chosenAnew("left", "--resume", "--engine", "cpu");
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('engine: "cpu" here, "webgpu-dawn" in the journal');
  });

  it.each([
    [["--engine", "cpu"], 'engine: "webgpu-dawn" here, "cpu" in the journal'],
    [["--engine", "webgpu-dawn"], /device: "SwiftShader.*" here, ".*" in the journal/],
  ])("on other machines may take %j: merge refuses such shards and says why", (other, words) => {
    const [here, there] = [`here-${other[1]}`, `there-${other[1]}`];
    expect(nsiscan(begun.words(here, "--shard", "1/2")).status).toBe(0);
    const { status, stderr } = chosenAnew(there, "--shard", "2/2", ...other);
    expect([status, stderr]).toEqual([0, expect.anything()]);
    // Where SwiftShader is the only adapter, there is no other device.
    if (stderr.includes("(SwiftShader")) return;
    const merged = nsiscan(["merge", begun.at(here), begun.at(there)]);
    expect([merged.status, merged.stderr]).toEqual([2, expect.stringMatching(words)]);
  });
});
