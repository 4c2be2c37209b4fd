# Lunar Oxide: every command of the README. Targets are quick when nothing changed.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SYSTEM_PYTHON ?= /usr/bin/python3
VENV := .venv
PY := $(VENV)/bin/python
TRAIN_VENV := .venv-train
TRAIN_PY := $(TRAIN_VENV)/bin/python
# onnxruntime's official builds send reports to Microsoft unless this is set.
export ORT_DISABLE_TELEMETRY := 1
XVFB := xvfb-run -a -s "-screen 0 1400x900x24"

APT_PACKAGES := qgis python3-qgis qgis-providers python3-rasterio python3-venv xvfb xauth python3-jsonschema


.PHONY: coverage mutation wheel test-wheel
.PHONY: help setup lock demo refine-demo test test-matrix lint format train validate-model processors cost-curve bench package \
        test-plugin install docs-images guide translations clean import-published test-training

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

# --- environment -----------------------------------------------------------------

.stamps/apt:
	@mkdir -p .stamps
	@missing=""; for package in $(APT_PACKAGES); do \
	  dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing system packages:$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
	@touch $@

# The virtual environment uses QGIS's own Python packages, with numpy; a newer numpy would break
# rasterio and QGIS. The locks list every package except numpy with its hash, and pip installs
# only these, without dependencies.
PIP_LOCKED := $(PY) -m pip install -q --no-deps --require-hashes

$(VENV)/.ready: .stamps/apt requirements-dev.lock requirements-runtime.lock
	@[ -x $(PY) ] || $(SYSTEM_PYTHON) -m venv --system-site-packages $(VENV)
	@$(SYSTEM_PYTHON) -c 'import numpy; print("numpy==" + numpy.__version__)' > $(VENV)/constraints.txt
	$(PIP_LOCKED) -r requirements-dev.lock
	$(PIP_LOCKED) -r requirements-runtime.lock
	@$(PY) -c 'import numpy, onnxruntime, rasterio, qgis.core'
	@touch $@

setup: $(VENV)/.ready  ## install what the other targets need

LOCK_VENV := build/lock
UV_COMPILE := $(LOCK_VENV)/bin/uv pip compile -q --universal --python-version 3.11 \
  --generate-hashes --no-annotate --no-header
WHEEL_EXTRAS := --extra onnxruntime --extra vectors --extra xarray

lock:  ## pin the packages that requirements-*.txt ask for, with hashes
	$(SYSTEM_PYTHON) -m venv $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip install -q uv==0.13.9
	$(UV_COMPILE) --no-emit-package numpy -c requirements-numpy.txt requirements-dev.txt \
	  -o requirements-dev.lock
	$(UV_COMPILE) --no-deps requirements-runtime.txt -o requirements-runtime.lock
	$(UV_COMPILE) requirements-build.txt -o requirements-build.lock
	$(UV_COMPILE) pyproject.toml $(WHEEL_EXTRAS) -o requirements-wheel.lock

$(TRAIN_VENV)/.ready: .stamps/apt training/requirements.txt
	@rm -rf $(TRAIN_VENV)
	$(SYSTEM_PYTHON) -m venv $(TRAIN_VENV)
	$(TRAIN_PY) -m pip install -q -r training/requirements.txt
	@touch $@

# --- quality ---------------------------------------------------------------------

PYTHON_DIRS := lunar_oxide_plugin tests tools training benchmarks

lint: $(VENV)/.ready  ## check style, types, Qt 6 and the plugin repository's rules
	$(VENV)/bin/ruff check -q $(PYTHON_DIRS)
	$(VENV)/bin/ruff format --check -q $(PYTHON_DIRS)
	@# numpy's own annotations change from release to release: types are checked against one.
	@if grep -q '^numpy==1\.' $(VENV)/constraints.txt; then $(VENV)/bin/mypy --no-error-summary; \
	else echo "Types are checked where QGIS brings numpy 1 (Debian 12); not here."; fi
	$(VENV)/bin/flake8 lunar_oxide_plugin
	@# Silent where every import goes down the floors (.importlinter).
	@report=$$(PYTHONPATH=. $(VENV)/bin/lint-imports --no-logo 2>&1) || { echo "$$report"; exit 1; }
	$(PY) -m tools.docstring_rules
	$(PY) -m tools.qt6_check
	$(PY) -m tools.repository_rules

