# Everything installs itself into .venv on first use. `make` alone says what there is.
INPUT ?= seeds/documents
OUT ?= warehouse/data
POOL ?= ../shared/corpus/pool.jsonl.gz
GOLD ?= ../shared/gold
CORPUS ?= ../shared/corpus
SCORER ?= ../shared/tools/score.py
PORT ?= 3000
TEXTS ?= 1000000

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help run ui test lint bench daily soak fuzz score

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run: $(RUNTIME) ## Read INPUT (a folder or file; default: the sample articles) and publish OUT/chitieu.duckdb
	@$(BIN)/chitieu run "$(INPUT)" --out "$(OUT)"

ui: $(RUNTIME) ## Open Dagster's user interface and scheduler on 127.0.0.1:PORT
	@$(BIN)/chitieu ui --out "$(OUT)" --port $(PORT)

test: $(DEV) ## Run every test
	@$(BIN)/python -m pytest

lint: $(DEV) ## Style, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(DEV) ## Measure each room and the whole route over POOL
	@$(BIN)/python bench/route.py "$(POOL)"

daily: $(DEV) ## Measure what a day costs: one article read into a store that holds POOL, and publishing it
	@$(BIN)/python bench/daily.py "$(POOL)"

soak: $(DEV) ## Let batches of POOL arrive while processes are killed, and compare with a clean run (SOAK="--batches 12 --seconds 30 --kills 4")
	@$(BIN)/python bench/soak.py "$(POOL)" $(SOAK)

fuzz: $(DEV) ## Read TEXTS generated texts; a text that fails is printed
	@$(BIN)/python bench/fuzz.py --texts $(TEXTS)

score: $(RUNTIME) ## Compare what is read of CORPUS/{seeds,dev.jsonl} with the facts of GOLD (BY=indicator SHOW=period RECORD=1)
	@test -f "$(SCORER)" || { echo "make score: $(SCORER) is not there; say where it is: make score SCORER=… GOLD=… CORPUS=…"; exit 1; }
	@for corpus in seeds dev.jsonl; do \
	  name=$${corpus%.jsonl}; \
	  $(BIN)/python -m tests.golden.report "$(GOLD)/$$name.jsonl" "$(CORPUS)/$$corpus" $(BY:%=--by %) $(SHOW:%=--show %) $(if $(RECORD),--record) || exit 1; \
	  $(BIN)/chitieu run "$(CORPUS)/$$corpus" --out "$(OUT)/score/$$name" || exit 1; \
	  echo "The published file, by $(SCORER):"; \
	  $(BIN)/python "$(SCORER)" --gold "$(GOLD)/$$name.jsonl" --predictions "$(OUT)/score/$$name/chitieu.duckdb" || exit 1; \
	done

$(BIN)/python:
	@if ! "$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null; then \
	  echo "Chỉ Tiêu needs Python 3.11 or newer; found here: $$($(or $(PYTHON),python3) --version 2>&1 || echo none)."; \
	  echo "Install a newer one, or name it: make PYTHON=/path/to/python3.12"; exit 1; \
	fi
	@"$(PYTHON)" -m venv $(VENV)

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what $< pins into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing what $< pins into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@
