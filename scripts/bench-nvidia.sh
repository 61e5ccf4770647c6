#!/usr/bin/env bash
# Benchmarks nsiscan on a Linux machine with an NVIDIA GPU that needs neither browser nor network nor
# npm: from a folder that scripts/pack.sh packed, or a checkout after scripts/setup.sh. docs/benchmark.md
# says what comes out.
#
#   scripts/bench-nvidia.sh [--out FOLDER] [--seconds N] [--points N] [--adapter NAME]
#
# --out      where results go [nsiscan-benchmark]; must not exist
# --seconds  time for each measurement [20]
# --points   points along each of the scan's four axes [101]
# --adapter  lavapipe or swiftshader: the same steps on a software adapter, to try them [hardware]
#
# Exit status: 2 wrong arguments, 3 something is missing on the machine.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "bench-nvidia: $1" >&2
  exit "${2:-3}"
}
out=nsiscan-benchmark seconds=20 points=101 adapter=hardware
while [ $# -gt 0 ]; do
  case $1 in
  --out | --seconds | --points | --adapter) [ -n "${2:-}" ] || fail "$1 needs a value." 2 ;;
  *) fail "there is no option $1; see the head of this script." 2 ;;
  esac
  case $1 in
  --out) out=$2 ;;
  --seconds) seconds=$2 ;;
  --points) points=$2 ;;
  --adapter) adapter=$2 ;;
  esac
  shift 2
done
case $adapter in hardware | lavapipe | swiftshader) ;; *) fail "--adapter is hardware, lavapipe or swiftshader." 2 ;; esac
[[ $points =~ ^[1-9][0-9]*$ ]] || fail "--points is a whole number." 2
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "--seconds is a whole number." 2
[ ! -e "$out" ] || fail "$out exists already; give another folder with --out." 2

node=$root/bin/node
[ -x "$node" ] || node=$(command -v node) || fail "there is no Node.js, neither $root/bin/node nor in PATH."
"$node" -e 0 2>/dev/null || fail "$node does not run here ($(uname -m)): pack on a machine of the same processor type, with a C library no newer than this one's."
nsiscan() { "$node" "$root/dist/cli/main.js" "$@"; }
[ -f "$root/dist/cli/main.js" ] || fail "$root is not built: run scripts/setup.sh, or unpack what scripts/pack.sh packed."

# Whether the dynamic linker finds and loads a library.
loads() {
  "$node" -e 'try { process.dlopen({ exports: {} }, process.argv[1]) } catch (e) { process.exit(/self-register/.test(e.message) ? 0 : 1) }' "$1" 2>/dev/null
}

mkdir -p "$out"
out=$(cd "$out" && pwd)
undo() { [ -f "$out/doctor.json" ] || rm -rf "$out"; }
trap undo EXIT
{
  uname -srm
  [ ! -r /etc/os-release ] || sed -n 's/^PRETTY_NAME=//p' /etc/os-release
} >"$out/machine.txt"

