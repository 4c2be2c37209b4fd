"""Running a model sends no reports and leaves no identifier on the machine."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from tools.qgis_session import ROOT

PREDICT = f"""
import os
import numpy
from pathlib import Path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
model = OxideModel(Path({str(bundled_model_path("kaguya_mi"))!r}))
assert numpy.isfinite(model.predict(numpy.full((8, 3), 0.1, numpy.float32)).oxides).all()
assert "ORT_DISABLE_TELEMETRY" not in os.environ
"""


def files_after(script, home):
    """Files in a fresh home after a script ran there, outside of what marks continuous tests."""
    home.mkdir()
    kept = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
    environment = {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=120)
    return sorted(path.name for path in home.rglob("*") if path.is_file())


def test_the_runtime_creates_no_device_identifier(tmp_path):
    if "deviceid" not in files_after("import onnxruntime", tmp_path / "bare"):
        pytest.skip("this build of onnxruntime reports nothing by itself")
    assert files_after(PREDICT, tmp_path / "plugin") == []


def test_the_environment_is_left_as_it_was(monkeypatch):
    from lunar_oxide_plugin.core.models.onnxruntime_import import TELEMETRY_OFF, onnxruntime

    for value in ("0", "1", None):
        if value is None:
            monkeypatch.delenv(TELEMETRY_OFF, raising=False)
        else:
            monkeypatch.setenv(TELEMETRY_OFF, value)
        onnxruntime()
        assert os.environ.get(TELEMETRY_OFF) == value
