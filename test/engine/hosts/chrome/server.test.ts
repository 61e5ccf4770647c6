import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, Call, Loss } from "../../../../src/engine/hosts/chrome/protocol.js";
import { PageServer } from "../../../../src/engine/hosts/chrome/server.js";
import { decode, encode } from "../../../../src/engine/hosts/chrome/wire.js";

interface Reply {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: Buffer;
}

/** Asks for a path as it is written, which fetch would tidy up. */
function ask(
  base: string,
  path: string,
  method = "GET",
  options: { host?: string; body?: Uint8Array } = {},
) {
  const { hostname, port } = new URL(base);
  const headers = options.host === undefined ? {} : { host: options.host };
  return new Promise<Reply>((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const { statusCode: status = 0, headers: got } = response;
      resolve({ status, type: got["content-type"], body: Buffer.concat(chunks) });
    });
    asked.on("error", reject).end(options.body);
  });
}

describe("the page's server", () => {
  const messages: (Answer | Loss)[] = [];
  const server = new PageServer((message) => messages.push(message));
  let secret = "";
  beforeAll(async () => {
    await server.start();
    secret = new URL(server.url).pathname;
  });
  afterAll(() => server.close());

  it("listens on 127.0.0.1 only, below a path that nobody can guess", () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{48}\/$/);
  });

  it("serves the page and its scripts", async () => {
    const page = await ask(server.url, secret);
    expect(page).toMatchObject({ status: 200, type: "text/html" });
    const [, script] = /src="([^"]+)"/.exec(page.body.toString()) ?? [];
    expect(await ask(server.url, secret + script)).toMatchObject({
      status: 200,
      type: "text/javascript",
    });
  });

  it("serves nothing else, and nothing to others", async () => {
    const { host } = new URL(server.url);
    const other = secret.replace(/[0-9a-f]/g, (digit) => (digit === "0" ? "1" : "0"));
    for (const path of ["/", "/main.js", other, `${other}main.js`, `${secret}nothing.js`]) {
      expect((await ask(server.url, path)).status).toBe(404);
    }
    for (const path of [
      "../main.js",
      "../../package.json",
      "..%2f..%2fpackage.json",
      "constructor",
    ]) {
      expect((await ask(server.url, secret + path)).status).toBe(404);
    }
    expect((await ask(server.url, secret, "GET", { host })).status).toBe(200);
    // A name that somebody made point here.
    expect((await ask(server.url, secret, "GET", { host: "example.org" })).status).toBe(404);
    expect((await ask(server.url, `${other}next`, "POST")).status).toBe(404);
    expect((await ask(server.url, `${secret}next`)).status).toBe(404);
  });

  it("hands out calls in order, those that wait already and those that come while it is asked", async () => {
    const calls = (reply: Reply) => (decode(reply.body) as Call[]).map(({ id }) => id);
    for (const id of [1, 2]) server.send({ id, method: "evaluate", args: [] });
    expect(calls(await ask(server.url, `${secret}next`, "POST"))).toEqual([1, 2]);
    const asked = ask(server.url, `${secret}next`, "POST");
    setTimeout(() => server.send({ id: 3, method: "evaluate", args: [] }), 50);
    expect(calls(await asked)).toEqual([3]);
    expect(calls(await ask(server.url, `${secret}next`, "POST"))).toEqual([]);
  });

  it("takes answers, and each question as a sign of life", async () => {
    const value = Float64Array.from({ length: 100_000 }, (_, i) => Math.sqrt(i));
    const body = encode({ id: 7, value });
    const before = performance.now();
    expect((await ask(server.url, `${secret}message`, "POST", { body })).status).toBe(204);
    expect(messages.at(-1)).toEqual({ id: 7, value });
    expect(server.lastSign).toBeGreaterThanOrEqual(before);
  });
});
