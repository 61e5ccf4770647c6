import { existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { vulkanDrivers } from "../vulkan.js";
import type { ChromeAdapter } from "./protocol.js";

/** A way to start the browser. */
export interface Start {
  readonly hardware: boolean;
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const COMMON = ["--enable-unsafe-webgpu", "--no-proxy-server"];

/** Linux: Vulkan without a window. Without a GPU the browser hangs on these. */
const LINUX_GPU = [
  "--enable-features=Vulkan",
  "--use-angle=vulkan",
  "--disable-vulkan-surface",
  "--ignore-gpu-blocklist",
];

/** Whether the kernel shows a GPU (elsewhere than on Linux the browser finds out by itself). */
function hasGpu(): boolean {
  if (process.platform !== "linux") return true;
  if (existsSync("/dev/nvidiactl")) return true;
  return existsSync("/dev/dri") && readdirSync("/dev/dri").some((name) => /^render/.test(name));
}

/** Ways to get the adapter, the best first; none where it cannot be had. */
export function startsFor(adapter: ChromeAdapter): Start[] {
  const gpu = hasGpu()
    ? [start(true, process.platform === "linux" ? [...COMMON, ...LINUX_GPU] : COMMON)]
    : [];
  const software = start(false, COMMON);
  if (adapter === "hardware") return gpu;
  if (adapter === "auto") return [...gpu, software];
  if (adapter === "swiftshader") return [software];
  const lavapipe = vulkanDrivers().find(({ name }) => name === "lavapipe");
  if (!lavapipe) return [];
  const icd = lavapipe.icd.join(":");
  const libraries = [...new Set(lavapipe.libraries.map(dirname))].join(":");
  return [
    start(false, COMMON, {
      VK_DRIVER_FILES: icd,
      VK_ICD_FILENAMES: icd,
      ...(libraries !== "" && { LD_LIBRARY_PATH: libraries }),
    }),
  ];
}

function start(
  hardware: boolean,
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Start {
  // Chrome's sandbox refuses to work for root; the page is our own, and no other is ever loaded.
  const root = process.platform === "linux" && process.getuid?.() === 0;
  return { hardware, flags: root ? ["--no-sandbox", ...flags] : flags, environment };
}
