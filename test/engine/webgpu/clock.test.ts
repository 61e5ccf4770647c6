import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeviceClock } from "../../../src/engine/webgpu/clock.js";

describe("DeviceClock", () => {
  it("counts time in which several flights were at work once", () => {
    const span = fc.tuple(fc.nat(40), fc.nat(20));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
        const clock = new DeviceClock();
        const busy = new Set<number>();
        let begin = 0;
        for (const [later, length] of spans) {
          begin += later;
          clock.add(BigInt(begin), BigInt(begin + length));
          for (let ns = begin; ns < begin + length; ns++) busy.add(ns);
        }
        expect(clock.seconds).toBeCloseTo(busy.size / 1e9, 15);
      }),
    );
  });

  it("takes no time from a clock that stands still or runs backwards", () => {
    const clock = new DeviceClock();
    clock.add(10n, 10n);
    clock.add(20n, 15n);
    expect(clock.seconds).toBe(0);
  });
});
