# The verbs of this project. `make demo` and `make test` set up all they need.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: demo packages test check assure docs bench wheel clean help

$(VENV)/ready: requirements/dev.txt pyproject.toml
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(VENV)/ready ## make the example firm, audit it, show its findings; the workspace stays in demo/
	$(BIN)/chahe demo --workspace demo

packages: ## install what tests use of Debian's, where that is allowed
	tools/debian-packages

test: $(VENV)/ready packages ## run every test (both engines, both databases)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/ready ## lint, types, import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

assure: $(VENV)/ready ## try mistakes in the SQL of controls that have no score as they stand (minutes), and keep the scores
	$(BIN)/python tools/measure_assurance.py

docs: $(VENV)/ready ## write the generated reference pages anew
	$(BIN)/python tools/write_reference.py

bench: $(VENV)/ready ## measure speed and memory (minutes); figures go to docs/performance.md by hand
	$(BIN)/python bench/fortigate.py
	$(BIN)/python bench/readers.py
	$(BIN)/python bench/gaps.py
	$(BIN)/python bench/day_of_orders.py --records 1000000
	$(BIN)/python bench/fairness.py
	$(BIN)/python bench/start.py
	$(BIN)/python bench/vault_log.py
	$(BIN)/python bench/vault_objects.py
	$(BIN)/python bench/vault_backup.py

wheel: $(VENV)/ready ## build the wheel, install it elsewhere and run it there
	tools/try-wheel

clean: ## remove what the verbs above made
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache spark-warehouse

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10
