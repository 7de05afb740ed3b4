# Needs Python 3.11 or later with its venv module, and a package registry. Nothing else.
PYTHON ?= python3
BIN := .venv/bin
DOCS = $(wildcard README.md docs/*.md)
# Newest versions: make lock LOCK=--upgrade. Some tests only: make test TESTS=tests/scoring
LOCK =
TESTS =

# uv knows none of pip's settings, where a mirror of the registry may stand.
MIRROR = $$($(BIN)/pip config list | sed -n "s/.*\.index-url='\(.*\)'/\1/p" | tail -n 1)
UV = VIRTUAL_ENV=.venv UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$(MIRROR)}" $(BIN)/uv --quiet pip
INSTALL = $(UV) install --only-binary :all: --compile-bytecode --require-hashes \
	--constraint requirements.lock --requirement pyproject.toml
LINT_IMPORTS = out=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$out"; exit 1; }
PYTEST = $(BIN)/python -m pytest --quiet --color=no -n 2

# An interpreter that uv fetched by itself would not be the one that was asked for; a certificate
# that the machine trusts is one that uv may trust.
export UV_PYTHON_DOWNLOADS = never
export UV_SYSTEM_CERTS = 1
check fast test: export NO_COLOR = 1

.PHONY: help demo check fast test static docs lock clean
help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' $(MAKEFILE_LIST)

demo: .venv/run  ## show the main job on the sample chats
	@$(BIN)/evenkeel demo

check: static  ## all checks and tests, as CI runs them
	@$(if $(DOCS),$(BIN)/cog --check --diff --verbosity=1 --check-fail-msg="Run make docs." $(DOCS))
	@$(PYTEST)

fast: static  ## the checks that take under a minute
	@$(PYTEST) -m "not postgres and not outside_data and not model_server"

test: .venv/run .venv/dev  ## tests only
	@$(PYTEST) $(TESTS)

static: .venv/run .venv/dev  ## format, lint, types, imports
	@$(BIN)/ruff format --check --output-format=concise
	@$(BIN)/ruff check --output-format=concise
	@$(BIN)/mypy
	@$(LINT_IMPORTS)

docs: .venv/run .venv/dev  ## rewrite the generated parts of the texts
	@$(if $(DOCS),$(BIN)/cog -r --verbosity=1 $(DOCS))

lock: .venv/uv  ## rewrite requirements.lock from pyproject.toml
	@$(UV) compile --universal --python-version 3.11 --all-extras \
		--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" $(LOCK) --output-file requirements.lock pyproject.toml

clean:  ## remove the virtual environment, builds and caches
	@rm -rf .venv build dist *.egg-info
	@rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# Stamps. A new lock makes a new environment, so that nothing stays from the old one.
# uv comes from the lock like everything else, checked by pip against its hashes there.
.venv/uv: requirements.lock
	@$(PYTHON) -m venv --clear .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		--only-binary :all: --requirement .venv/uv.txt
	@touch $@

.venv/needs: .venv/uv
	@$(INSTALL) --extra setup
	@touch $@

# The check finds a dependency that pyproject.toml names and the lock does not: make lock.
.venv/run: .venv/needs pyproject.toml
	@$(UV) install --no-deps --no-build-isolation --editable .
	@$(UV) check
	@touch $@

.venv/dev: .venv/needs
	@$(INSTALL) --extra dev --extra postgres --extra bench --extra model --extra mcp
	@touch $@
