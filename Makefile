# Lunar Oxide: every command of the README. Targets are quick when nothing changed.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SYSTEM_PYTHON ?= /usr/bin/python3
VENV := .venv
PY := $(VENV)/bin/python
TRAIN_VENV := .venv-train
TRAIN_PY := $(TRAIN_VENV)/bin/python
XVFB := xvfb-run -a -s "-screen 0 1400x900x24"

APT_PACKAGES := qgis python3-qgis qgis-providers python3-rasterio python3-venv xvfb xauth

.PHONY: help setup demo test lint format train validate-model bench package install \
        docs-images clean

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

# The virtual environment sees QGIS's own Python packages. The constraint file holds
# numpy at the system's version: a newer one breaks rasterio and QGIS beneath us.
# onnxruntime comes without dependencies: it needs only numpy to run.
$(VENV)/.ready: .stamps/apt requirements-dev.txt requirements-runtime.txt
	@rm -rf $(VENV)
	$(SYSTEM_PYTHON) -m venv --system-site-packages $(VENV)
	@$(SYSTEM_PYTHON) -c 'import numpy; print("numpy==" + numpy.__version__)' > $(VENV)/constraints.txt
	$(PY) -m pip install -q -c $(VENV)/constraints.txt -r requirements-dev.txt
	$(PY) -m pip install -q --no-deps -r requirements-runtime.txt
	@$(PY) -c 'import numpy, onnxruntime, rasterio, qgis.core'
	@touch $@

setup: $(VENV)/.ready  ## install what the other targets need

$(TRAIN_VENV)/.ready: .stamps/apt training/requirements.txt
	@rm -rf $(TRAIN_VENV)
	$(SYSTEM_PYTHON) -m venv $(TRAIN_VENV)
	$(TRAIN_PY) -m pip install -q -r training/requirements.txt
	@touch $@

# --- quality ---------------------------------------------------------------------

PYTHON_DIRS := lunar_oxide_plugin tests tools training

lint: $(VENV)/.ready  ## check style, formatting and types
	$(VENV)/bin/ruff check -q $(PYTHON_DIRS)
	$(VENV)/bin/ruff format --check -q $(PYTHON_DIRS)
	$(VENV)/bin/mypy --no-error-summary

format: $(VENV)/.ready  ## apply the formatter
	$(VENV)/bin/ruff check -q --fix $(PYTHON_DIRS)
	$(VENV)/bin/ruff format -q $(PYTHON_DIRS)

test: lint  ## set up, check style and types, run all tests
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest

# --- results ---------------------------------------------------------------------

demo: $(VENV)/.ready  ## predict, add sites and check on the bundled scene
	QT_QPA_PLATFORM=offscreen $(PY) -m tools.demo

package: $(VENV)/.ready  ## write the installable zip into dist/
	$(PY) -m tools.package

train: $(TRAIN_VENV)/.ready  ## train the shipped models again
	$(TRAIN_PY) -m training.train

validate-model: $(TRAIN_VENV)/.ready  ## run every validation protocol
	$(TRAIN_PY) -m training.validate

clean:  ## remove everything that the targets make
	rm -rf $(VENV) $(TRAIN_VENV) .stamps dist build demo-output .pytest_cache .mypy_cache .ruff_cache

docs-images: demo  ## make the README's pictures
	$(PY) -m tools.docs_images

# Where QGIS keeps the default profile on Linux; override for another profile.
PROFILE ?= $(HOME)/.local/share/QGIS/QGIS3/profiles/default

install: package  ## install the zip into the QGIS profile $(PROFILE)
	mkdir -p "$(PROFILE)/python/plugins"
	rm -rf "$(PROFILE)/python/plugins/lunar_oxide_plugin"
	$(PY) -m zipfile -e dist/lunar_oxide_plugin-*.zip "$(PROFILE)/python/plugins"
	@echo "Enable it: qgis_process plugins enable lunar_oxide_plugin (or in QGIS's plugin manager)."
