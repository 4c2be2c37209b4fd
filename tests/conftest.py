"""Fixtures that several test files use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from qgis.core import QgsApplication

# A busy machine is no failure, and the same sources give the same result.
settings.register_profile(
    "lunar_oxide", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("lunar_oxide")


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
