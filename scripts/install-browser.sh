#!/usr/bin/env bash
# Sees to it that nsiscan finds a Chrome or Chromium: takes the system's, else installs Debian's
# package (as root, or with sudo where it asks no password), else puts Google's Chrome into
# ${NSISCAN_CACHE:-~/.cache/nsiscan}/chrome. Needs a built checkout. Running it again does nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cache=${NSISCAN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/nsiscan}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# The path of the browser that nsiscan would use, if it runs at all.
found() {
  local path
  path=$(node --input-type=module -e '
    import { findBrowser } from "./dist/engine/hosts/chrome/find.js";
    try { console.log(findBrowser()); } catch { process.exitCode = 1; }
  ') || return 1
  "$path" --version >"$log" 2>&1 || return 1
  echo "browser: $(tail -n 1 "$log"), $path"
}

administer() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

may_administer() {
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

if found; then exit 0; fi

if command -v apt-get >/dev/null && may_administer; then
  echo "No browser here: installing the package chromium …"
  # Ubuntu has no such package, only a stub for a snap.
  if administer apt-get -q update >"$log" 2>&1 &&
    administer env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends chromium >"$log" 2>&1 &&
    found; then
    exit 0
  fi
  echo "That did not work: $(tail -n 1 "$log")"
fi

echo "No browser here: downloading Chrome into $cache/chrome …"
libraries=
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then libraries=--install-deps; fi
# shellcheck disable=SC2086
if node_modules/.bin/browsers install chrome@stable --path "$cache" $libraries >"$log" 2>&1 && found; then exit 0; fi
cat >&2 <<MESSAGE
install-browser: no browser could be installed ($(grep -im1 error "$log" || tail -n 1 "$log")).
nsiscan works without one, on the CPU and with the GPU through Node; the engines webgpu-chrome and gpujs
need Google Chrome or Chromium: install it with your package manager, or set NSISCAN_CHROME to its path.
MESSAGE
exit 3
