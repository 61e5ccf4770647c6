import { configDefaults, defineConfig } from "vitest/config";

// Continuous integration asks for a machine-readable report beside the one for people.
const report = process.env.NSISCAN_TEST_REPORT;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/**/*.gpu.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: report ? ["default", "json"] : ["default"],
    ...(report && { outputFile: { json: report } }),
  },
});
