import { expect, it } from "vitest";
import { workerFile } from "../../src/engine/worker-threads.js";
import { EnvironmentError } from "../../src/errors.js";

it("finds the built worker of a room, and says what to do where there is none", () => {
  for (const room of ["engine/cpu", "toys"]) {
    expect(workerFile(room).pathname).toMatch(new RegExp(`/dist/${room}/worker\\.js$`));
  }
  expect(() => workerFile("physics")).toThrow(EnvironmentError);
  expect(() => workerFile("physics")).toThrow(/npm run build/);
});
