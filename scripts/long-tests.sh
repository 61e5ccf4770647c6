#!/usr/bin/env bash
# The tests of long scans, with more of everything than continuous integration has time for:
# 10 000 fuzzed scan files, tiles and journals; 20 kills of a scan on the CPU, and 20 of one in a
# browser, or of its browser; shards 1, 3 and 7, on the CPU and on Dawn. Some twenty minutes. As root it
# tests a full disk too. Slurm's tests are npm run test:slurm. Build first: npm run build
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export NSISCAN_TEST_FUZZ=${NSISCAN_TEST_FUZZ:-10000}
export NSISCAN_TEST_KILLS=${NSISCAN_TEST_KILLS:-20}
export NSISCAN_TEST_POINTS=${NSISCAN_TEST_POINTS:-40}
export NSISCAN_TEST_GPU_POINTS=${NSISCAN_TEST_GPU_POINTS:-36}
export NSISCAN_TEST_SHARDS=${NSISCAN_TEST_SHARDS:-1,3,7}
npx vitest run test/scan/fuzz.test.ts
npx vitest run test/cli/endurance.test.ts
npx vitest run test/cli/endurance.gpu.test.ts
