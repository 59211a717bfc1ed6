# `make demo` and `make test` are all that a newcomer needs; `make help` lists the rest.

ifndef PYTHON
PYTHON := $(shell for candidate in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$candidate && break; done)
endif
VENV_PYTHON = .venv/bin/python
WITH_TEST_DATABASE = $(VENV_PYTHON) -m teachercover.embedded run --cluster test --
LOCK = $(VENV_PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--custom-compile-command "make lock"
SCHEMA = docs/openapi.yaml
PATHS ?= $(dir $(wildcard ../shared/timetables/*/lessons.csv))

# Runs one step of a longer target and says which one failed.
step = @echo "== $(1)"; $(2) || { echo "make $@: the step '$(1)' failed" >&2; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help demo test lint types format lock schema bench clean base-requirements dev-requirements python

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

demo: base-requirements ## set everything up and serve the demo on 127.0.0.1:8000 (PORT=… for another port)
	@$(VENV_PYTHON) -m teachercover.demo

test: lint types ## set everything up and run every check and test
	$(call step,migrations match the models,$(WITH_TEST_DATABASE) $(VENV_PYTHON) manage.py makemigrations --check --dry-run)
	$(call step,tests,$(WITH_TEST_DATABASE) $(VENV_PYTHON) -m pytest -n 2 $(PYTEST_ARGS))

lint: dev-requirements ## style, format and the layers of the house
	$(call step,ruff check,$(VENV_PYTHON) -m ruff check)
	$(call step,ruff format,$(VENV_PYTHON) -m ruff format --check)
	$(call step,layers,$(VENV_PYTHON) .venv/bin/lint-imports)

types: dev-requirements ## mypy, strictly
	$(call step,types,$(VENV_PYTHON) -m mypy .)

format: dev-requirements ## let ruff put the code into its form
	$(VENV_PYTHON) -m ruff check --fix
	$(VENV_PYTHON) -m ruff format

lock: dev-requirements ## resolve requirements/*.in again into hash-locked files
	$(LOCK) requirements/base.in --output-file requirements/base.txt
	$(LOCK) requirements/dev.in --output-file requirements/dev.txt

schema: dev-requirements ## write the API's OpenAPI schema
	$(VENV_PYTHON) manage.py spectacular --validate --fail-on-warn --file $(SCHEMA)

bench: dev-requirements ## solve real timetables (PATHS=…) and compare with greedy covering
	$(WITH_TEST_DATABASE) $(VENV_PYTHON) benchmarks/planner_real.py $(PATHS)

clean: ## remove the demo's and the tests' databases and all that tools have left; keep .venv
	@if [ -x $(VENV_PYTHON) ]; then for cluster in demo test; do \
		$(VENV_PYTHON) -m teachercover.embedded discard --cluster $$cluster || exit 1; done; fi
	rm -rf .local staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

base-requirements: python
	@$(PYTHON) -m teachercover.install base

dev-requirements: python
	@$(PYTHON) -m teachercover.install dev

python:
	@[ -n "$(PYTHON)" ] || { echo "teachercover needs Python 3.11 or newer; name it with make PYTHON=/path/to/python3" >&2; exit 1; }
