/** What `--adapter` may name: any, a GPU only, or a software adapter. */
export const ADAPTERS = ["auto", "hardware", "lavapipe", "swiftshader"] as const;
export type Adapter = (typeof ADAPTERS)[number];
