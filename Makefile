# verify and test are the two commands of the README; check is what everyone runs before a commit.
PYTHON ?= python3
BIN    := .venv/bin
JOBS   ?= auto
PYTEST  = $(BIN)/pytest -q -n $(JOBS) --dist loadgroup --timeout 600

# The solutions as documents.
WRITTEN = $(wildcard proofs/solutions/*.md)

.DEFAULT_GOAL := verify
.PHONY: verify test check format reports pdf bench soundness fuzz load lock clean

verify: .venv/ready
	$(BIN)/derive verify
	$(BIN)/derive check --quiet --statistics --timeout 60 $(WRITTEN)

test: .venv/ready-dev
	$(PYTEST)

check: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	PYTHONHASHSEED=1 $(PYTEST)
	PYTHONHASHSEED=2 $(PYTEST)

format: .venv/ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The committed pages; the tests make them again and compare.
reports: .venv/ready
	$(BIN)/derive verify --timeout 60 --format md > reports/verdicts.md
	$(BIN)/derive report --timeout 60 --quiet --format html --format tex --format md --out reports

# Every report as LaTeX sets it, on proofs and documents (some minutes; latexmk and the fonts: see docs/dependencies.md).
pdf: .venv/ready-dev
	$(PYTEST) tests/render/slow_pdf.py -o python_files='slow_*.py'

bench: .venv/ready-dev
	$(BIN)/pytest -q -s tests/benchmarks -o python_files='bench_*.py'

# Every damaged claim of the proofs, to prover and refuter (half an hour on two processors).
soundness: .venv/ready-dev
	$(BIN)/pytest -q -s tests/soundness -o python_files='slow_*.py'

# Ten thousand mutated documents to the reader, some of their claims to the judge (a few minutes); then FUZZ_SECONDS for each
# of the targets of fuzzing that follows coverage.
FUZZ_SECONDS = 60
fuzz: .venv/ready-dev
	$(BIN)/pytest -q -s tests/fuzz -o python_files='slow_*.py'
	for target in formula declarations document record cached; do \
	  $(BIN)/python -m tests.fuzz.guided $$target build/fuzz -max_total_time=$(FUZZ_SECONDS) || exit; \
	done

# Ten thousand documents, good ones and bombs, through `derive batch`: what is lost, held, used (some minutes).
load: .venv/ready-dev
	$(BIN)/pytest -q -s tests/load -o python_files='slow_*.py'

# Set-up: a virtual environment, then the package with every version pinned by the lock. Skipped when nothing changed.
.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "derive needs Python 3.11 or later, found: $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv .venv || \
	  { echo "$(PYTHON) cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv)"; exit 2; }
	@touch $@

INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable

.venv/ready: .venv/python pyproject.toml requirements.lock
	$(INSTALL) .
	@touch $@

.venv/ready-dev: .venv/python pyproject.toml requirements.lock
	$(INSTALL) '.[dev]'
	@touch .venv/ready $@

# The one lock file, for all extras; pip-tools is fetched for this alone.
lock: .venv/ready-dev
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --all-extras --strip-extras --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-emit-options --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
