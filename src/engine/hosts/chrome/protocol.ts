import type { TabulatedLikelihood } from "../../../tables/table.js";
import type { Failure } from "../../../threads/failure.js";
import type { EngineProblem } from "../../engine.js";
import type { AdapterFacts } from "../../webgpu/host.js";

/** What `--adapter` may name for engines in Chrome; lavapipe serves WebGL only. */
export const CHROME_ADAPTERS = ["auto", "hardware", "swiftshader", "lavapipe"] as const;
export type ChromeAdapter = (typeof CHROME_ADAPTERS)[number];

/** The engines that can run in the page. */
export type PageEngine = "webgpu" | "gpujs";

/** What the page is to prepare itself for. */
export interface Order {
  readonly engine: PageEngine;
  readonly adapter: ChromeAdapter;
  readonly browser: string;
  readonly shaders: Readonly<Record<string, string>>;
  /** WebAssembly that the page cannot read, by path. */
  readonly kernels: Readonly<Record<string, Uint8Array>>;
  readonly mode?: string;
  /** Profile tables of the problem. */
  readonly tables?: TabulatedLikelihood;
  /** Whether the device's clock runs along. */
  readonly timed?: boolean;
  /** Of the largest dispatch of the WebGPU engine. */
  readonly halvings?: number;
  /** Absent: only look whether the engine would work. */
  readonly problem?: EngineProblem;
}

/** What came of it. */
export interface Opened {
  readonly adapter: AdapterFacts;
  /** By name, as WebGPU or WebGL calls them. */
  readonly limits: Readonly<Record<string, number>>;
  readonly features: readonly string[];
  readonly device: string;
  readonly mode: string;
  readonly notes: readonly string[];
}

/** A method of the page's service, to be run there. */
export interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

/** The page has lost its device, and can do nothing more. */
export interface Loss {
  readonly lost: string;
}

/** How long the server holds a page's question for calls; each one is a sign of life. */
export const HOLD_MS = 1000;
