# Everything a contributor does, one target each. `make run` and `make test` need nothing but Python 3.11+.
PYTHON ?= python3
BIN := .venv/bin
# Tests of the reader wait for its frames about as long as they compute: two workers a core.
WORKERS ?= $(shell $(PYTHON) -c "import os; print(2 * (os.cpu_count() or 1))")
# Tests start many programs: what was compiled once is kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-slow test-examples test-newest test-lowest lock coverage torture soak conformance check format bench screenshots demo docs dist-test licences sbom clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/installed: pyproject.toml
	@echo "Setting up (once, about a minute)…"
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
	    --editable '.[images]' >.venv/setup.log 2>&1 || { cat .venv/setup.log; exit 1; }
	@touch $@

.venv/tested: pyproject.toml requirements/development.txt
	test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/development.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

run: .venv/installed  ## open the reader
	@$(BIN)/tuireader

test: .venv/tested  ## the test suite without what takes long
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-slow: .venv/tested  ## the tests that take long, also those with the corpora beside the repository
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m slow --run-slow --ignore tests/torture

test-examples: .venv/tested  ## the property tests with other examples, eight times as many
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "hypothesis and not slow" --hypothesis-profile searching

test-newest: .venv/tested  ## the test suite with the newest Textual, in an environment of its own
	test -d build/newest || $(PYTHON) -m venv build/newest
	build/newest/bin/python -m pip install --quiet --requirement requirements/development.txt
	build/newest/bin/python -m pip install --quiet --no-deps --editable .
	build/newest/bin/python -m pip install --quiet --upgrade textual
	build/newest/bin/python -m pytest -n $(WORKERS) --dist loadfile

# Pillow is optional, and the tests name a version of their own.
test-lowest: $(BIN)/uv  ## library and command line with the lowest versions that pyproject.toml allows
	mkdir -p build && echo Pillow==11.3.0 > build/lowest.txt
	test -d build/lowest || $(PYTHON) -m venv build/lowest
	$(BIN)/uv pip install --quiet --python build/lowest/bin/python --resolution lowest-direct \
	    --overrides build/lowest.txt --editable '.[images,test]'
	build/lowest/bin/python -m pytest -n $(WORKERS) --dist loadfile tests/library tests/cli

lock: $(BIN)/uv  ## write requirements/development.txt: versions and hashes of what develops and tests this
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" --all-extras \
	    --output-file requirements/development.txt pyproject.toml

$(BIN)/uv: | .venv/tested
	$(BIN)/python -m pip install --quiet uv

coverage: .venv/tested  ## the tests of library and command line; fails if they cover less of library than before
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile tests/library tests/cli --cov --cov-report=term:skip-covered

torture: .venv/tested  ## 5,000 kills, over a million crash states, noise typed for long (about half an hour)
	$(BIN)/python -m pytest tests/torture --run-slow --timeout 7200 -rP -q
	SHARING_SECONDS=120 BYTE_STRINGS=2500 $(BIN)/python -m pytest -m slow --run-slow --timeout 7200 -q \
	    tests/library/search/test_sharing.py tests/ui/test_any_bytes.py

soak: .venv/tested  ## the memory of the reader over 5,000 articles that are opened (about fifteen minutes)
	$(BIN)/python -m benchmarks.soak

# test_table_repr expects the names of TinyDB's own storage classes, which ours cannot have.
conformance: .venv/tested  ## TinyDB's own tests of tables, operations and queries, over our storage
	rm -rf build/tinydb && mkdir -p build/tinydb
	$(BIN)/python -m pip download --quiet --no-deps --no-binary :all: --dest build/tinydb tinydb==4.9.0
	tar -xzf build/tinydb/tinydb-4.9.0.tar.gz -C build/tinydb --strip-components 1
	cp tests/tinydb_conftest.py build/tinydb/tests/conftest.py
	$(BIN)/python -m pytest -q --rootdir build/tinydb -c /dev/null -k "not table_repr" \
	    build/tinydb/tests/test_tables.py build/tinydb/tests/test_operations.py build/tinydb/tests/test_queries.py

check: .venv/tested  ## format, lint, spelling, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: .venv/tested  ## format the code and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/tested  ## measure the claims of the README; ratios against a peer in the same run
	$(BIN)/python -m benchmarks

screenshots: .venv/tested  ## draw the pictures of the README and docs from the starter library
	$(BIN)/python -m docs.screenshots

demo: .venv/tested  ## record the animated picture of the README from the starter library
	$(BIN)/python -m docs.demo

docs: .venv/tested  ## write docs/keys.md, docs/settings.md, the manual page and the completions from what is declared
	$(BIN)/python -m docs.keys
	$(BIN)/python -m docs.settings
	$(BIN)/python -m docs.shell_files

dist-test: $(BIN)/uv  ## build wheel and sdist, try both in fresh environments of every Python on this machine
	$(BIN)/python packaging/dist_test.py

licences: .venv/tested  ## write docs/licences.md: the licences of everything that is installed
	$(BIN)/python packaging/licences.py

# A tool of its own, in an environment of its own: nothing else here needs it.
sbom: $(BIN)/uv  ## write dist/sbom.json: a bill of materials of the program and its extras (CycloneDX)
	mkdir -p build dist
	$(BIN)/uv venv --quiet --clear build/sbom
	$(BIN)/uv pip install --quiet --python build/sbom/bin/python '.[images,serve]'
	$(BIN)/uv tool run --quiet --from 'cyclonedx-bom>=7,<8' cyclonedx-py environment --pyproject pyproject.toml \
	    --output-reproducible --of JSON -o dist/sbom.json build/sbom/bin/python

clean:  ## remove what was built
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -prune -exec rm -rf {} +
