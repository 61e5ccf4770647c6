#!/usr/bin/env bash
# Sets up nsiscan from a fresh clone: checks Node, installs the locked packages and builds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "nsiscan needs Node.js 20.19 or newer with npm: see https://nodejs.org, or your system's package 'nodejs'." >&2
  exit 3
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "nsiscan needs Node.js 20.19 or newer; this is $(node --version)." >&2
  exit 3
fi

npm ci --no-fund --no-audit --loglevel=error
npm run --silent build

# What GPU engines need, as far as it can be had here. All else works without.
missing=
scripts/install-browser.sh || missing="a browser"
if [ "$(uname -s)" = Linux ] && ! ls /dev/nvidiactl /dev/dri/render* >/dev/null 2>&1; then
  scripts/install-lavapipe.sh || missing="${missing:+$missing, }a Vulkan driver"
fi
if [ -n "$missing" ]; then
  echo "nsiscan is ready on the CPU. Not installed, see above: $missing. \"npx nsiscan doctor\" shows what works."
else
  echo "nsiscan is ready. \"npx nsiscan doctor\" shows what works here."
fi
