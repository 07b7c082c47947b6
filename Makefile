# Everything happens in .venv inside this folder; only packages are downloaded.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
BROWSER_READY := .venv/.ready-browser
SITE_READY := .venv/.ready-site
FUZZ_READY := .venv/.ready-fuzz
SEEDS ?= seeds/
OUT ?= report/
DATA ?= ../shared/data
MODELS ?= news
MINUTES ?= 65
CHROMIUM ?= $(shell for p in chromium chromium-browser google-chrome; do \
	command -v $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup run test test-slow test-browser chromium fuzz site lab evaluate freeze drift clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(READY)  ## create .venv and install the pinned packages

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "make: Python >= 3.11 with venv is needed (on Debian and Ubuntu: python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[test]"
	@touch $(READY)

run: $(READY)  ## the main job: annotate seeds/ and write report/ (SEEDS=folder OUT=folder)
	@$(BIN)/mudawwana run "$(SEEDS)" --out "$(OUT)"

test: $(READY)  ## lint, types, unit and property tests, doctests, notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --nbval --nbval-current-env --nbval-sanitize-with notebooks/sanitize.cfg \
		tests toolkit README.md notebooks

test-slow: $(READY)  ## runs that are killed at fifty random moments
	$(BIN)/python -m pytest -m slow tests

test-browser: chromium $(BROWSER_READY)  ## notebooks, reports and hostile texts in a real browser (CHROMIUM=path)
	CHROMIUM="$(CHROMIUM)" $(BIN)/python -m pytest tests/browser

chromium:
	@command -v "$(CHROMIUM)" >/dev/null || { echo "make: test-browser needs Chromium (on Debian: apt install chromium), or its path: make test-browser CHROMIUM=path" >&2; exit 1; }

$(BROWSER_READY): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[browser]"
	@touch $(BROWSER_READY)

fuzz: $(FUZZ_READY)  ## inputs that nobody would write, for MINUTES=65; what fails stands in build/fuzz/
	$(BIN)/python tests/fuzz/fuzz.py --minutes "$(MINUTES)"

$(FUZZ_READY): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[fuzz]"
	@touch $(FUZZ_READY)

site: $(SITE_READY)  ## notebooks, pages and reference as static pages in build/site/html
	$(BIN)/python docs/site/build.py

$(SITE_READY): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[site]"
	@touch $(SITE_READY)

lab: $(READY)  ## open JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir=notebooks

evaluate: $(READY)  ## score the bundled models where the evaluation data is at hand (DATA=folder)
	@for part in evaluate evaluate_sentences evaluate_ner evaluate_names evaluate_dates evaluate_robustness evaluate_size; do \
		test ! -f training/$$part.py || $(BIN)/python training/$$part.py --data "$(DATA)" || exit; \
		echo; done

freeze: $(READY)  ## annotate the corpora of the notebooks anew: data/*/annotated/
	$(BIN)/python data/freeze.py

drift: $(READY)  ## what the kept annotations and the models of now say differently (MODELS=news)
	$(BIN)/python data/freeze.py --drift --models "$(MODELS)"

clean:  ## remove .venv, report/ and caches
	rm -rf .venv report .pytest_cache .mypy_cache .ruff_cache .hypothesis
