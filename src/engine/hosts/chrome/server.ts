import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { EnvironmentError } from "../../../errors.js";
import { type Answer, type Call, HOLD_MS, type Loss } from "./protocol.js";
import { decode, encode } from "./wire.js";

const PAGE = `<!doctype html>
<meta charset="utf-8">
<title>nsiscan</title>
<script type="module" src="main.js"></script>
`;

/**
 * Serves the page and its scripts, nothing else, on a port of 127.0.0.1 that the system picks, below
 * a secret path. The page asks here for calls and brings their answers, so that arrays travel as
 * bytes.
 */
export class PageServer {
  /** When the page last showed that it lives; 0 before it did. */
  lastSign = 0;
  readonly #token = randomBytes(24).toString("hex");
  readonly #scripts = pageScripts();
  readonly #server: Server;
  readonly #calls: Call[] = [];
  #waiting: (() => void) | undefined;

  constructor(readonly onMessage: (message: Answer | Loss) => void) {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    this.#server.unref();
  }

  get url(): string {
    return `http://${this.#host()}/${this.#token}/`;
  }

  send(call: Call): void {
    this.#calls.push(call);
    this.#waiting?.();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const secret = `/${this.#token}/`;
    const { method, url = "", headers } = request;
    const name = url.slice(secret.length);
    if (headers.host !== this.#host() || !url.startsWith(secret)) respond(response, 404);
    else if (method === "POST" && name === "next") await this.#next(response);
    else if (method === "POST" && name === "message") {
      this.lastSign = performance.now();
      this.onMessage(decode(await bodyOf(request)) as Answer | Loss);
      respond(response, 204);
    } else if (method === "GET" && name === "") respond(response, 200, "text/html", PAGE);
    else if (method === "GET" && this.#scripts.has(name)) {
      respond(response, 200, "text/javascript", readFileSync(this.#scripts.get(name) as URL));
    } else respond(response, 404);
  }

  /** Answers with the calls at hand, or, after a while, with none. */
  async #next(response: ServerResponse): Promise<void> {
    this.lastSign = performance.now();
    if (this.#calls.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, HOLD_MS);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#waiting = undefined;
    }
    if (response.destroyed) return;
    respond(response, 200, "application/octet-stream", encode(this.#calls.splice(0)));
  }
}

function respond(response: ServerResponse, status: number, type = "", body?: string | Uint8Array) {
  response.writeHead(status, {
    ...(type && { "Content-Type": type }),
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The bundled scripts of the page by name; from the sources too it is the built ones that work. */
function pageScripts(): Map<string, URL> {
  const places = ["../../../browser/", "../../../../dist/browser/"];
  const folder = places
    .map((place) => new URL(place, import.meta.url))
    .find((url) => existsSync(new URL("main.js", url)));
  if (!folder) {
    const missing = fileURLToPath(new URL(places[0], import.meta.url));
    const message = `The browser's half of nsiscan is missing: ${missing}. Build it with "npm run build" in a checkout, or install nsiscan again.`;
    throw new EnvironmentError("page-missing", message, { folder: missing });
  }
  const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
  return new Map(names.map((name) => [name, new URL(name, folder)]));
}
