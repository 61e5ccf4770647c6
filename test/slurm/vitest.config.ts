import { defineConfig } from "vitest/config";

// These tests need Slurm, which scripts/slurm/cluster.sh installs and starts: `npm run test:slurm`.
export default defineConfig({
  test: {
    include: ["test/slurm/**/*.slurm.ts"],
    testTimeout: 900_000,
    hookTimeout: 300_000,
  },
});
