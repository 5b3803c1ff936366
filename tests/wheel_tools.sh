#!/usr/bin/env bash
# Installs the wheel as people do, with pipx and with uv, each in a home of its own, and makes a safe
# copy with each. BIN is where the build tools are; pipx and uv come from the package index.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$BIN/python" -m pip --quiet --disable-pip-version-check wheel --no-deps --no-build-isolation \
  --wheel-dir "$work" "$root"
wheel=$(echo "$work"/*.whl)
"${PYTHON:-python3.12}" -m venv "$work/tools"
"$work/tools/bin/python" -m pip --quiet --disable-pip-version-check install pipx uv
python=$("${PYTHON:-python3.12}" -c "import sys; print(sys.executable)")  # no shim: HOME is another below
export HOME=$work/home PIPX_HOME=$work/pipx PIPX_BIN_DIR=$work/by-pipx
export UV_TOOL_DIR=$work/uv UV_TOOL_BIN_DIR=$work/by-uv UV_CACHE_DIR=$work/cache
unset PYTHONPATH
mkdir -p "$HOME" && cd "$work"
"$work/tools/bin/pipx" install --python "$python" "$wheel"
"$work/tools/bin/uv" tool install --quiet --python "$python" "$wheel"
mkdir talks
printf 'INT: Who?\nP01: Morag MacLeod, on 07700 900123, in Kilmarnock.\n' > talks/one.txt
printf 'a passphrase only for the test of a wheel\n' > passphrase
chmod 600 passphrase
for way in pipx uv; do
  "by-$way/redact" run talks --policy safe-copy --out "study-$way" --passphrase-file passphrase \
    > said.txt || { cat said.txt; exit 1; }
  "by-$way/redact" release verify "study-$way/release/safe-copy-01"
  if grep -rqE 'Morag|MacLeod|Kilmarnock|900123' "study-$way/safe" "study-$way/release"; then
    echo "a name is left in what $way's redact made" >&2
    exit 1
  fi
  echo "$way: installs, runs and verifies"
done
