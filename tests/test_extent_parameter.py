"""EXTENT as given by Processing: strings, rectangles, layers, any CRS."""

from __future__ import annotations

import math

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
)
from rasterio.transform import Affine

from tests.models import write_linear_model
from tests.rasters import MOON_GEOGRAPHIC, moon_equirectangular, random_dn, write_mi_geotiff

DEGREE_M = math.radians(1.0) * 1737400.0
#: 178 to 185 E, 2 S to 1 N, on rasters of a degree per pixel that start at 170 E, 10 N.
COLUMNS, ROWS = slice(8, 15), slice(9, 12)


def far_side():
    """The extent around a central meridian of 180 degrees, in metres."""
    crs = QgsCoordinateReferenceSystem()
    crs.createFromWkt(moon_equirectangular(180.0))
    assert crs.isValid()
    return QgsReferencedRectangle(
        QgsRectangle(-2 * DEGREE_M, -2 * DEGREE_M, 5 * DEGREE_M, DEGREE_M), crs
    )


def a_layer(folder):
    path = write_mi_geotiff(
        folder / "area.tif", random_dn(3, 7), crs=moon_equirectangular(180.0),
        transform=Affine(DEGREE_M, 0, -2 * DEGREE_M, 0, -DEGREE_M, DEGREE_M),
    )  # fmt: skip
    return QgsRasterLayer(str(path), "area")


@pytest.fixture(params=["degrees", "metres"])
def raster(request, tmp_path):
    unit = 1.0 if request.param == "degrees" else DEGREE_M
    crs = MOON_GEOGRAPHIC if request.param == "degrees" else moon_equirectangular()
    transform = Affine(unit, 0, 170 * unit, 0, -unit, 10 * unit)
    return write_mi_geotiff(tmp_path / "far.tif", random_dn(20, 30), crs=crs, transform=transform)


@pytest.mark.parametrize(
    "extent",
    [
        "178,185,-2,1 [IAU_2015:30100]",
        "178,-175,-2,1 [IAU_2015:30100]",
        "-182,-175,-2,1[IAU_2015:30100]",
        far_side,
        a_layer,
    ],
)
def test_an_area_across_180_degrees(run, tmp_path, raster, extent):
    if callable(extent):
        extent = extent(tmp_path) if extent is a_layer else extent()
    output = tmp_path / "out.tif"
    model = write_linear_model(tmp_path / "model.onnx")
    run(
        "predictoxides", INPUT=str(raster), MODEL_FILE=str(model), EXTENT=extent, OUTPUT=str(output)
    )
    whole = tmp_path / "whole.tif"
    run("predictoxides", INPUT=str(raster), MODEL_FILE=str(model), OUTPUT=str(whole))
    with rasterio.open(output) as part, rasterio.open(whole) as all_of_it:
        np.testing.assert_array_equal(part.read(), all_of_it.read()[:, ROWS, COLUMNS])
        assert part.transform.c == pytest.approx(all_of_it.transform.c + 8 * part.transform.a)


@pytest.mark.parametrize("wrap", [str, lambda text: QgsRectangle(*_sorted(text))])
def test_without_a_crs_it_is_the_rasters(run, tmp_path, raster, wrap):
    with rasterio.open(raster) as dataset:
        unit = dataset.transform.a
    text = ",".join(str(v * unit) for v in (178, 185, -2, 1))
    model = write_linear_model(tmp_path / "model.onnx")
    output = tmp_path / "out.tif"
    run(
        "predictoxides", INPUT=str(raster), MODEL_FILE=str(model), EXTENT=wrap(text),
        OUTPUT=str(output),
    )  # fmt: skip
    with rasterio.open(output) as dataset:
        assert (dataset.width, dataset.height) == (7, 3)
        assert dataset.transform.c == pytest.approx(178 * unit)


def _sorted(text):
    xmin, xmax, ymin, ymax = map(float, text.split(","))
    return xmin, ymin, xmax, ymax


@pytest.mark.parametrize(
    ("extent", "words"),
    [
        ("178,185,-2,1 [MOON:1]", "a CRS that QGIS does not know"),
        ("20,25,-2,1 [IAU_2015:30100]", "does not meet far.tif"),
        ("20,25,-2,1 [EPSG:4326]", "The extent has a CRS of Earth"),
    ],
)
def test_what_is_no_extent_there_is_refused(run, tmp_path, raster, extent, words):
    model = write_linear_model(tmp_path / "model.onnx")
    output, feedback = tmp_path / "out.tif", QgsProcessingFeedback()
    with pytest.raises(QgsProcessingException) as caught:
        run(
            "predictoxides", feedback, INPUT=str(raster), MODEL_FILE=str(model), EXTENT=extent,
            OUTPUT=str(output),
        )  # fmt: skip
    assert words in f"{caught.value} {feedback.textLog()}"
    assert not output.exists()
