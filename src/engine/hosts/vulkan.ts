import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../tables/cache-folder.js";

/** A way to have Vulkan on Linux. */
export interface VulkanDriver {
  readonly name: "hardware" | "lavapipe" | "swiftshader";
  /** The driver's manifests; empty leaves the choice to the loader. */
  readonly icd: readonly string[];
  /** Shared libraries that the driver, or Dawn itself, would look for in vain. */
  readonly libraries: readonly string[];
}

/** Where manifests of the system's drivers lie. */
const MANIFESTS = ["/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/usr/share/vulkan/icd.d"];

/** Where browsers that bring SwiftShader along are installed. */
const BROWSERS = [
  "/usr/lib/chromium",
  "/usr/lib/chromium-browser",
  "/opt/google/chrome",
  "/opt/google/chrome-unstable",
  "/opt/microsoft/msedge",
];

/** Manifests that the user has chosen: read before {@link useDriver} overwrites them. */
const chosen = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES;

/** Every driver that seems to be here, the best first; none outside Linux, where Dawn needs none. */
export function vulkanDrivers(): VulkanDriver[] {
  const system = chosen ? chosen.split(":") : MANIFESTS.flatMap(manifestsIn);
  const isLavapipe = (path: string) => /lvp|lavapipe/.test(path);
  const lavapipe = join(cacheFolder(), "lavapipe");
  const drivers: VulkanDriver[] = [];
  const hardware = system.filter((path) => !isLavapipe(path));
  if (hardware.length > 0) drivers.push({ name: "hardware", icd: hardware, libraries: [] });
  if (existsSync(join(lavapipe, "icd.json"))) {
    const folder = join(lavapipe, "lib");
    const libraries = readdirSync(folder).filter((name) => /^lib.*\.so\.\d+$/.test(name));
    drivers.push({
      name: "lavapipe",
      icd: [join(lavapipe, "icd.json")],
      libraries: libraries.map((name) => join(folder, name)),
    });
  }
  for (const icd of system.filter(isLavapipe)) {
    drivers.push({ name: "lavapipe", icd: [icd], libraries: [] });
  }
  for (const folder of BROWSERS) {
    const icd = join(folder, "vk_swiftshader_icd.json");
    const loader = join(folder, "libvulkan.so.1");
    if (existsSync(icd) && existsSync(loader)) {
      drivers.push({ name: "swiftshader", icd: [icd], libraries: [loader] });
    }
  }
  return drivers;
}

function manifestsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.sort().map((name) => join(folder, name));
}

/** `dlopen` flags: resolve now, show symbols to nobody, and never unload. */
const KEEP = 0x2 | 0x1000;

/**
 * Makes the driver the one that the next Vulkan instance of this process sees. Its libraries are
 * loaded here, in whatever order their dependencies allow: what asks for them by name later gets them.
 */
export function useDriver({ icd, libraries }: VulkanDriver): void {
  process.env.VK_DRIVER_FILES = icd.join(":");
  process.env.VK_ICD_FILENAMES = icd.join(":");
  let waiting = libraries;
  for (let before = Number.POSITIVE_INFINITY; waiting.length < before; ) {
    before = waiting.length;
    waiting = waiting.filter((path) => !load(path));
  }
}

/** Whether the library is loaded now; that it is no module of Node's is what Node complains about. */
function load(path: string): boolean {
  try {
    process.dlopen({ exports: {} }, path, KEEP);
  } catch (error) {
    return /did not self-register/.test(String(error));
  }
  return true;
}