format: $(VENV)/.ready  ## apply the formatter, scope enums
	$(PY) -m tools.qt6_check --fix
	$(VENV)/bin/ruff check -q --fix $(PYTHON_DIRS)
	$(VENV)/bin/ruff format -q $(PYTHON_DIRS)

# Processes that share the plugin's tests: `make test PROCESSES=1` runs them in one.
PROCESSES ?= $(shell n=$$(nproc); echo $$((n < 4 ? n : 4)))
# A file's tests stay together, because they share fixtures. A process that crashes fails its test
# and is not replaced. Threads of numpy would wait for those of the other processes.
PYTEST := QT_QPA_PLATFORM=offscreen OPENBLAS_NUM_THREADS=1 $(PY) -m pytest \
  --numprocesses=$(PROCESSES) --dist=loadfile --max-worker-restart=0

test: lint $(TRAIN_VENV)/.ready  ## set up, check style and types, run all tests
	@$(MAKE) --no-print-directory -j 2 test-plugin test-training test-wheel

test-plugin: $(VENV)/.ready  ## run the tests of the plugin
	$(PYTEST)

# One thread each, because the arrays are small and more threads are slower. Its lines come at its
# end, because `make test` runs it beside the other tests.
test-training: $(TRAIN_VENV)/.ready  ## run the tests of the training, in its own environment
	@lines=$$(OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(TRAIN_PY) -m pytest \
	  -W ignore::pytest.PytestConfigWarning training/tests 2>&1) && result=0 || result=$$?; \
	echo "$$lines"; exit $$result

# --- the wheel, without QGIS -------------------------------------------------------

