# make demo   runs the main job on samples/co-production
# make test   runs the tests
# Both work as the first command on a machine that has Python 3.12 and make.

PYTHON ?= python3.12
BIN := .venv/bin
STAMP := .venv/.installed
SAMPLE := samples/co-production
STUDY := demo-study

.PHONY: demo test oracles torture lint bench lock clean

demo: $(STAMP)
	@echo "The demo locks its key with the passphrase in $(SAMPLE)/demo-passphrase.txt."
	@echo "It is public: never use it for real transcripts."
	@rm -rf $(STUDY)
	$(BIN)/redact run $(SAMPLE)/transcripts --policy safe-copy --out $(STUDY) \
	  --roster $(SAMPLE)/roster.csv --interviews $(SAMPLE)/interviews.csv \
	  --passphrase-file $(SAMPLE)/demo-passphrase.txt
	@echo
	$(BIN)/redact audit verify $(STUDY) --passphrase-file $(SAMPLE)/demo-passphrase.txt \
	  --anchor $(STUDY)/release/safe-copy-01/audit-checkpoint.note
	$(BIN)/redact release verify $(STUDY)/release/safe-copy-01

test: $(STAMP)
	$(BIN)/python -m pytest

# Other implementations of age that the tests compare with, as far as this machine can install them.
oracles: $(STAMP)
	-command -v age >/dev/null || apt-get install -y -qq age >/dev/null 2>&1
	-command -v npm >/dev/null && npm install --silent --no-audit --no-fund --prefix .venv/oracles \
	  age-encryption@0.3.1 >/dev/null 2>&1
	@command -v age >/dev/null || echo "oracle skipped: age (Debian) is not here"
	@test -d .venv/oracles/node_modules/age-encryption || echo "oracle skipped: age-encryption (npm) is not here"

# Every fault and attack on key and log in full, as a table; takes about a quarter of an hour.
torture: $(STAMP)
	$(BIN)/python -m tests.faults.torture

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python benchmarks/run_all.py

$(STAMP): requirements.lock requirements-build.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

# For maintainers: resolves the locks anew (needs uv).
lock:
	printf 'hatchling>=1.27,<2\nsetuptools>=80\nsetuptools-scm>=8\neditables>=0.5\n' | \
	  uv pip compile - $(LOCKING) -o requirements-build.lock
	uv pip compile pyproject.toml --group dev $(LOCKING) -o requirements.lock

LOCKING := --universal --python-version 3.12 --generate-hashes --no-annotate --no-header \
  --no-emit-index-url --no-emit-find-links --quiet

clean:
	rm -rf .venv $(STUDY)
