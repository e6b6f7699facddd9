# `make book` builds the sample book; `make test` runs everything that must hold.
# Both set up .venv (and, through the system's package manager, the libraries that set type) once.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
READY_FOR_TESTS := .venv/ready-for-tests
SET_UP := tools/set-up pyproject.toml

# What is compiled once serves all processes that tests start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: book test test-slow fuzz lint bench lock clean

book: $(READY)
	$(BIN)/book build

test: $(READY_FOR_TESTS) lint
	$(BIN)/python -m pytest -n auto --dist worksteal

test-slow: $(READY_FOR_TESTS)
	$(BIN)/python -m pytest --slow -m slow

# Random posts and style sheets, for SECONDS; SEED begins elsewhere. Finds go to tests/hostile/found/.
SECONDS ?= 600
SEED ?= 0
fuzz: $(READY_FOR_TESTS)
	PYTHONPATH=tests $(BIN)/python -m hostile.fuzz $(SECONDS) $(SEED)

lint: $(READY_FOR_TESTS)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(READY_FOR_TESTS)
	$(BIN)/python -m benchmarks

# What is installed, to the byte: run it after changing the dependencies in pyproject.toml, with .venv made
# by the oldest Python to be served (3.11.2, Debian 12's), because newer releases of packages leave it behind.
LOCK = $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --all-build-deps \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header
lock: $(READY_FOR_TESTS)
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --extra dev --extra cjk --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv .book out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): requirements.lock $(SET_UP)
	PYTHON=$(PYTHON) tools/set-up requirements.lock
	touch $@

$(READY_FOR_TESTS): requirements-dev.lock $(SET_UP)
	PYTHON=$(PYTHON) tools/set-up requirements-dev.lock --for-tests
	touch $@ $(READY)
