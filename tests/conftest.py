"""Fixtures that several test files use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from qgis.core import QgsApplication


@pytest.fixture(scope="session")
def run(qgis_app):
    """Runs one of the plugin's algorithms as a user would, and returns its results."""
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    import processing
    from processing.core.Processing import Processing

    from lunar_oxide_plugin import classFactory

    Processing.initialize()
    plugin = classFactory(None)
    plugin.initProcessing()

    def run_algorithm(name, feedback=None, context=None, **parameters):
        return processing.run(f"lunaroxide:{name}", parameters, feedback=feedback, context=context)

    yield run_algorithm
    plugin.unload()
