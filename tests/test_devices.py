"""Running a model on another device than the CPU.

No GPU is needed: ONNX Runtime's wheels list the Azure provider too, which stands in for one here
(it leaves every operator of an ordinary model to the CPU).
"""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from lunar_oxide_plugin.core.errors import ModelError
from lunar_oxide_plugin.core.models import devices, oxide_model
from lunar_oxide_plugin.core.models.devices import CPU, GPU_CHUNK_PIXELS, require_agreement
from lunar_oxide_plugin.core.models.oxide_model import CHUNK_PIXELS, CHUNK_STEP, OxideModel
from lunar_oxide_plugin.core.prediction import threads_and_memory
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.prediction.threads_and_memory import (
    MOST_BESIDE_GPU,
    default_chunk,
    default_threads,
)
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
    monkeypatch.setattr(devices, "providers", lambda device: ["CPUExecutionProvider"])
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


class FakeRuntime:
    """ONNX Runtime with a CUDA provider, whose libraries may be missing."""

    def __init__(self, fault=""):
        self.fault = fault
        self.opened = []
        self.may_fall_back = True

    def get_available_providers(self):
        return ["CUDAExecutionProvider", "CPUExecutionProvider"]

    def preload_dlls(self):
        if self.fault == "libraries":
            sys.stdout.write("Failed to load libcublas.so.13: cannot open shared object file\n")

    def InferenceSession(self, content, options, providers, **more):
        self.opened.append((providers, more))
        if self.fault == "driver" and len(providers) > 1:
            raise RuntimeError("CUDA failure 35: driver version is insufficient")
        return self

    def get_providers(self):
        return self.get_available_providers()[1 if self.fault else 0 :]

    def disable_fallback(self):
        self.may_fall_back = False


def test_cuda_computes_in_float32_and_never_goes_over_to_the_cpu(monkeypatch):
    fake = FakeRuntime()
    monkeypatch.setattr(devices, "onnxruntime", lambda: fake)
    devices.open_session(b"", None, "cuda")
    [(providers, more)] = fake.opened
    assert providers[0][0] == "CUDAExecutionProvider"
    assert providers[0][1]["use_tf32"] == "0"
    assert more == {"enable_fallback": False}
    assert not fake.may_fall_back


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("libraries", r"the libraries libcublas\.so\.13 are missing"),
        ("driver", "driver or libraries"),
    ],
)
def test_a_gpu_that_cannot_start_says_why_and_prints_nothing(monkeypatch, capsys, fault, reason):
    monkeypatch.setattr(devices, "onnxruntime", lambda: FakeRuntime(fault))
    with pytest.raises(ModelError, match=f"'cuda' cannot be started \\({reason}.*choose the CPU"):
        devices.open_session(b"", None, "cuda")
    assert capsys.readouterr().out == ""


def test_a_gpu_gets_chunks_of_one_size_and_the_pixels_are_right(path, stand_in, monkeypatch):
    monkeypatch.setattr(oxide_model, "GPU_CHUNK_PIXELS", 4096)
    gpu, cpu = OxideModel(path, device="stand-in"), OxideModel(path)
    sizes = []
    run = OxideModel._run

    def counted(self, spectra):
        sizes.append(spectra.shape[1])
        return run(self, spectra)

    monkeypatch.setattr(OxideModel, "_run", counted)
    for count in (1, 4096, 4099):
        spectra = np.random.default_rng(count).uniform(0.03, 0.3, (8, count)).astype(np.float32)
        sizes.clear()
        answer = gpu.predict(spectra)
        assert set(sizes) == {4096}
        np.testing.assert_allclose(answer.oxides, cpu.predict(spectra).oxides, atol=1e-5)


@pytest.mark.parametrize("alone", [True, False])
def test_threads_take_turns_where_a_device_needs_it(path, stand_in, monkeypatch, alone):
    devices_alone = frozenset({"stand-in"} if alone else ())
    monkeypatch.setattr(oxide_model, "ONE_CALL_AT_A_TIME", devices_alone)
    monkeypatch.setattr(oxide_model, "GPU_CHUNK_PIXELS", 64)
    model = OxideModel(path, device="stand-in")
    session, both = model._session, threading.Barrier(2)
    met = []

    class Meeting:
        def run(self, *arguments):
            try:
                both.wait(0.5 if alone else 60.0)
                met.append(True)
            except threading.BrokenBarrierError:
                met.append(False)
            return session.run(*arguments)

    model._session = Meeting()
    spectra = np.full((8, 64), 0.1, dtype=np.float32)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(model.predict, (spectra, spectra)))
    assert met == [not alone] * 2


def test_threads_chunks_and_memory_fit_the_device(monkeypatch):
    monkeypatch.setattr(threads_and_memory, "available_threads", lambda: 64)
    assert default_threads(CPU) == 64
    assert default_threads("cuda") == MOST_BESIDE_GPU
    assert default_chunk(CPU, 2) == CHUNK_PIXELS < default_chunk(CPU, 16)
    assert all(default_chunk(d, 16) % CHUNK_STEP == 0 for d in (CPU, "cuda"))
    assert default_chunk("cuda", 2) == default_chunk("cuda", 16) == GPU_CHUNK_PIXELS
    for threads in (1, 2, 8, 16):
        # No thread is left out, and blocks are as large as with few.
        resources = threads_and_memory.plan(50_000, 50_000, 0, threads)
        assert (resources.workers, resources.block_shape) == (threads, (512, 512))


def test_agreement_is_judged_to_a_hundredth_and_nan_is_none():
    cpu = np.array([[1.0, 50.0]], dtype=np.float32)
    none = cpu * np.float32(np.nan)
    require_agreement([cpu + np.float32(0.009), none], [cpu, none], "x")
    for wrong in ([cpu + np.float32(0.011), cpu], [cpu, cpu - np.float32(0.011)], [none, cpu]):
        with pytest.raises(ModelError, match="answers otherwise"):
            require_agreement(wrong, [cpu, cpu], "x")


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
