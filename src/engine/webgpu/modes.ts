/** How the WebGPU engine has χ²: looked up on the device, or from event counts that it computes. */
export const WEBGPU_MODES = ["auto", "tables", "counts"] as const;
export type WebGpuMode = (typeof WEBGPU_MODES)[number];
