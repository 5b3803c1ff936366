#!/usr/bin/env bash
# Builds the wheel, installs it with hashes in a fresh environment that has nothing of the tests,
# and does the main job there, away from the checkout. BIN is where the build tools are.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pip=(-m pip --quiet --disable-pip-version-check)

"$BIN/python" "${pip[@]}" wheel --no-deps --no-build-isolation --wheel-dir "$work" "$root"
"${PYTHON:-python3.12}" -m venv "$work/env"
python=$work/env/bin/python
"$python" "${pip[@]}" install --require-hashes -r "$root/requirements-build.lock"
"$python" "${pip[@]}" install --require-hashes --no-build-isolation -r "$root/requirements-run.lock"
"$python" "${pip[@]}" install --no-deps "$work"/*.whl
"$python" -m pip check

cd "$work"
unset PYTHONPATH
"$python" - <<'CHECK'
import importlib.resources as resources
import redact
inside = resources.files("redact")
wanted = ("py.typed", "policies/safe-copy.toml", "data/names.tsv.gz", "data/name_model/model.onnx",
          "data/templates/base.html", "page/templates/frame.html", "page/static",
          "release/templates/README.md", "risk/templates/risk.html", "audit/templates/report.html",
          "evaluate/templates/errors.html")
missing = [name for name in wanted if not inside.joinpath(name).is_file() and not inside.joinpath(name).is_dir()]
assert not missing, f"not in the wheel: {missing}"
assert redact.pseudonymise("P01: Ask Morag MacLeod.").text == "P01: Ask [Person 1]."
CHECK
env/bin/redact --version
mkdir talks
printf 'INT: Who?\nP01: Morag MacLeod, on 07700 900123, in Kilmarnock.\n' > talks/one.txt
printf 'a passphrase only for the test of a wheel\n' > passphrase
chmod 600 passphrase
env/bin/redact run talks --policy safe-copy --out study --passphrase-file passphrase > said.txt \
  || { cat said.txt; exit 1; }
if grep -rqE 'Morag|MacLeod|Kilmarnock|900123' study/safe study/release; then
  echo "a name is left in what the wheel made" >&2
  exit 1
fi
env/bin/redact release verify study/release/safe-copy-01
echo "wheel: installs, runs and verifies"
