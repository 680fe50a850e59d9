# Everything a developer runs. `make help` is written by the targets' own comments.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes

.PHONY: help demo test check setup format bench stress simulate clean lock

help:  ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/base  ## The bot in this terminal on a fictional plan, without a Slack workspace
	@$(BIN)/planbot demo

setup: $(VENV)/check  ## The locked dependencies in .venv; next: make check

test: $(VENV)/test  ## The tests, on SQLite and on a real PostgreSQL
	@$(BIN)/python -m pytest

check: $(VENV)/check  ## Format, lint, types and import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/check  ## Put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/check  ## Speed, each figure beside a peer measured in the same run
	$(BIN)/python -m tests.bench

stress: $(VENV)/test  ## planbot killed at random, fifty times on each database, while owners report
	$(BIN)/python -m tests.stress

simulate: $(VENV)/test  ## Two years of 40 digests on each database, replicas killed and Slack in trouble at random
	$(BIN)/python -m tests.simulation

lock: $(VENV)/check  ## Solve the dependencies anew (needs uv)
	uv pip compile pyproject.toml $(LOCK) -o requirements/base.lock
	uv pip compile pyproject.toml --group test -c requirements/base.lock $(LOCK) -o requirements/test.lock
	uv pip compile pyproject.toml --group test --group check -c requirements/test.lock $(LOCK) -o requirements/check.lock
	uv pip compile --group build $(LOCK) -o requirements/build.lock
LOCK := --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

clean:  ## Remove what the targets above made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info build

# A stamp a set of dependencies: made anew when its lock file is newer.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "planbot needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.12 ...")'
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment; install its venv module (on Debian: python3-venv)."; exit 1; }

$(VENV)/base: requirements/base.lock requirements/build.lock pyproject.toml | $(VENV)/bin/python
	@$(PIP) -r requirements/build.lock -r requirements/base.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test: requirements/test.lock $(VENV)/base
	@$(PIP) -r requirements/test.lock
	@touch $@

$(VENV)/check: requirements/check.lock $(VENV)/test
	@$(PIP) -r requirements/check.lock
	@touch $@
