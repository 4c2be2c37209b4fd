"""Fixtures that several test files use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from qgis.core import QgsApplication

# No deadline, because the machine may be busy; fixed examples, so that results are repeatable.
settings.register_profile(
    "lunar_oxide", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("lunar_oxide")


@pytest.fixture(scope="session")
def run(qgis_app):
    """Runs one of the plugin's algorithms like a user, and returns its results."""
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


@pytest.fixture
def user_profile(tmp_path, monkeypatch):
    """A new profile; the plugin's folder in it, which does not exist yet."""
    from lunar_oxide_plugin.core import profile

    monkeypatch.setattr(profile, "_folder", None)
    profile.use_profile(tmp_path / "profile")
    return tmp_path / "profile" / "lunar_oxide"


@pytest.fixture
def bare(user_profile, monkeypatch):
    """A new profile, and a Python without onnxruntime."""
    kept = [entry for entry in sys.path if not (Path(entry) / "onnxruntime").is_dir()]
    monkeypatch.setattr(sys, "path", kept)
    for name in [n for n in sys.modules if n.split(".")[0] == "onnxruntime"]:
        monkeypatch.delitem(sys.modules, name)
    yield user_profile
    for name in [n for n in sys.modules if n.split(".")[0] == "onnxruntime"]:
        del sys.modules[name]  # remove the packages that the test installed
