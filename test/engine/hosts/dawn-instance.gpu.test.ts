import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const dawn = fileURLToPath(new URL("../../../dist/engine/hosts/dawn.js", import.meta.url));

/** In a process of its own: what goes wrong here is a crash. */
it("a device of Dawn that is closed may be garbage at any time, before or after its host", () => {
  const script = `
    const { openDawn } = await import(${JSON.stringify(dawn)});
    const rest = () => new Promise((resolve) => setTimeout(resolve, 20));
    const kept = [];
    for (let i = 0; i < 4; i++) {
      const host = await openDawn();
      kept.push(host.device);
      await host.close();
      gc();
      await rest();
    }
    kept.length = 0;
    gc();
    await rest();
    console.log("alive");
  `;
  const flags = ["--expose-gc", "--input-type=module", "--eval", script];
  const { status, signal, stdout } = spawnSync(process.execPath, flags, { encoding: "utf8" });
  expect({ status, signal, stdout }).toEqual({ status: 0, signal: null, stdout: "alive\n" });
});
