import { configDefaults, defineConfig } from "vitest/config";

// Continuous integration asks for a machine-readable report beside the one for people.
const report = process.env.NSISCAN_TEST_REPORT;

/** Tests that need a browser or a GPU (one in software will do): each wants the whole machine. */
const gpu = "test/**/*.gpu.test.ts";

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: report ? ["default", "json"] : ["default"],
    ...(report && { outputFile: { json: report } }),
    projects: [
      {
        extends: true,
        test: {
          name: "cpu",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, gpu],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "gpu",
          include: [gpu],
          fileParallelism: false,
          testTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
