"""Running a model on another device than the CPU.

No GPU is needed: ONNX Runtime's wheels list the Azure provider too, which stands in for one here
(it leaves every operator of an ordinary model to the CPU).
"""

from __future__ import annotations

import numpy as np
import pytest

from lunar_oxide_plugin.core.errors import ModelError
from lunar_oxide_plugin.core.models import devices, oxide_model
from lunar_oxide_plugin.core.models.devices import CPU, require_agreement
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.requests import prediction as prediction_request


@pytest.fixture
def path(tmp_path):
    return write_linear_model(tmp_path / "model.onnx")


@pytest.fixture
def stand_in(monkeypatch):
    monkeypatch.setitem(devices.GPU_PROVIDERS, "stand-in", "AzureExecutionProvider")


@pytest.mark.parametrize("device", ["cuda", "directml", "coreml", "abacus"])
def test_a_device_that_is_not_listed_is_refused(path, device):
    with pytest.raises(ModelError, match=f"does not offer the device '{device}': choose cpu"):
        OxideModel(path, device=device)


def test_a_listed_device_runs_is_named_and_agrees(path, tmp_path, stand_in):
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(4, 5))
    lines = []

    class Listener(SilentProgress):
        def info(self, message):
            lines.append(message)

    request = prediction_request(
        str(raster), str(tmp_path / "out.tif"), str(path), device="stand-in"
    )
    predict_raster(request, Listener())
    assert any("on STAND-IN" in line for line in lines)


def test_a_device_that_falls_back_silently_is_refused(path, stand_in, monkeypatch):
    monkeypatch.setattr(oxide_model, "providers", lambda device: ["CPUExecutionProvider"])
    with pytest.raises(ModelError, match="cannot be started"):
        OxideModel(path, device="stand-in")


def test_a_device_that_answers_otherwise_is_refused(path, stand_in, monkeypatch):
    run = OxideModel._run

    def imprecise(self, *arguments):
        answers = run(self, *arguments)
        if getattr(self, "device", CPU) != CPU:
            answers[0] = answers[0] + np.float32(0.02)
        return answers

    monkeypatch.setattr(OxideModel, "_run", imprecise)
    with pytest.raises(ModelError, match=r"answers otherwise than the CPU \(by up to 0\.02 wt%"):
        OxideModel(path, device="stand-in")


def test_agreement_is_judged_to_a_hundredth_and_nan_is_none():
    cpu = np.array([[1.0, 50.0]], dtype=np.float32)
    require_agreement(cpu + np.float32(0.009), cpu, "x")
    for wrong in (cpu + np.float32(0.011), cpu * np.float32(np.nan)):
        with pytest.raises(ModelError, match="answers otherwise"):
            require_agreement(wrong, cpu, "x")


def test_devices_are_offered_by_what_the_wheel_holds(monkeypatch, tmp_path):
    assert devices.installed_devices()[0] == CPU

    class Spec:
        submodule_search_locations = [str(tmp_path)]

    (tmp_path / "capi").mkdir()
    monkeypatch.setattr(devices.importlib.util, "find_spec", lambda name: Spec)
    monkeypatch.setattr(devices.sys, "platform", "linux")
    assert devices.installed_devices() == (CPU,)
    (tmp_path / "capi" / "libonnxruntime_providers_cuda.so").touch()
    assert devices.installed_devices() == (CPU, "cuda")
    monkeypatch.setattr(devices.importlib.util, "find_spec", lambda name: None)
    assert devices.installed_devices() == (CPU,)