BUILDER := build/wheel/builder
# An environment without the system's packages: what a user of pip has.
WHEEL_VENV := build/wheel/env
WHEEL_SOURCES := pyproject.toml metadata.txt README.md LICENSE CHANGELOG.md CITATION.cff \
  $(wildcard lunar_oxide_plugin/*.py resources/*.csv resources/models/*) \
  $(shell find lunar_oxide_plugin/core -type f -not -name '*.pyc')

$(BUILDER)/.ready: .stamps/apt requirements-build.lock
	@$(SYSTEM_PYTHON) -m venv $(BUILDER)
	@$(BUILDER)/bin/python -m pip install -q --require-hashes -r requirements-build.lock
	@touch $@

$(WHEEL_VENV)/.ready: .stamps/apt requirements-wheel.lock
	@rm -rf $(WHEEL_VENV)
	@$(SYSTEM_PYTHON) -m venv $(WHEEL_VENV)
	@$(WHEEL_VENV)/bin/python -m pip install -q --require-hashes -r requirements-wheel.lock
	@touch $@

build/wheel/.built: $(BUILDER)/.ready $(WHEEL_SOURCES)
	@rm -f dist/lunar_oxide-*.whl dist/lunar_oxide-*.tar.gz
	@said=$$($(BUILDER)/bin/python -m hatchling build -d dist 2>&1) || { echo "$$said"; exit 1; }
	@touch $@

wheel: build/wheel/.built  ## build the wheel and the source archive into dist/
	@ls dist/lunar_oxide-*.whl dist/lunar_oxide-*.tar.gz

build/wheel/.tested: $(VENV)/.ready $(WHEEL_VENV)/.ready build/wheel/.built \
    tests/wheel_checks.py docs/guide/pipelines.md
	@$(WHEEL_VENV)/bin/python -m pip install -q --no-deps --force-reinstall dist/lunar_oxide-*.whl
	@lines=$$(QT_QPA_PLATFORM=offscreen WHEEL_VENV=$(CURDIR)/$(WHEEL_VENV) \
	  BUILDER=$(CURDIR)/$(BUILDER) $(PY) -m pytest tests/wheel_checks.py 2>&1) \
	  && result=0 || result=$$?; echo "$$lines"; exit $$result
	@touch $@

test-wheel: build/wheel/.tested  ## install the wheel into an empty environment and test it there

COVERED := lunar_oxide_plugin/core lunar_oxide_plugin/algorithms
COVERAGE := $(PY) -m coverage report --skip-covered --show-missing

coverage: $(VENV)/.ready  ## measure line and branch coverage; fail below 95 % (core) or 90 % (algorithms)
	$(PYTEST) --cov-branch --cov-report= $(COVERED:%=--cov=%)
	$(COVERAGE) --include='*/core/*' --fail-under=95
	$(COVERAGE) --include='*/algorithms/*' --fail-under=90

mutation: $(VENV)/.ready  ## change the code in small ways; fail if the tests do not detect it
	$(PY) -m tools.mutation

test-matrix: $(VENV)/.ready  ## run the tests on Debian 12, 13 and testing (as root, each in a separate root)
	@command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap
	$(PY) -m tools.test_matrix $(SUITES)

# --- results ---------------------------------------------------------------------

demo: $(VENV)/.ready  ## predict, add sites and check on the bundled scene
	QT_QPA_PLATFORM=offscreen $(PY) -m tools.demo

refine-demo: $(VENV)/.ready  ## refine the model from before Chang'e-6 with the Chang'e-6 sample
	QT_QPA_PLATFORM=offscreen $(PY) -m tools.refine_demo

bench: $(VENV)/.ready  ## compare speed and memory of predictions (BENCH_OPTIONS="--large" for 1000 Mpx)
	@rm -rf build/bench
	@$(PY) -m benchmarks.speed --json build/bench/speed.json $(BENCH_OPTIONS)
	@$(PY) -m benchmarks.precision 2>/dev/null
	@$(PY) -m benchmarks.sensors
	@$(PY) -m benchmarks.encoding --json build/bench/encoding.json
	@$(PY) -m benchmarks.planning

package: $(VENV)/.ready  ## write the installable zip into dist/
	$(PY) -m tools.package
	$(PY) -m tools.repository_rules dist/lunar_oxide_plugin-*.zip

train: $(TRAIN_VENV)/.ready  ## train the shipped models again
	$(TRAIN_PY) -m training.train

# CHECKPOINTS: folder with log_<oxide>/model_best.pth; STATIONS: CSV of the training stations;
# IMPORT_OPTIONS: such as --exclude CE6 or --targets standardised (docs/guide/models.md).
STATIONS ?= resources/sample_sites.csv
OUT ?= published_onedcnn.onnx

import-published: $(TRAIN_VENV)/.ready  ## turn published checkpoints (CHECKPOINTS=DIR) into a model file
	@[ -n "$(CHECKPOINTS)" ] || { echo "Give CHECKPOINTS=DIR, the folder with log_TiO2 ... log_SiO2."; exit 1; }
	@$(TRAIN_PY) -m training.import_published "$(CHECKPOINTS)" --stations "$(STATIONS)" --out "$(OUT)" $(IMPORT_OPTIONS)

# VALIDATE_OPTIONS=--reuse keeps stored parts of which nothing has changed.
validate-model: $(TRAIN_VENV)/.ready  ## run every validation protocol, for every sensor
	$(TRAIN_PY) -m training.validate $(VALIDATE_OPTIONS)

processors: $(TRAIN_VENV)/.ready  ## train as other processors would, compare with the shipped model
	@$(TRAIN_PY) -m training.processors

cost-curve: $(TRAIN_VENV)/.ready  ## networks of several sizes: cost, distance from the teacher, R2
	@$(TRAIN_PY) -m training.cost_curve

clean:  ## remove everything that the targets make
	rm -rf $(VENV) $(TRAIN_VENV) .stamps dist build demo-output .pytest_cache .mypy_cache .ruff_cache

.stamps/apt-translations:
	@mkdir -p .stamps
	@[ -x /usr/lib/qt5/bin/lrelease ] || $(if $(filter 0,$(shell id -u)),,sudo) apt-get install -y -qq \
	  --no-install-recommends qttools5-dev-tools >/dev/null
	@touch $@

translations: $(VENV)/.ready .stamps/apt-translations  ## collect texts, update and compile resources/i18n
	QT_QPA_PLATFORM=offscreen $(PY) -m tools.translations

docs-images: demo  ## make the pictures of README and guide
	$(PY) -m tools.docs_images

guide: $(VENV)/.ready  ## render the user guide into resources/guide
	QT_QPA_PLATFORM=offscreen $(PY) -m tools.guide

# Where QGIS keeps the default profile on Linux; override for another profile.
PROFILE ?= $(HOME)/.local/share/QGIS/QGIS3/profiles/default

install: package  ## install the zip into the QGIS profile $(PROFILE)
	mkdir -p "$(PROFILE)/python/plugins"
	rm -rf "$(PROFILE)/python/plugins/lunar_oxide_plugin"
	$(PY) -m zipfile -e dist/lunar_oxide_plugin-*.zip "$(PROFILE)/python/plugins"
	@echo "Enable it: qgis_process plugins enable lunar_oxide_plugin (or in QGIS's plugin manager)."
