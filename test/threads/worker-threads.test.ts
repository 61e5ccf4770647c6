import { expect, it } from "vitest";
import { EnvironmentError } from "../../src/errors.js";
import { workerFile } from "../../src/threads/worker-threads.js";

it("finds the built worker of a room, and says what to do where there is none", () => {
  for (const room of ["engine/cpu", "tables", "toys"]) {
    expect(workerFile(room).pathname).toMatch(new RegExp(`/dist/${room}/worker\\.js$`));
  }
  expect(() => workerFile("physics")).toThrow(EnvironmentError);
  expect(() => workerFile("physics")).toThrow(/npm run build/);
});
