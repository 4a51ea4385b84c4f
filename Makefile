# `make run` and `make test` need git, make and Python 3.11 or newer; everything else goes to .venv.

MAKEFLAGS += --no-print-directory
# Many processes start during the tests; without bytecode on disk each would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
READY := .venv/.ready
TOOLS := .conformance/.ready
.DEFAULT_GOAL := help
.PHONY: help run test check conformance fuzz docs schema web pictures benchmark clean

help:
	@echo "make run      serve the directory on 127.0.0.1:8000"
	@echo "make test     run the tests"
	@echo "make check    style, types, layers, generated files"
	@echo "make conformance  what needs Node or a browser: audits, lint, fuzzing, a generated client, the explorer"
	@echo "make fuzz     the same fuzzing for three seeds with 500 examples a question (takes long)"
	@echo "make docs     regenerate schema.graphql, docs/cli.md and docs/settings.md"
	@echo "make web      rebuild what browsers run from web/"
	@echo "make pictures  take the pictures of the README anew"
	@echo "make benchmark  measure beside other systems, and at 5,000 and 50,000 organisations (about an hour the first time)"
	@echo "make clean    remove what make has built; the data in var/ stays"

run: $(READY)
	@exec $(BIN)/kopa serve --prepare

test: $(READY)
	@$(BIN)/pytest -q -n 4 --dist worksteal

check: $(READY)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "Some files are not formatted; run .venv/bin/ruff format."; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/kopa docs --check
	@$(BIN)/pytest -q tests/test_contract.py tests/contract

conformance: $(TOOLS)
	@$(BIN)/pytest -q -n 4 --dist loadfile tests/conformance tests/browser

fuzz: $(TOOLS)
	@SEEDS=1,2,3 EXAMPLES=500 $(BIN)/pytest -q -n 3 --timeout 7200 tests/conformance/test_fuzzing.py

docs schema: $(READY)
	@$(BIN)/kopa docs

web: $(TOOLS)
	@cp -R web/. .conformance/web/
	@cd .conformance/web && PATH="$$PWD/../node/bin:$$PATH" node build.mjs ../..

pictures: $(TOOLS)
	@$(BIN)/python -m tests.browser.pictures

benchmark: $(TOOLS)
	@$(BIN)/python -m benchmarks.peers
	@$(BIN)/python -m benchmarks.peers --growth
	@$(BIN)/python -m benchmarks.catalogue
	@$(BIN)/python -m benchmarks.hostile
	@$(BIN)/python -m benchmarks.worst
	@$(BIN)/python -m benchmarks.search.speed
	@$(BIN)/python -m benchmarks.panel
	@$(BIN)/python -m benchmarks.pages
	@$(BIN)/python -m tests.browser.painting

clean:
	rm -rf .venv .venv-uv .conformance .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find service tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python that runs and is new enough; a name on PATH alone may be an empty shim.
$(READY): pyproject.toml uv.lock
	@set -e; \
	for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$${python:-}" ]; then echo "Kopā needs Python 3.11 or newer; none was found on PATH." >&2; exit 1; fi; \
	uv=uv; \
	if ! uv --version 2>/dev/null | grep -Eq '^uv (0\.(9|[1-9][0-9])|[1-9])'; then \
	    uv=.venv-uv/bin/uv; \
	    if ! $$uv --version >/dev/null 2>&1; then \
	        echo "Getting uv, which installs what uv.lock pins ..."; \
	        $$python -m venv --clear .venv-uv || { \
	            echo "Python cannot make virtual environments; install its venv package (on Debian: python3-venv)." >&2; exit 1; }; \
	        .venv-uv/bin/pip install --quiet --disable-pip-version-check "uv>=0.9"; \
	    fi; \
	fi; \
	echo "Installing what uv.lock pins into .venv ..."; \
	UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never $$uv sync --locked --quiet \
	    --python "$$($$python -c 'import sys; print(sys.executable)')"; \
	echo "$$uv" > $@

$(TOOLS): $(READY) web/package-lock.json tests/conformance/package-lock.json $(wildcard tests/conformance/*.txt)
	@UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never $$(cat $(READY)) sync --locked --quiet --inexact --group browser
	@$(BIN)/python -m tests.conformance.prepare
	@touch $@
