import { InputError } from "../../errors.js";

/** What the kernels do not cover is refused, never done nearly right. */
export function cannot(what: string): InputError {
  const message = `The WebGPU engine cannot do this: ${what}. Use the engine "cpu".`;
  return new InputError("engine-cannot", message, { reason: what });
}
