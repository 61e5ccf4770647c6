import { InputError } from "../../errors.js";

/**
 * The environment this program was started in. Dawn's host chooses its driver by changing
 * `process.env`; what other programs are started with must not depend on that.
 */
export const startEnvironment: Readonly<NodeJS.ProcessEnv> = { ...process.env };

/**
 * How long the user lets a device or browser go without an answer, ms: NSISCAN_PATIENCE, in seconds;
 * undefined leaves it to the host.
 * @throws InputError
 */
export function userPatience(): number | undefined {
  const { NSISCAN_PATIENCE: text } = process.env;
  if (text === undefined || text === "") return undefined;
  const seconds = Number(text);
  if (seconds > 0 && Number.isFinite(seconds)) return 1000 * seconds;
  const message = `NSISCAN_PATIENCE is "${text}"; give a number of seconds above 0, or unset it.`;
  throw new InputError("bad-patience", message, { patience: text });
}
