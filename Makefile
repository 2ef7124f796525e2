# Everything a person does here, one target each: `make help`. Needs Python 3.11 or newer, git and a package index.

PYTHON ?= python3
VENV ?= .venv
AWS_FLAGS ?=
SCALE_FLAGS ?=
COVERAGE_FLAGS ?=
SITE_FLAGS ?=
PYTEST_FLAGS ?= -n auto --dist worksteal

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# Each stamp is newer than pyproject.toml when what it stands for is installed; each contains the ones before it.
RUN := $(VENV)/.run
AWS := $(VENV)/.aws
TEST := $(VENV)/.test
DEV := $(VENV)/.dev
LOWEST := $(VENV)-lowest
# Sphinx and the AWS command line want different releases of docutils.
SITE := $(VENV)-site

ENVIRONMENTS := $(filter-out _%,$(basename $(notdir $(wildcard environments/*.yaml))))
RENDERS := $(ENVIRONMENTS:%=render-%)
CHECKS := $(ENVIRONMENTS:%=check-%)
REGISTERS := $(ENVIRONMENTS:%=register-%)
DEPLOYS := $(ENVIRONMENTS:%=deploy-%)

CORE := $(addprefix tests/,unit rules laws golden errors explain integration)

.DEFAULT_GOAL := render
.DELETE_ON_ERROR:
.PHONY: lowest render $(RENDERS) check $(CHECKS) $(REGISTERS) $(DEPLOYS)
.PHONY: test unit core coverage laws kills worst fuzz peers bots golden lint format types arch shapes docs site browse bench wheel clean help

#: render         render every environment (the default of `make`)
render: $(RUN)
	@$(BIN)/taskdef render

#: render-ENV     render one environment: render-dev
$(RENDERS): render-%: $(RUN)
	@$(BIN)/taskdef render $*

#: check          check that every artifact is up to date
check: $(RUN)
	@$(BIN)/taskdef check

#: check-ENV      compare the artifacts of one environment: check-dev
$(CHECKS): check-%: $(RUN)
	@$(BIN)/taskdef check $*

#: register-ENV   register the committed artifacts of one environment, if they are new (AWS_FLAGS="--profile live --yes")
$(REGISTERS): register-%: $(AWS)
	@$(BIN)/taskdef register $* $(AWS_FLAGS)

#: deploy-ENV     register them if needed, and update their services (AWS_FLAGS="--rollback-on-failure")
$(DEPLOYS): deploy-%: $(AWS)
	@$(BIN)/taskdef deploy $* $(AWS_FLAGS)

#: test           run all tests
test: $(DEV)
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

#: unit           run the tests of single modules and rules: seconds
unit: $(TEST)
	$(BIN)/python -m pytest $(PYTEST_FLAGS) tests/unit tests/rules

#: core           run all tests that need no other program than Python and git
core: $(TEST)
	$(BIN)/python -m pytest $(PYTEST_FLAGS) $(CORE)

#: lowest         run most tests of the core with the oldest libraries that pyproject.toml admits
lowest:
	@$(MAKE) --no-print-directory $(LOWEST)/.test VENV=$(LOWEST)
	@$(LOWEST)/bin/python -m pip --disable-pip-version-check --quiet install $$($(LOWEST)/bin/python scripts/list_lowest.py)
	$(LOWEST)/bin/python -m pytest $(PYTEST_FLAGS) tests/unit tests/rules tests/golden tests/integration

#: coverage       run all tests, and list the lines and branches of `generator` that none of them reaches: half an hour
coverage: $(DEV)
	$(BIN)/python -m pytest $(PYTEST_FLAGS) --laws brief --ignore tests/architecture/test_startup.py -W ignore::pytest.PytestUnraisableExceptionWarning \
		--cov --cov-report=term-missing:skip-covered $(COVERAGE_FLAGS)

#: laws           draw 5000 examples of each law: hours
laws: $(TEST)
	$(BIN)/python -m pytest $(PYTEST_FLAGS) tests/laws --laws wide

#: kills          kill 280 runs of render at random points, and count the files that they leave: minutes
kills: $(TEST)
	$(BIN)/python tests/kills.py

#: worst          render 5000 templates that use their limits, and report the worst steps, seconds and memory: minutes
worst: $(TEST)
	$(BIN)/python -m tests.worst 5000

#: fuzz           run the program 200000 times on broken files and commits, in every mode and form, and with answers of AWS if boto3 is installed: half an hour
fuzz: $(TEST)
	$(BIN)/python -m tests.fuzz

#: peers          drive yaml-language-server, ajv-cli and check-jsonschema with our schemas; needs npm: two minutes
peers: $(DEV)
	$(BIN)/python -m pytest $(PYTEST_FLAGS) -n 0 tests/peers/editors.py

#: bots           run Renovate on the configuration for bots, with a registry on loopback; needs npm and 600 MB: minutes
bots: $(DEV)
	$(BIN)/python -m pytest $(PYTEST_FLAGS) -n 0 tests/peers/bots.py

#: golden         rewrite the expected files of the tests; review the diff like code
golden: $(DEV)
	$(BIN)/python -m pytest --rewrite-golden $(wildcard tests/golden tests/errors)

#: lint           check style
lint: $(DEV)
	$(BIN)/ruff format --check
	$(BIN)/ruff check

#: format         fix style
format: $(DEV)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

#: types          check types
types: $(DEV)
	$(BIN)/mypy

#: arch           check that imports point down and each library has one home
arch: $(DEV)
	$(BIN)/lint-imports

#: shapes         generate the ECS shapes from the installed botocore
shapes: $(DEV)
	$(BIN)/python scripts/generate_shapes.py

#: docs           generate the documents that come from code, and the pictures in the README; a new one of the page needs Chromium
docs: $(DEV)
	$(BIN)/python scripts/generate_docs.py
	$(BIN)/python scripts/draw_terminal.py
	$(BIN)/python scripts/draw_page.py

#: site           build the documentation site into build/site: half a minute (SITE_FLAGS="-D repository=ADDRESS" links its files)
site:
	@$(MAKE) --no-print-directory $(SITE)/.site VENV=$(SITE)
	$(SITE)/bin/python -m sphinx --fail-on-warning --keep-going --nitpicky --quiet --doctree-dir build/doctrees $(SITE_FLAGS) docs build/site

#: browse         build the site, follow its links, and search it in Chromium without a network: two minutes
browse: $(DEV) site
	SITE_PYTHON=$(SITE)/bin/python $(BIN)/python -m pytest $(PYTEST_FLAGS) -n 0 tests/site/pages.py

#: bench          measure start-up of an installed wheel, linting beside botocore, and projects of 1000 tasks beside Pkl, from npm, and rjsonnet: half an hour (SCALE_FLAGS="--tasks 50" makes it a minute)
bench: $(DEV)
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/linting.py
	$(BIN)/python -m benchmarks.scale $(SCALE_FLAGS)

#: wheel          build the wheel into dist/
wheel: $(DEV)
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

#: clean          remove generated files that are not in git
clean:
	rm -rf $(VENV) $(LOWEST) $(SITE) .venv-3.* build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

#: help           list the targets
help:
	@sed -n 's/^#: /  /p' $(MAKEFILE_LIST)

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo 'taskdef needs Python 3.11 or newer: no $(PYTHON) here (make PYTHON=...)' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "taskdef needs Python 3.11 or newer: $(PYTHON) is $$($(PYTHON) --version 2>&1) (make PYTHON=...)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUN): pyproject.toml | $(BIN)/python
	@echo 'installing taskdef and its four libraries into $(VENV)'
	@$(PIP) --editable .
	@touch $@

$(AWS): pyproject.toml | $(BIN)/python
	@echo 'installing taskdef and boto3 into $(VENV)'
	@$(PIP) --editable '.[aws]'
	@touch $(RUN) $@

$(TEST): pyproject.toml | $(BIN)/python
	@echo 'installing taskdef and the tools of the core tests into $(VENV)'
	@$(PIP) --editable '.[test]'
	@touch $(RUN) $@

$(VENV)/.site: pyproject.toml | $(BIN)/python
	@echo 'installing taskdef and Sphinx into $(VENV)'
	@$(PIP) --editable '.[docs]'
	@touch $(RUN) $@

$(DEV): pyproject.toml | $(BIN)/python
	@echo 'installing taskdef and the tools of all tests into $(VENV), about 2 minutes'
	@$(PIP) --editable '.[dev]'
	@touch $(RUN) $(AWS) $(TEST) $@
