"""`predictoxides` with all parameters of a run, and `mosaictiles`, through Processing."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer

from lunar_oxide_plugin.core.prediction import raster_run
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff, write_pds3_tile


class CancelAt(QgsProcessingFeedback):
    """Cancels at a share of the progress."""

    def __init__(self, percent):
        super().__init__(False)
        self.progressChanged.connect(lambda value: value >= percent and self.cancel())


@pytest.fixture
def scene(tmp_path):
    write_linear_model(tmp_path / "model.onnx")
    return write_mi_geotiff(
        tmp_path / "in.tif", random_dn(900, 1000), tiled=True, blockxsize=256, blockysize=256
    )


def predict(run, scene, output, feedback=None, **parameters):
    return run(
        "predictoxides",
        feedback=feedback,
        INPUT=str(scene),
        MODEL_FILE=str(scene.parent / "model.onnx"),
        OUTPUT=str(output),
        MEMORY=64,
        **parameters,
    )


def test_engine_parameters(run, scene, tmp_path):
    predict(run, scene, tmp_path / "plain.tif")
    feedback = QgsProcessingFeedback(False)
    predict(run, scene, tmp_path / "out.tif", feedback, THREADS=1, COMPRESSION="zstd")
    assert "1 thread(s)" in feedback.textLog()
    assert "Mpx/s" in feedback.textLog()
    with rasterio.open(tmp_path / "plain.tif") as plain, rasterio.open(tmp_path / "out.tif") as out:
        assert out.compression.name.lower() == "zstd"
        assert plain.compression is None
        np.testing.assert_array_equal(out.read(), plain.read())


def test_cancelled_in_qgis_and_continued(run, scene, tmp_path, monkeypatch):
    monkeypatch.setattr(raster_run, "KEEP_AFTER_SECONDS", 0.0)
    output = tmp_path / "out.tif"
    feedback = CancelAt(20)
    assert predict(run, scene, output, feedback) == {}
    assert "run the same again to continue" in feedback.textLog()
    assert not output.exists()
    feedback = QgsProcessingFeedback(False)
    assert predict(run, scene, output, feedback)["VALID_PIXELS"] == 900_000
    assert "Continuing an interrupted run" in feedback.textLog()


def test_temporary_outputs_leave_nothing(run, scene, tmp_path, monkeypatch):
    from qgis.core import QgsProcessingUtils

    monkeypatch.setattr(raster_run, "KEEP_AFTER_SECONDS", 0.0)
    output = QgsProcessingUtils.generateTempFilename("out.tif")
    feedback = CancelAt(20)
    assert predict(run, scene, output, feedback) == {}
    assert "Nothing was left" in feedback.textLog()


def test_mosaic_of_a_folder_and_a_layer(run, tmp_path):
    folder = tmp_path / "tiles"
    folder.mkdir()
    west = random_dn(6, 6)
    write_pds3_tile(folder, west, west=30, north=21, per_degree=6.0)
    east = write_pds3_tile(tmp_path, random_dn(6, 6, 2), west=31, north=21, per_degree=6.0)
    layer = QgsRasterLayer(str(east))
    output = tmp_path / "mosaic.vrt"
    result = run("mosaictiles", FOLDER=str(folder), TILES=[layer], OUTPUT=str(output))
    assert result == {"OUTPUT": str(output), "N_TILES": 2}
    joined = QgsRasterLayer(str(output))
    assert joined.isValid()
    assert (joined.width(), joined.height(), joined.bandCount()) == (12, 6, 9)
    assert joined.crs().isValid()
    assert joined.dataProvider().sourceNoDataValue(1) == -30000
    assert joined.dataProvider().sample(joined.extent().center(), 1)[1]
    with rasterio.open(output) as dataset:
        np.testing.assert_array_equal(dataset.read()[:, :, :6], west)


def test_mosaic_without_tiles_or_of_another_format(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="Give a folder of tiles"):
        run("mosaictiles", OUTPUT=str(tmp_path / "mosaic.vrt"))
    write_pds3_tile(tmp_path, random_dn(6, 6))
    with pytest.raises(QgsProcessingException):
        run("mosaictiles", FOLDER=str(tmp_path), OUTPUT=str(tmp_path / "mosaic.tif"))
    assert not list(tmp_path.glob("mosaic*"))
