#!/usr/bin/env bash
# The tests of long scans, with more of everything than continuous integration has time for:
# 20 kills, shards 1, 3 and 7, and 10 000 fuzzed scan files, tiles and journals. Some ten minutes.
# As root it tests a full disk too. Build first: npm run build
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

NSISCAN_TEST_FUZZ=${NSISCAN_TEST_FUZZ:-10000} npx vitest run test/scan/fuzz.test.ts
NSISCAN_TEST_KILLS=${NSISCAN_TEST_KILLS:-20} \
  NSISCAN_TEST_POINTS=${NSISCAN_TEST_POINTS:-40} \
  NSISCAN_TEST_SHARDS=${NSISCAN_TEST_SHARDS:-1,3,7} \
  npx vitest run test/cli/endurance.test.ts
