# make demo      runs the main job on samples/co-production
# make test      runs the tests, two at a time, and says what share of the code they ran
# make quick     runs those that need no language model, in less than a minute
# make test-all  tries every property with four times the examples, and every case of the long ones
# All work as the first command on a machine that has Python 3.12 and make.

PYTHON ?= python3.12
BIN := .venv/bin
STAMP := .venv/.installed
SAMPLE := samples/co-production
STUDY := demo-study
CUSTODY := demo-custody
PASS := --passphrase-file $(SAMPLE)/demo-passphrase.txt

.PHONY: demo test quick properties test-all vectors oracles torture lint wheel wheel-tools guard bench lock clean

demo: $(STAMP)
	@echo "The demo locks its key with the passphrase in $(SAMPLE)/demo-passphrase.txt."
	@echo "It is public: never use it for real transcripts."
	@rm -rf $(STUDY) $(CUSTODY) && chmod 600 $(SAMPLE)/demo-passphrase.txt
	$(BIN)/redact run $(SAMPLE)/transcripts --policy safe-copy --out $(STUDY) \
	  --roster $(SAMPLE)/roster.csv --interviews $(SAMPLE)/interviews.csv $(PASS)
	@echo; echo "--- Why it is so, and who it is"
	$(BIN)/redact explain $(STUDY) "Person 1"
	$(BIN)/redact reveal $(STUDY) "Person 1" --reason "the demo shows it" $(PASS)
	@echo; echo "--- To read it beside the originals: $(BIN)/redact review $(STUDY) --by YOU $(PASS)"
	@echo; echo "--- Custody: a second custodian, shares, a drill, a new identity, a check"
	@mkdir -m 700 $(CUSTODY)
	$(BIN)/redact key new $(CUSTODY)/archive.txt > $(CUSTODY)/recipient.txt
	$(BIN)/redact key add-custodian $(STUDY) archive --recipient "$$(tail -n 1 $(CUSTODY)/recipient.txt)" $(PASS)
	$(BIN)/redact key rotate $(STUDY) $(PASS)
	$(BIN)/redact key split $(STUDY) --needed 2 --shares 2 --to $(CUSTODY)/shares $(PASS)
	$(BIN)/redact key drill $(STUDY) $(PASS) --with $(CUSTODY)/archive.txt --with $(CUSTODY)/shares
	$(BIN)/redact key check $(STUDY) $(PASS)
	@echo; echo "--- A participant withdraws, and the corpus is released again"
	$(BIN)/redact withdraw $(STUDY) S3 --by "A. Steward" $(PASS)
	$(BIN)/redact release $(STUDY) $(PASS)
	@echo; echo "--- The log, with an anchor kept elsewhere, and a page for the ethics board"
	$(BIN)/redact audit anchor $(STUDY) --where "demo" --to $(CUSTODY)/checkpoint.note
	$(BIN)/redact audit verify $(STUDY) $(PASS) --anchor $(CUSTODY)/checkpoint.note
	$(BIN)/redact audit report $(STUDY) --to $(CUSTODY)/report.html $(PASS)
	$(BIN)/redact audit export $(STUDY) --prov $(CUSTODY)/prov.json
	$(BIN)/redact audit show $(STUDY) --event custody --event key --last 8
	$(BIN)/redact release verify $(STUDY)/release/safe-copy-02
	@echo; echo "--- The policy for a board, its approval, who has a release, and a name found in it"
	$(BIN)/redact policy explain $(STUDY) --as page --to $(CUSTODY)/policy.html
	$(BIN)/redact policy approve $(STUDY) --by "B. Chair" --role "ethics committee" --for safeguarded $(PASS)
	$(BIN)/redact release given $(STUDY) safe-copy-02 --to "A colleague" --on $$(date -u +%F) \
	  --purpose "a second coding" --access team $(PASS)
	@umask 077 && echo "lunch club" > $(CUSTODY)/found.txt
	$(BIN)/redact incident open $(STUDY) --what ORG --by "A. Steward" --words-file $(CUSTODY)/found.txt $(PASS)
	$(BIN)/redact release $(STUDY) --name corrected $(PASS)
	$(BIN)/redact incident notice $(STUDY) I1 --to $(CUSTODY)/incident-notices
	$(BIN)/redact incident told $(STUDY) I1 --to "A colleague" --on $$(date -u +%F) $(PASS)
	$(BIN)/redact incident close $(STUDY) I1 --by "A. Steward" --words-file $(CUSTODY)/found.txt $(PASS)
	$(BIN)/redact register $(STUDY)
	-$(BIN)/redact status $(STUDY)
	@echo; echo "--- A deposit: described, its risk, what the archive wants, and the package"
	@echo "(accepted here unread, and every paper says so; in earnest read each with redact review)"
	$(BIN)/redact settle $(STUDY) --by "A. Steward" --unread --reason "the demo does not read" $(PASS)
	$(BIN)/redact describe $(STUDY) --from $(SAMPLE)/deposit.toml
	$(BIN)/redact risk $(STUDY) $(PASS)
	$(BIN)/redact release $(STUDY) --profile ukds --check $(PASS)
	$(BIN)/redact release $(STUDY) --profile ukds --name deposit-ukds $(PASS)
	$(BIN)/redact release verify $(STUDY)/release/deposit-ukds
	$(BIN)/python -m bagit --validate --quiet $(STUDY)/release/deposit-ukds && echo "bagit: valid"
	$(BIN)/frictionless validate $(STUDY)/release/deposit-ukds/data/datapackage.json
	@echo; echo "--- Consent, person by person: S4 agreed to quotes only, S5 to the team; whom to tell, and a quote"
	@sed -e '1s/$$/,consent,withdraw until/' -e '2,$$s/$$/,archive restricted,2099-12-31/' \
	  -e '/^S4/s/archive restricted/quotes only/' -e '/^S5/s/archive restricted/team only/' \
	  $(SAMPLE)/interviews.csv > $(CUSTODY)/consent.csv
	-$(BIN)/redact run $(SAMPLE)/transcripts --policy safe-copy --out $(STUDY) --skip arran_ishbel.txt \
	  --interviews $(CUSTODY)/consent.csv $(PASS)
	$(BIN)/redact consent third $(STUDY) $(PASS)
	-$(BIN)/redact consent show $(STUDY)
	$(BIN)/redact consent notice $(STUDY) --to $(CUSTODY)/notices
	$(BIN)/redact consent told $(STUDY) --to "A colleague" --on $$(date -u +%F) $(PASS)
	$(BIN)/redact quotes add $(STUDY) us_01 --lines 2 --by "A. Reader" $(PASS)
	$(BIN)/redact quotes approve $(STUDY) Q1 --by "B. Chair" --role approver $(PASS)
	$(BIN)/redact quotes release $(STUDY) $(PASS)
	@echo; echo "--- The originals come back, byte for byte"
	$(BIN)/redact restore $(STUDY) --to $(CUSTODY)/restored $(PASS)
	@echo; echo "--- The end, on a copy of the study: the key is destroyed, the log still stands"
	@cp -R $(STUDY) $(CUSTODY)/ended
	@for one in steward archive; do echo "I, $$one, destroyed my packet and its copies today." > $(CUSTODY)/$$one.md; done
	$(BIN)/redact key destroy $(CUSTODY)/ended --by "A. Steward" --yes $(PASS) \
	  --statement steward=$(CUSTODY)/steward.md --statement archive=$(CUSTODY)/archive.md
	$(BIN)/redact audit verify $(CUSTODY)/ended --anchor $(CUSTODY)/checkpoint.note \
	  --key "$$(sed -n 's/^log_key = "\(.*\)"/\1/p' $(CUSTODY)/ended/study.toml)"

