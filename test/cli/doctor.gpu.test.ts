import { describe, expect, it } from "vitest";
import type { EngineReport } from "../../src/engine/doctor.js";
import { nsiscan } from "./nsiscan.js";

const engines = (stdout: string): Record<string, EngineReport> => {
  const { engines: reports } = JSON.parse(stdout) as { engines: EngineReport[] };
  return Object.fromEntries(reports.map((report) => [report.engine, report]));
};

describe("nsiscan doctor", () => {
  it("reports every engine and adapter, with limits, and names software as such", () => {
    const { status, stdout } = nsiscan(["doctor", "--json"]);
    expect(status).toBe(0);
    const found = engines(stdout);
    expect(Object.keys(found)).toEqual(["cpu", "webgpu-dawn", "webgpu-chrome", "gpujs"]);
    expect(found.cpu.works).toBe(true);
    const software = found["webgpu-chrome"].adapters.find(({ asked }) => asked === "swiftshader");
    expect(software).toMatchObject({
      works: true,
      adapter: {
        software: true,
        description: expect.stringMatching(/software adapter.*Chrome \d+/),
      },
      limits: { maxComputeInvocationsPerWorkgroup: expect.any(Number) },
    });
  });

  it("says how to get what is missing, and that is no failure", () => {
    const { status, stdout } = nsiscan(["doctor", "--json"], { NSISCAN_CHROME: "/no/browser" });
    expect(status).toBe(0);
    const found = engines(stdout);
    for (const engine of ["webgpu-chrome", "gpujs"]) {
      expect(found[engine].works).toBe(false);
      const software = found[engine].adapters.find(({ asked }) => asked === "swiftshader");
      expect(software).toMatchObject({
        code: "no-browser",
        remedy: expect.stringMatching(/setup\.sh/),
      });
    }
  });

  it("is what a missing engine ends in: one paragraph and exit status 3", () => {
    const args = ["evaluate", "-", "--engine", "webgpu-chrome"];
    const points = "eps_ee_u\n0\n";
    const { status, stderr, stdout } = nsiscan(
      args,
      { NSISCAN_CHROME: "/no/browser" },
      { input: points },
    );
    expect(status).toBe(3);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/^nsiscan: There is no browser at \/no\/browser/);
  });

  it("evaluates in the browser what the CPU evaluates", () => {
    const points = "eps_ee_u,eps_ee_d\n0,0\n0.1,-0.05\n-0.3,0.2\n";
    const rows = ["cpu", "webgpu-chrome", "gpujs"].map((engine) => {
      const { status, stdout } = nsiscan(
        ["evaluate", "-", "--engine", engine],
        {},
        { input: points },
      );
      expect(status).toBe(0);
      return stdout
        .trim()
        .split("\n")
        .slice(1)
        .flatMap((line) => line.split(",").map(Number));
    });
    for (const other of rows.slice(1)) {
      expect(other.length).toBe(rows[0].length);
      other.forEach((value, i) => {
        expect(Math.abs(value - rows[0][i])).toBeLessThan(1e-3);
      });
    }
  });
});
