#!/bin/sh
# Puts lavapipe, Mesa's Vulkan driver for CPUs, where nsiscan's Dawn host looks for it: a software
# adapter for machines without a GPU. Needs Debian 12 or later, or a derivative that has its
# packages, and no root; nothing on the system changes. Running it again does nothing.
#
#   scripts/install-lavapipe.sh          into ${NSISCAN_CACHE:-~/.cache/nsiscan}/lavapipe
#   scripts/install-lavapipe.sh --force  even if it is there
#
# Elsewhere install Mesa 25 or later (mesa-vulkan-drivers, vulkan-swrast) from the distribution.
set -eu

cache=${NSISCAN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/nsiscan}
target=$cache/lavapipe
if [ -f "$target/icd.json" ] && [ "${1:-}" != --force ]; then
  echo "lavapipe is in $target"
  exit 0
fi

fail() {
  echo "install-lavapipe: $1" >&2
  exit 3
}
for tool in apt-get dpkg dpkg-deb; do
  command -v "$tool" >/dev/null || fail "$tool is missing: this works on Debian only. Install Mesa 25 or later with your package manager instead; nsiscan finds it by itself."
done

mkdir -p "$cache"
work=$(mktemp -d "$cache/lavapipe.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs" "$work/root" "$work/done/lib"

# An apt of our own: this release from the mirror the system uses, and its backports if the release
# itself has no Mesa 25. Of the system it only asks what is installed.
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $codename" 'Identifier: Packages' | head -n 1)
[ -n "$mirror" ] || fail "apt has no package source for release '$codename'. Run 'apt-get update' and try again."
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
option=
[ ! -f "$keyring" ] || option="[signed-by=$keyring] "
{
  echo "deb $option$mirror $codename main"
  [ "$codename" != bookworm ] || echo "deb $option$mirror $codename-backports main"
} >"$work/sources.list"
ours() {
  apt-get -q -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o Debug::NoLocking=1 \
    -o APT::Sandbox::User="$(id -un)" "$@"
}
ours update >"$work/log" 2>&1 || fail "apt-get update failed: $(tail -n 2 "$work/log")"
driver=mesa-vulkan-drivers
[ "$codename" != bookworm ] || driver=$driver/$codename-backports

# What the driver needs and the system lacks, the Vulkan loader included.
ours install --simulate --no-install-recommends "$driver" libvulkan1 >"$work/log" 2>&1 ||
  fail "apt finds no $driver: $(tail -n 3 "$work/log")"
sed -n 's/^Inst \([^ ]*\) \(\[[^]]*\] \)\{0,1\}(\([^ ]*\) .*/\1=\3/p' "$work/log" >"$work/packages"
for package in "$driver" libvulkan1; do
  grep -q "^${package%/*}=" "$work/packages" || echo "$package" >>"$work/packages"
done
while read -r package; do
  (cd "$work/debs" && ours download "$package" >>"$work/log" 2>&1) ||
    fail "downloading $package failed: $(tail -n 2 "$work/log")"
done <"$work/packages"
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/root"; done

# Of Mesa only the software driver; of the rest every shared library.
find "$work/root" -name '*.so*' ! -name 'libvulkan_[!l]*' ! -name 'libVkLayer*' \
  -exec cp -a {} "$work/done/lib/" \;
[ -f "$work/done/lib/libvulkan_lvp.so" ] || fail "the Mesa of this release has no lavapipe."
cat >"$work/done/icd.json" <<JSON
{
  "file_format_version": "1.0.0",
  "ICD": { "library_path": "$target/lib/libvulkan_lvp.so", "api_version": "1.3.0" }
}
JSON
rm -rf "$target"
mv "$work/done" "$target"
echo "lavapipe is in $target"