if [ "$adapter" = hardware ]; then
  # 1. The driver of the kernel, and the device files that a container must be given.
  [ -r /proc/driver/nvidia/version ] || fail "there is no NVIDIA driver: /proc/driver/nvidia/version is missing. Install the driver (or start the container with the GPU: --gpus all)."
  [ -e /dev/nvidiactl ] || fail "the NVIDIA driver is loaded, but /dev/nvidiactl is missing: start the container with the GPU (--gpus all)."
  head -n 1 /proc/driver/nvidia/version >>"$out/machine.txt"
  if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=name,driver_version,clocks.max.sm,power.limit --format=csv >>"$out/machine.txt" || true
  fi

  # 2. The driver's Vulkan library. Containers get it only with the capability "graphics".
  for folder in /usr/local/nvidia/lib64 /usr/lib/nvidia; do
    [ ! -d "$folder" ] || LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$folder
  done
  [ -z "${LD_LIBRARY_PATH:-}" ] || export LD_LIBRARY_PATH
  library=
  # The first needs X11's client libraries, the second none; both hold the Vulkan driver.
  for name in libGLX_nvidia.so.0 libEGL_nvidia.so.0; do
    [ -n "$library" ] || ! loads "$name" || library=$name
  done
  [ -n "$library" ] || fail "neither libGLX_nvidia.so.0 nor libEGL_nvidia.so.0 can be loaded: install the driver's GL and Vulkan libraries (Debian: nvidia-vulkan-icd, libnvidia-gl-*), or start the container with NVIDIA_DRIVER_CAPABILITIES=all."

  # 3. The manifest that tells the Vulkan loader of it: in containers it is often missing.
  if [ -z "${VK_DRIVER_FILES:-}" ]; then
    manifest=
    for folder in /etc/vulkan/icd.d /usr/share/vulkan/icd.d /usr/local/share/vulkan/icd.d /usr/local/nvidia/share/vulkan/icd.d; do
      for file in "$folder"/nvidia*.json; do
        [ -n "$manifest" ] || [ ! -f "$file" ] || ! grep -q "$library" "$file" || manifest=$file
      done
    done
    if [ -z "$manifest" ]; then
      manifest=$out/nvidia_icd.json
      printf '{ "file_format_version": "1.0.0", "ICD": { "library_path": "%s", "api_version": "1.3.0" } }\n' "$library" >"$manifest"
      echo "There is no Vulkan manifest for $library: $manifest does instead."
    fi
    export VK_DRIVER_FILES=$manifest VK_ICD_FILENAMES=$manifest
  fi

  # 4. The Vulkan loader itself.
  if ! loads libvulkan.so.1; then
    [ -f "$root/lib/libvulkan.so.1" ] || fail "the Vulkan loader libvulkan.so.1 is missing: install it (Debian: libvulkan1), or put it into $root/lib/."
    export LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$root/lib
  fi
fi

# 5. What nsiscan sees.
nsiscan doctor --json >"$out/doctor.tmp" || fail "nsiscan doctor failed, see above."
mv "$out/doctor.tmp" "$out/doctor.json"
"$node" -e '
  const { engines } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  const asked = process.argv[2];
  const found = engines.find(({ engine }) => engine === "webgpu-dawn").adapters.find((one) => one.asked === asked);
  if (found?.works) console.log(`Adapter: ${found.adapter.description}`);
  else {
    console.error(`bench-nvidia: ${found?.remedy ?? "no such adapter"}`);
    process.exitCode = 3;
  }' "$out/doctor.json" "$adapter"

# 6. Speed of every mode on the GPU, and of the CPU engine beside it.
echo "Timing, some minutes …"
nsiscan bench --large --engine webgpu-dawn --engine cpu --adapter "$adapter" --seconds "$seconds" --json >"$out/bench.tmp"
mv "$out/bench.tmp" "$out/bench.json"

# 7. A whole scan, audited against the float64 reference.
sed "s/points: 41/points: $points/" "$root/scans/four-couplings.yaml" >"$out/scan.yaml"
echo "Scanning $points⁴ points …"
nsiscan scan "$out/scan.yaml" --engine webgpu-dawn --adapter "$adapter" --out "$out/scan" --json >"$out/scan.json"

"$node" -e '
  const { rows, gaps } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  for (const { analysis, grid, engine, mode, measurement: m, arithmetic: a } of rows) {
    const parts = [`${analysis} ${grid} ${engine} ${mode}: ${(m.pointsPerSecond / 1e6).toPrecision(3)}e6 points/s`];
    if (m.deviceSeconds !== null) parts.push(`device at work ${((100 * m.deviceSeconds) / m.seconds).toFixed(0)} % of the time`);
    if (a) parts.push(`${(a.achieved / 1e9).toPrecision(3)} GFLOP/s, ${((100 * a.achieved) / a.peak).toPrecision(2)} % of ${(a.peak / 1e9).toPrecision(3)}`);
    console.log(parts.join("; "));
  }
  for (const { analysis, engine, mode, reason } of gaps) console.log(`${analysis} ${engine} ${mode} not timed: ${reason}`);
' "$out/bench.json" | tee "$out/summary.txt"
echo "All of it is in $out."
