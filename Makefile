# `make demo` and `make test` are all a newcomer needs; `make help` lists the rest.
#
# The first of these that runs, is 3.11 or newer and can make a virtual environment is used.
# Name another with `make demo PYTHON=/path/to/python`.
PYTHON ?=
CANDIDATES = $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3)

# Where this is set, every process would compile every module anew, and tests start many processes.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WORKERS ?= 2
# Each worker begins with a run of neighbouring tests, which share what they set up; one that is
# done takes over some that another has not reached.
PYTEST = $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help venv demo test lint types compiled pytest bench figures clean

help: ## list the targets
	@echo "Waytrust. First: make demo, then: make test"
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

venv: $(STAMP) ## make the virtual environment .venv and install into it

demo: $(STAMP) ## compare a data breach with and without a firewall, and draw it
	@$(BIN)/python -m experiments.cli demo

test: lint ## ruff, mypy and every test
	@$(MAKE) --no-print-directory -j 2 types pytest

lint: $(STAMP) ## ruff only
	@$(BIN)/ruff check .

types: $(STAMP) ## mypy only
	@$(BIN)/mypy

compiled: $(STAMP)
	@echo "Compiling the model (about half a minute, once for each version of the code) ..."
	@$(BIN)/waytrust run central_mediterranean --migrants 200 --days 2 --json >/dev/null 2>&1

pytest: compiled ## the tests only
	@$(PYTEST)

bench: $(STAMP) ## speed, memory and growth; about ten minutes
	@$(BIN)/python -m benchmarks

figures: $(STAMP) ## draw the figures of docs/behaviour.md and docs/validation.md again
	@$(BIN)/python -m experiments.cli figures

clean: ## remove .venv, caches and build outputs (results stay)
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Modules are compiled when they are first used (--no-compile): most never are.
$(STAMP): pyproject.toml constraints.txt
	@set -eu; \
	if ! $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	  made=; \
	  for candidate in $(CANDIDATES); do \
	    "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	    rm -rf $(VENV); \
	    if "$$candidate" -m venv $(VENV) >/dev/null 2>&1 \
	      && $(BIN)/python -m pip --version >/dev/null 2>&1; then made="$$candidate"; break; fi; \
	    rm -rf $(VENV); \
	  done; \
	  if [ -z "$$made" ]; then \
	    echo "No suitable Python: Waytrust needs 3.11 or newer with the venv and ensurepip modules" \
	      "(on Debian and Ubuntu: the package python3-venv). Tried:" $(CANDIDATES)"." >&2; \
	    echo "Install one, or name it: make PYTHON=/path/to/python" >&2; \
	    exit 1; \
	  fi; \
	fi; \
	echo "Installing Waytrust into $(VENV) with $$($(BIN)/python --version) (once; a minute or two) ..."; \
	$(BIN)/python -m pip install --quiet --quiet --no-compile --disable-pip-version-check -e '.[dev]' -c constraints.txt; \
	touch $(STAMP)
