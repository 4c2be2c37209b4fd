"""Errors of the operating system at any call of a prediction: one sentence, or a whole map."""

from __future__ import annotations

import builtins
import errno
import os
import threading

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.errors import Cancelled, LunarOxideError
from lunar_oxide_plugin.core.geotiff import resumable_raster
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.prediction import raster_run
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_source import RasterSource
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.test_resume import Listener, request

CALLS = (
    (os, "open"), (os, "fsync"), (os, "replace"), (os, "rename"), (os, "unlink"), (os, "remove"),
    (os, "truncate"), (os, "stat"), (os, "lstat"), (os, "close"), (os, "scandir"),
    (builtins, "open"), (RasterSource, "_read_raw"),
    (rasterio, "open"), (resumable_raster, "_write_all"),
)  # fmt: skip


class Injection:
    """Makes the n-th call of a function fail for the prediction's files."""

    def __init__(self, owner, name, number, folder, error):
        self.owner, self.name, self.number = owner, name, number
        self.folder, self.error = str(folder), error
        self.hits = 0
        self._lock = threading.Lock()

    def __enter__(self):
        self.original = getattr(self.owner, self.name)
        setattr(self.owner, self.name, self)
        return self

    def __exit__(self, *_):
        setattr(self.owner, self.name, self.original)

    def __get__(self, instance, kind=None):
        return self if instance is None else lambda *a, **k: self(instance, *a, **k)

    def __call__(self, *arguments, **options):
        subject = arguments[0] if arguments else ""
        ours = not isinstance(subject, (str, os.PathLike)) or str(subject).startswith(self.folder)
        if ours and not (self.name == "close" and not threading.main_thread().is_alive()):
            with self._lock:
                self.hits += 1
                fails = self.hits == self.number + 1
            if fails:
                if self.name == "close":
                    self.original(*arguments, **options)
                raise self.error
        return self.original(*arguments, **options)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scene")
    dn = random_dn(30, 600)
    write_mi_geotiff(folder / "in.tif", dn, tiled=True, blockxsize=256, blockysize=256)
    write_linear_model(folder / "model.onnx")
    for encoding in Encoding:
        whole = f"{encoding.value}.tif"
        predict_raster(request(folder, whole, encoding=encoding), SilentProgress())
    return folder


def values(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


@pytest.mark.parametrize(
    ("resuming", "encoding"), [(False, Encoding.FLOAT32), (True, Encoding.COMPACT)]
)
@pytest.mark.parametrize(("owner", "name"), CALLS, ids=[name for _, name in CALLS])
def test_an_error_anywhere_is_told_or_does_not_matter(
    scene, owner, name, resuming, encoding, monkeypatch
):
    def run(progress):
        predict_raster(request(scene, "out.tif", encoding=encoding), progress)

    whole = values(scene / f"{encoding.value}.tif")
    monkeypatch.setattr(resumable_raster, "COMMIT_SECONDS", 0.0)
    output = scene / "out.tif"
    # These functions are called often, so only some of their calls are tested.
    step = {"stat": 11, "_write_all": 5, "_read_raw": 5}.get(name, 6 if resuming else 2)
    for number in range(0, 200, step):
        for path in scene.glob("*out*"):
            path.unlink()
        output.write_text("an earlier map")
        if resuming:
            with monkeypatch.context() as patch, pytest.raises(Cancelled):
                patch.setattr(raster_run, "KEEP_AFTER_SECONDS", 0.0)
                run(Listener(cancel_at=0.5))
        error = OSError(errno.EIO, os.strerror(errno.EIO))
        with Injection(owner, name, number, scene, error) as injection:
            try:
                run(SilentProgress())
                done = True
            except LunarOxideError as refusal:
                assert len(str(refusal).splitlines()) == 1
                done = False
        if done:
            np.testing.assert_array_equal(values(output), whole)
        else:
            assert output.read_text() == "an earlier map"
            # Remaining files do not prevent the next run.
            run(SilentProgress())
            np.testing.assert_array_equal(values(output), whole)
        if injection.hits <= number:
            assert done
            return
    raise AssertionError(f"more than 200 calls of {name}")