# A module's tests stay together, so that what they share is made once.
WORKERS ?= 2
# Whatever the environment says: else each of hundreds of processes compiles redact anew.
export PYTHONDONTWRITEBYTECODE :=
# Studies are synced to the disk at every step, which a test waits for: in memory, where there is room.
SCRATCH := $(shell df -k --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 4000000 {print "/dev/shm"}')
PYTEST := $(if $(SCRATCH),TMPDIR=$(SCRATCH)) $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

test: $(STAMP)
	$(PYTEST) $(if $(COVERAGE),--cov --cov-report=term)

quick: $(STAMP)
	$(PYTEST) -m "not model and not browser" --hypothesis-profile=quick

# Every property with as many examples as in `make test-all`.
properties: $(STAMP)
	$(PYTEST) -m property --hypothesis-profile=all

test-all: $(STAMP)
	$(PYTEST) --hypothesis-profile=all

# Writes the sealed files and shares in tests/vectors anew, the same bytes each time.
vectors: $(STAMP)
	$(BIN)/python -m tests.vectors.make

# Other implementations that the tests compare with, as far as this machine can install them.
oracles: $(STAMP)
	-command -v age >/dev/null || apt-get install -y -qq age >/dev/null 2>&1
	-command -v npm >/dev/null && npm install --silent --no-audit --no-fund --prefix .venv/oracles \
	  age-encryption@0.3.1 >/dev/null 2>&1
	-command -v ffmpeg >/dev/null && command -v espeak-ng >/dev/null || \
	  apt-get install -y -qq --no-install-recommends ffmpeg espeak-ng >/dev/null 2>&1
	-test -d .venv/oracles/pycanon || ($(PYTHON) -m venv .venv/oracles/pycanon && \
	  .venv/oracles/pycanon/bin/python -m pip install --quiet --disable-pip-version-check \
	  pycanon==1.3.6 >/dev/null 2>&1) || rm -rf .venv/oracles/pycanon
	-test -d .venv/oracles/roc || ($(PYTHON) -m venv .venv/oracles/roc && \
	  .venv/oracles/roc/bin/python -m pip install --quiet --disable-pip-version-check \
	  roc-validator==0.13.0 >/dev/null 2>&1) || rm -rf .venv/oracles/roc
	@test -d .venv/oracles/roc || echo "oracle skipped: roc-validator (PyPI) is not here"
	-test -d .venv/oracles/cluster || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes --target .venv/oracles/cluster -r requirements-cluster.lock >/dev/null 2>&1 || \
	  rm -rf .venv/oracles/cluster
	@test -d .venv/oracles/cluster || echo "oracle skipped: dask and distributed (PyPI) are not here"
	@test -d .venv/oracles/pycanon || echo "oracle skipped: pycanon (PyPI) is not here"
	@command -v ffmpeg >/dev/null && command -v espeak-ng >/dev/null || \
	  echo "oracle skipped: ffmpeg or espeak-ng (Debian) is not here"
	@command -v age >/dev/null || echo "oracle skipped: age (Debian) is not here"
	@test -d .venv/oracles/node_modules/age-encryption || echo "oracle skipped: age-encryption (npm) is not here"

# Every fault and attack on key and log, two at once, and mutated files for each reader, as tables.
# ROW="a release" runs the rows of that name only; SHARE=0.1 a tenth of what is drawn by chance.
# A million files for each reader (FUZZED=1000000) take six hours more.
SHARE ?= 1
FUZZED ?= 20000
torture: $(STAMP)
	$(BIN)/python -m tests.faults.torture --share $(SHARE) $(if $(ROW),--row "$(ROW)")
ifndef ROW
	$(BIN)/python -m tests.formats.fuzz $(FUZZED)
	$(BIN)/python -m tests.detect.fuzz 500
	$(BIN)/python benchmarks/lengths.py
	$(BIN)/python -m tests.formats.plant_text
endif

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The built wheel in a fresh environment with nothing of the tests, and outside the checkout.
wheel: $(STAMP)
	BIN=$(abspath $(BIN)) PYTHON=$(PYTHON) tests/wheel.sh

# Fails where a part takes a third longer, beside spaCy, than benchmarks/expected_ratios.toml says.
guard: $(STAMP)
	$(BIN)/python benchmarks/guard.py

# The same as people install it, with pipx and with uv (both from the package index), each in a home of its own.
wheel-tools: $(STAMP)
	BIN=$(abspath $(BIN)) PYTHON=$(PYTHON) tests/wheel_tools.sh

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
	uv pip compile pyproject.toml -c requirements.lock $(LOCKING) -o requirements-run.lock
	printf 'dask>=2026.8,<2027\ndistributed>=2026.8,<2027\ndask-jobqueue>=0.9,<0.10\n' | \
	  uv pip compile - -c requirements.lock $(LOCKING) -o requirements-cluster.lock

LOCKING := --universal --python-version 3.12 --generate-hashes --no-annotate --no-header \
  --no-emit-index-url --no-emit-find-links --quiet

clean:
	rm -rf .venv $(STUDY) $(CUSTODY)
