/** The page: asks the server for calls, runs them, and brings the answers. */
import { packError } from "../../../../threads/failure.js";
import type { Answer, Call, Loss } from "../protocol.js";
import { decode, encode } from "../wire.js";
import { PageService } from "./service.js";

/** After a failure, the news of a lost device may still be on its way. */
const LOSS_MS = 200;

async function post(message: Answer | Loss): Promise<void> {
  await fetch("message", { method: "POST", body: encode(message) });
}

let isLost = false;
const service = new PageService((lost) => {
  isLost = true;
  void post({ lost });
});

async function run({ id, method, args }: Call): Promise<void> {
  let answer: Answer;
  try {
    const work = service[method as keyof PageService] as (...args: unknown[]) => Promise<unknown>;
    answer = { id, value: await work.apply(service, [...args]) };
  } catch (error) {
    answer = { id, failure: packError(error) };
    await new Promise((resolve) => setTimeout(resolve, LOSS_MS));
  }
  // What a lost device gave is worth nothing, be it a number or an error.
  if (!isLost) await post(answer);
}

// For the browser's console, and for tests that pull the device away.
Object.assign(globalThis, { nsiscan: service });

for (;;) {
  const response = await fetch("next", { method: "POST" });
  const calls = decode(new Uint8Array(await response.arrayBuffer())) as Call[];
  for (const call of calls) void run(call);
}
