import { Flight } from "./flight.js";
import type { Gpu } from "./gpu.js";
import type { Run } from "./run.js";
import { range } from "./wgsl.js";

/** Vectors of four in registers, and how often each is multiplied and added to in the loop's body. */
const CHAINS = 2;
const STEPS = 32;
const INVOCATIONS = 1 << 20;
/** Operations of all invocations in one turn of the loop. */
const OPERATIONS = INVOCATIONS * CHAINS * STEPS * 4 * 2;

/** A measurement is good when it took so long; the best of so many counts. */
const ENOUGH_S = 0.1;
const TRIALS = 3;
const GROWTH = 16;

/** A fixed point far from overflow: x = 0.75 x + 0.25. */
const CONSTANTS = Float32Array.of(0.75, 0.25);

const NO_GRID: Omit<Run, "count"> = {
  firstRow: 0,
  firstQuad: 0,
  quads: 1,
  length: 1,
  stride: 1,
  block: 1,
  blocks: 0,
  beginRow: 0,
  begin: 0,
  endRow: 0,
  end: 0,
  axes: [],
};

/**
 * The most float32 operations per second that the device shows: multiplications and additions of
 * numbers in registers (shaders/peak.wgsl), by its own clock where it has one.
 */
export async function measurePeak(gpu: Gpu): Promise<number> {
  const layout = gpu.layout();
  const scope = { chains: range(CHAINS), steps: range(STEPS) };
  const [pipeline] = await gpu.pipelines("peak.wgsl", scope, layout, ["main"]);
  const bins = gpu.buffer("bins", 16, GPUBufferUsage.STORAGE);
  const flight = new Flight(gpu, layout, { bins });
  const passes = [{ pipeline, invocations: INVOCATIONS }];
  const time = async (count: number): Promise<number> => {
    const before = gpu.clock?.seconds;
    const begun = performance.now();
    const read = { role: "results", bytes: 16 } as const;
    await flight.fly({ ...NO_GRID, count }, CONSTANTS, passes, read, { results: 16 });
    if (gpu.clock && before !== undefined) return gpu.clock.seconds - before;
    return (performance.now() - begun) / 1000;
  };
  try {
    let count = 1;
    let seconds = await time(count);
    while (seconds < ENOUGH_S) {
      count = Math.ceil(count * Math.min(GROWTH, (1.5 * ENOUGH_S) / Math.max(seconds, 1e-6)));
      seconds = await time(count);
    }
    for (let trial = 1; trial < TRIALS; trial++) seconds = Math.min(seconds, await time(count));
    return (count * OPERATIONS) / seconds;
  } finally {
    flight.destroy();
    bins.destroy();
  }
}
