#!/usr/bin/env bash
# Runs one large scan of four axes for some minutes and watches its memory: fails if it grows.
#
#   scripts/soak.sh [MINUTES] [ENGINE] [POINTS]   30 minutes, cpu, 301 points an axis
#
# Prints resident memory of the process every ten seconds as CSV: seconds, MB, tiles. Passes if the
# median of the last quarter is within 10 % (and 30 MB) of that of the second quarter: the first
# quarter warms up. Its journal takes some GB in TMPDIR. Build first: npm run build
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

minutes=${1:-30} engine=${2:-cpu} points=${3:-301}
every=${NSISCAN_SOAK_EVERY:-10}
work=$(mktemp -d)
scan=
cleanup() {
  [ -z "$scan" ] || kill "$scan" 2>/dev/null || true
  [ -z "$scan" ] || wait "$scan" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

cat >"$work/soak.yaml" <<YAML
version: 1
analysis: liao-2024
axes:
  - { parameter: eps_ee_u, from: -1, to: 1, points: $points }
  - { parameter: eps_ee_d, from: -1, to: 1, points: $points }
  - { parameter: eps_mumu_u, from: -1, to: 1, points: $points }
  - { parameter: eps_mumu_d, from: -1, to: 1, points: $points }
combinations: [csi, lar, ge, all]
YAML
node dist/cli/main.js scan "$work/soak.yaml" --out "$work/out" --engine "$engine" \
  >"$work/log" 2>&1 &
scan=$!
end=$((SECONDS + 60 * minutes))
samples=$work/samples
echo "seconds,MB,tiles"
while [ "$SECONDS" -lt "$end" ]; do
  sleep "$every"
  # Its last minutes go to contours and figures.
  if ! kill -0 "$scan" 2>/dev/null || [ -e "$work/out" ]; then
    echo "soak: the scan ended before $minutes minutes; give more points:" >&2
    tail -n 3 "$work/log" >&2
    exit 1
  fi
  kilobytes=$(awk '/^VmRSS/ {print $2}' "/proc/$scan/status")
  tiles=$(find "$work/out.journal/tiles" -name '*.tile' 2>/dev/null | wc -l)
  echo "$SECONDS,$((kilobytes / 1024)),$tiles" | tee -a "$samples"
done
sort -n -t, -k1 "$samples" | awk -F, '
  { memory[NR] = $2 }
  function median(from, to,   i, j, n, sorted, swap) {
    for (i = from; i <= to; i++) sorted[++n] = memory[i]
    for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++)
      if (sorted[j] < sorted[i]) { swap = sorted[i]; sorted[i] = sorted[j]; sorted[j] = swap }
    return sorted[int((n + 1) / 2)]
  }
  END {
    if (NR < 8) { print "soak: too few samples"; exit 1 }
    early = median(int(NR / 4) + 1, int(NR / 2)); late = median(int(3 * NR / 4) + 1, NR)
    printf "median memory: %d MB early, %d MB late\n", early, late
    if (late > 1.1 * early && late > early + 30) { print "soak: memory grows"; exit 1 }
  }'
