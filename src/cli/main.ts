#!/usr/bin/env node
import { diskTrouble, EnvironmentError } from "../errors.js";
import { report } from "./report.js";
import { run } from "./run.js";

/** How long what was left over may take to end by itself. */
const LINGER_MS = 1000;

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`nsiscan … | head`) closes the pipe: no error of ours.
  const { code } = error;
  if (code === "EPIPE") process.exit(0);
  const { reason, remedy } = diskTrouble(error);
  const text = `Standard output cannot be written: ${reason}. ${remedy} or send the output elsewhere.`;
  process.exit(report(new EnvironmentError("cannot-write", text, { code })));
});
// Nobody reads what is said, but hours of work need not end for it.
process.stderr.on("error", () => {});

process.exitCode = await run(process.argv.slice(2));

// All is done. What keeps the process nevertheless is a device that never comes back from its work.
setInterval(() => {
  if (process.stdout.writableLength === 0) process.exit();
}, LINGER_MS).unref();
