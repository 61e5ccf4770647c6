#!/usr/bin/env bash
# Packs nsiscan with its Node.js, production packages and data into one file, for a Linux machine of the
# same processor type that has neither network nor npm: docs/benchmark.md says what to do with it there.
# Needs a finished set-up (scripts/setup.sh), npm and its registry.
#
#   scripts/pack.sh nsiscan.tar.gz
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  echo "pack: $1" >&2
  exit "${2:-3}"
}
[ $# -eq 1 ] && [ -n "${1:-}" ] || fail "give the file to write, e.g. scripts/pack.sh nsiscan.tar.gz" 2
[ "$(uname -s)" = Linux ] || fail "this packs Linux programs, and runs on Linux only."
case $1 in /*) out=$1 ;; *) out=${OLDPWD:-$PWD}/$1 ;; esac
[ -d "$(dirname "$out")" ] || fail "there is no folder $(dirname "$out")." 2
for tool in node npm tar gzip; do
  command -v "$tool" >/dev/null || fail "$tool is missing."
done
for built in dist/cli/main.js dist/engine/cpu/tables/tables.wasm dist/likelihood/bins.wasm dist/browser/main.js; do
  [ -f "$built" ] || fail "$built is missing: run scripts/setup.sh first."
done

work=$(mktemp -d "$out.XXXXXX.tmp")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
pack=$work/nsiscan
mkdir -p "$pack/bin" "$pack/lib" "$pack/scripts" "$pack/docs" "$pack/results"

cp package.json package-lock.json .npmrc LICENSE README.md "$pack/"
cp -r dist data shaders scans "$pack/"
cp scripts/bench-nvidia.sh "$pack/scripts/"
cp docs/benchmark.md "$pack/docs/"
(cd "$pack" && npm ci --omit=dev --ignore-scripts --no-fund --no-audit --loglevel=error)
# Of Dawn only the build for this processor: the others are a hundred megabytes.
own=linux-$(node -p process.arch)
[ -f "$pack/node_modules/webgpu/dist/$own/dawn.node" ] || fail "the package webgpu has no $own."
find "$pack/node_modules/webgpu/dist" -mindepth 1 -maxdepth 1 ! -name "$own" -exec rm -r {} +
find "$pack/dist" \( -name '*.map' -o -name '*.d.ts' \) -delete

node=$(node -p process.execPath)
if ldd "$node" | grep -q 'libnode\.so'; then
  fail "$node is only a part of Node.js (it needs libnode.so). Run this with the binary of https://nodejs.org first in PATH."
fi
cp "$node" "$pack/bin/node"

# The Vulkan loader, for machines that have a driver but not the loader.
cache=${NSISCAN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/nsiscan}
loader=$(ldconfig -p 2>/dev/null | sed -n 's/.*libvulkan\.so\.1 .*=> //p' | head -n 1)
[ -n "$loader" ] || loader=$cache/lavapipe/lib/libvulkan.so.1
if [ -f "$loader" ]; then
  cp -L "$loader" "$pack/lib/libvulkan.so.1"
else
  rmdir "$pack/lib"
  echo "pack: no Vulkan loader (libvulkan.so.1) to take along: the other machine must have its own. scripts/install-lavapipe.sh brings one on Debian." >&2
fi

tar -C "$work" --sort=name --owner=0 --group=0 -czf "$work/done" nsiscan
mv "$work/done" "$out"
echo "$out: $(du -h "$out" | cut -f 1). There: tar xzf $(basename "$out") && nsiscan/scripts/bench-nvidia.sh"
