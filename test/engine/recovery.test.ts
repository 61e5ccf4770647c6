import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type Life, Lives, type Loss } from "../../src/engine/recovery.js";
import { EnvironmentError } from "../../src/errors.js";

class Numbered implements Life {
  isClosed = false;

  constructor(
    readonly number: number,
    readonly device: string,
  ) {}

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

class Lost extends Error {}

/** Lives 1, 2, …; the device of each is as told. */
async function numbered(device: (life: number) => string = () => "same") {
  let opened = 0;
  return Lives.begin<Numbered>({
    what: "device",
    code: "device-lost",
    open: async () => new Numbered(++opened, device(opened)),
    lossOf: (error): Loss | undefined => (error instanceof Lost ? "lost" : undefined),
  });
}

describe("lives of what may be lost", () => {
  it("runs in the next life, from its beginning, what a lost one had", async () => {
    const lives = await numbered();
    const tried: number[] = [];
    const work = async ({ number }: Numbered) => {
      tried.push(number);
      if (number === 1) throw new Lost();
      return number;
    };
    expect(await lives.run(work)).toBe(2);
    expect(tried).toEqual([1, 2]);
    expect(lives.restarts).toBe(1);
  });

  it("throws what the work throws of itself, in the same life", async () => {
    const lives = await numbered();
    await expect(lives.run(() => Promise.reject(new RangeError("own")))).rejects.toThrow("own");
    expect(await lives.run(async ({ number }) => number)).toBe(1);
  });

  it("gives up where lives are lost one after the other", async () => {
    const lives = await numbered();
    const work = () => lives.run(() => Promise.reject(new Lost("driver gone")));
    await expect(work()).rejects.toThrow(EnvironmentError);
    await expect(work()).rejects.toThrow(/lost 4 times in a row, lastly: driver gone\./);
  });

  it("takes no other device in place of the first: its numbers are others", async () => {
    const lives = await numbered((life) => (life === 1 ? "first" : "other"));
    await expect(lives.run(() => Promise.reject(new Lost()))).rejects.toThrow(
      "in place of first there is now other",
    );
  });

  it("retires a life after the work in it, be it begun in the same breath", async () => {
    const lives = await numbered();
    const work = async (life: Numbered) => {
      await sleep(20);
      return { number: life.number, wasClosed: life.isClosed };
    };
    const running = lives.run(work);
    lives.retire(lives.current);
    expect(await running).toEqual({ number: 1, wasClosed: false });
    expect(await lives.run(work)).toEqual({ number: 2, wasClosed: false });
  });
});
