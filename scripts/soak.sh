#!/usr/bin/env bash
# Runs one large scan of four axes for some minutes and watches its memory: fails if it grows.
#
#   scripts/soak.sh [MINUTES] [ENGINE] [POINTS]   30 minutes, cpu, 301 points an axis
#
# Prints every ten seconds, as CSV: seconds; MB of memory of all its processes, those of a browser too,
# shared pages counted once; processes; folders of browsers; tiles. Passes if the median memory of the
# last quarter is within 10 % (and 30 MB) of that of the second quarter (the first one warms up), if
# processes and folders become no more, and if none is left at the end, after SIGTERM. Its journal takes
# some GB in TMPDIR. Linux only. Build first: npm run build
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
mkdir "$work/tmp"
TMPDIR=$work/tmp node dist/cli/main.js scan "$work/soak.yaml" --out "$work/out" --engine "$engine" \
  >"$work/log" 2>&1 &
scan=$!

# Its processes, wherever they hang in the tree, by the folder that is in their environment or words.
printf '%s' "$work/tmp" >"$work/pattern"
processes() {
  grep -lsFf "$work/pattern" /proc/[0-9]*/environ /proc/[0-9]*/cmdline | cut -d/ -f3 | sort -u
}
profiles() { find "$work/tmp" -maxdepth 1 -name 'nsiscan-*' | wc -l; }
megabytes() {
  local pid
  for pid in "$@"; do cat "/proc/$pid/smaps_rollup" 2>/dev/null || true; done |
    awk '/^Pss:/ { sum += $2 } END { print int(sum / 1024) }'
}

end=$((SECONDS + 60 * minutes))
samples=$work/samples
echo "seconds,MB,processes,profiles,tiles"
while [ "$SECONDS" -lt "$end" ]; do
  sleep "$every"
  # Its last minutes go to contours and figures.
  if ! kill -0 "$scan" 2>/dev/null || [ -e "$work/out" ]; then
    echo "soak: the scan ended before $minutes minutes; give more points:" >&2
    tail -n 3 "$work/log" >&2
    exit 1
  fi
  mapfile -t pids < <(processes)
  tiles=$(find "$work/out.journal/tiles" -name '*.tile' 2>/dev/null | wc -l)
  echo "$SECONDS,$(megabytes "${pids[@]}"),${#pids[@]},$(profiles),$tiles" | tee -a "$samples"
done

kill "$scan"
status=0
wait "$scan" || status=$?
scan=
[ "$status" -eq 5 ] || { echo "soak: ended with status $status" >&2; tail -n 3 "$work/log" >&2; exit 1; }
sleep 5
left="$(processes | wc -l) processes and $(profiles) browser folders are left"
echo "$left"
[ "$left" = "0 processes and 0 browser folders are left" ] || exit 1

sort -n -t, -k1 "$samples" | awk -F, '
  { memory[NR] = $2; count[NR] = $3; folders[NR] = $4 }
  function median(of, from, to,   i, j, n, sorted, swap) {
    for (i = from; i <= to; i++) sorted[++n] = of[i]
    for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++)
      if (sorted[j] < sorted[i]) { swap = sorted[i]; sorted[i] = sorted[j]; sorted[j] = swap }
    return sorted[int((n + 1) / 2)]
  }
  function early(of) { return median(of, int(NR / 4) + 1, int(NR / 2)) }
  function late(of) { return median(of, int(3 * NR / 4) + 1, NR) }
  END {
    if (NR < 8) { print "soak: too few samples"; exit 1 }
    printf "medians early and late: %d and %d MB, %d and %d processes, %d and %d browser folders\n",
      early(memory), late(memory), early(count), late(count), early(folders), late(folders)
    if (late(memory) > 1.1 * early(memory) && late(memory) > early(memory) + 30) {
      print "soak: memory grows"; exit 1
    }
    if (late(count) > early(count) || late(folders) > early(folders)) {
      print "soak: processes or folders become more"; exit 1
    }
  }'
