#!/usr/bin/env bash
# Opens every figure below a folder in the readers that are installed: PDFs with poppler and with MuPDF
# (apt-get install poppler-utils mupdf-tools), SVGs with libxml2 (libxml2-utils). Exit status 1 where one
# of them complains. Usage: scripts/check-figures.sh results/figures
set -euo pipefail

folder=${1:?usage: scripts/check-figures.sh FOLDER}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# check READER FORMAT COMMAND...: the command, with each file in turn as its last argument.
check() {
  local reader=$1 format=$2 files=0
  shift 2
  if ! command -v "$1" >/dev/null; then
    echo "$reader: not installed"
    return
  fi
  while IFS= read -r -d '' file; do
    files=$((files + 1))
    if ! "$@" "$file" >"$work/out" 2>"$work/complaints"; then
      echo "$reader cannot read $file: $(cat "$work/complaints")"
      failed=1
    fi
  done < <(find "$folder" -name "*.$format" -print0)
  echo "$reader: $files $format files"
}

check poppler pdf pdftoppm -r 36 -q
check MuPDF pdf mutool draw -q -r 36 -F png -o /dev/null
check libxml2 svg xmllint --noout --nonet
exit "$failed"
