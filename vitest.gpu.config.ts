import { mergeConfig } from "vitest/config";
import config from "./vitest.config.js";

/** The tests that need a browser or a GPU (or one in software), a file at a time. */
export default mergeConfig(
  { ...config, test: { ...config.test, include: [], exclude: [] } },
  {
    test: {
      include: ["test/**/*.gpu.test.ts"],
      exclude: ["**/node_modules/**"],
      fileParallelism: false,
    },
  },
);
