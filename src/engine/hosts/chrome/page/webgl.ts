import { EnvironmentError } from "../../../../errors.js";
import type { AdapterFacts } from "../../../webgpu/host.js";
import type { Order } from "../protocol.js";

/** The little of WebGL 2 that is asked here; TypeScript's own is in its library for web pages. */
interface WebGl {
  readonly MAX_TEXTURE_SIZE: number;
  getExtension(name: string): { readonly UNMASKED_RENDERER_WEBGL: number } | null;
  getParameter(name: number): unknown;
}

declare const document: {
  createElement(name: "canvas"): { getContext(kind: "webgl2"): WebGl | null };
};

export interface WebGlFacts {
  readonly adapter: AdapterFacts;
  readonly limits: Readonly<Record<string, number>>;
}

/** What draws for WebGL 2 here. @throws EnvironmentError `no-adapter` */
export function webglFacts({ adapter: wanted, browser }: Order): WebGlFacts {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl?.getExtension("EXT_color_buffer_float")) {
    const lacks = gl ? "WebGL 2 without float textures" : "no WebGL 2";
    throw refusal(wanted, lacks);
  }
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer = names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : "unnamed";
  const software = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render/i.test(renderer);
  if (wanted === "hardware" && software) throw refusal(wanted, renderer);
  if (wanted === "lavapipe" && !/llvmpipe/i.test(renderer)) throw refusal(wanted, renderer);
  const kind = software ? "software adapter" : "GPU";
  const vendor = /^ANGLE \(([^,]*),/.exec(renderer)?.[1] ?? "";
  return {
    adapter: {
      description: `${renderer} (${kind}), WebGL 2 of ${browser}`,
      vendor,
      architecture: "",
      software,
    },
    limits: { MAX_TEXTURE_SIZE: Number(gl.getParameter(gl.MAX_TEXTURE_SIZE)) },
  };
}

function refusal(wanted: string, found: string): EnvironmentError {
  const message = `Chrome gives no WebGL 2 adapter that will do (asked for: ${wanted}; found: ${found}). Update the GPU's driver and the browser, or allow a software adapter with --adapter swiftshader; the engine "cpu" needs none.`;
  return new EnvironmentError("no-adapter", message, { wanted, found });
}
