import { writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What is to happen to the devices of a program; numbers count what it submits to all of them. */
export interface DeviceFault {
  /** Every device is destroyed after so many submissions of its own. */
  readonly destroyedAfter?: number;
  /** From this one on, every submission destroys its device. */
  readonly hopelessFrom?: number;
  /** Dispatches of rows of the grid from this one on never end. */
  readonly endlessFrom?: number;
  /** There is no adapter for any. */
  readonly noAdapter?: boolean;
}

/**
 * A module that a program loads first (`node --import`), and by which its devices of Dawn really are
 * destroyed, or really hang.
 * @returns the environment that loads it
 */
export function withFault(file: string, fault: DeviceFault): Record<string, string> {
  const dawn = pathToFileURL(fileURLToPath(import.meta.resolve("webgpu"))).href;
  const { destroyedAfter, hopelessFrom, endlessFrom, noAdapter = false } = fault;
  writeFileSync(
    file,
    `import { globals } from ${JSON.stringify(dawn)};
let all = 0;
const { requestDevice } = globals.GPUAdapter.prototype;
globals.GPUAdapter.prototype.requestDevice = async function (descriptor) {
  const device = await requestDevice.call(this, descriptor);
  const { queue } = device;
  const submit = queue.submit.bind(queue);
  let own = 0;
  queue.submit = (buffers) => {
    submit(buffers);
    all++;
    own++;
    if (own === ${destroyedAfter ?? "undefined"} || all >= ${hopelessFrom ?? "Infinity"}) device.destroy();
  };
  Object.defineProperty(device, "queue", { value: queue });
  const create = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) => {
    const start = "let group = id.x;";
    const endless = start + " if (run.first_row >= ${endlessFrom ?? 0}u) { loop { if (atomicLoad(&status.written) == 4294967295u) { break; } } }";
    const code = ${endlessFrom !== undefined} ? descriptor.code.replace(start, endless) : descriptor.code;
    return create({ ...descriptor, code });
  };
  return device;
};
if (${noAdapter}) globals.GPU.prototype.requestAdapter = async () => null;
`,
  );
  return { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` };
}
