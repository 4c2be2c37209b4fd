"""The functions of `lunar_oxide_plugin.api`: paths in, arrays and frozen results out."""

from __future__ import annotations

import dataclasses
import json
import logging

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin import api
from lunar_oxide_plugin.core.command_line.main import COMMANDS, main
from tests.models import expected_oxides, write_linear_model
from tests.rasters import random_dn, reflectance, write_mi_geotiff

OXIDES = ("TiO2", "FeO", "Al2O3", "MgO", "CaO", "SiO2")


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A raster, whose first columns have no data, and its prediction by the linear model."""
    folder = tmp_path_factory.mktemp("api")
    dn = random_dn(12, 17)
    dn[:, :, :3] = -30000
    raster = write_mi_geotiff(folder / "in.tif", dn)
    model = write_linear_model(folder / "model.onnx")
    output = folder / "out.tif"
    summary = api.predict(raster, output, model=model, threads=1)
    return dn, raster, output, summary


@pytest.fixture(scope="module")
def map_file(scene):
    """A prediction by the bundled model."""
    raster = scene[1]
    output = raster.with_name("bundled.tif")
    api.predict(raster, output, threads=1)
    return output


def as_compact(path, target):
    """The same map as int16 with declared scale, offset and nodata."""
    with rasterio.open(path) as source:
        values = source.read(masked=True)
        scales = [1.0 if text == "quality" else 0.01 for text in source.descriptions]
        profile = {**source.profile, "dtype": "int16", "nodata": -32768}
        tags, names = source.tags(), source.descriptions
    with rasterio.open(target, "w", **profile) as dataset:
        for number, (band, scale, name) in enumerate(zip(values, scales, names), start=1):
            dataset.write(np.round(band / scale).filled(-32768).astype(np.int16), number)
            dataset.set_band_description(number, name)
        dataset.scales = scales
        dataset.update_tags(**tags)
    return target


def test_a_prediction_is_read_as_arrays_with_masks_names_and_units(scene):
    dn, _, output, summary = scene
    assert (summary.valid_pixels, summary.total_pixels) == (12 * 14, 12 * 17)
    found = api.read_prediction(output)
    assert tuple(found.oxides) == OXIDES
    assert found.shape == (12, 17)
    expected = expected_oxides(reflectance(dn[:, :, 3:]).astype("f4").reshape(8, -1))
    for place, oxide in enumerate(OXIDES):
        values = found.oxides[oxide]
        assert values.mask[:, :3].all()
        assert not values.mask[:, 3:].any()
        np.testing.assert_allclose(values[:, 3:].data, expected[place].reshape(12, 14), rtol=1e-5)
    assert found.units["FeO"] == "wt%"
    assert found.tags["MODEL_TITLE"] == "Linear test model"
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.path = "other"
    with pytest.raises(TypeError):
        found.oxides["FeO"] = None


def test_sigmas_distance_and_quality_have_their_names(map_file):
    found = api.read_prediction(map_file)
    assert found.sigma_kind == "new place"
    assert list(found.bands) == [
        *OXIDES, *(f"{oxide} sigma new place" for oxide in OXIDES), "domain distance", "quality",
    ]  # fmt: skip
    assert list(found.units.values()) == ["wt%"] * 12 + ["", ""]
    assert found.quality.dtype == np.uint8
    with rasterio.open(map_file) as dataset:
        for number, (values, text) in enumerate(
            zip(found.bands.values(), dataset.descriptions), start=1
        ):
            assert text.startswith(list(found.bands)[number - 1])
            raw = dataset.read(number, masked=True)
            np.testing.assert_array_equal(values.filled(0), raw.filled(0).astype(values.dtype))
        assert found.crs_wkt == dataset.crs.to_wkt()
        assert found.transform == tuple(dataset.transform)[:6]


def test_a_compact_map_gives_the_same_values_to_half_a_step(map_file, tmp_path):
    compact = api.read_prediction(as_compact(map_file, tmp_path / "compact.tif"))
    for name, values in api.read_prediction(map_file).bands.items():
        again = compact.bands[name]
        np.testing.assert_array_equal(again.mask, values.mask)
        limit = 0 if name == "quality" else 0.005 + 1e-5
        assert float(np.abs(again.astype(float) - values.astype(float)).max()) <= limit
    assert compact.bands["FeO"].dtype == np.float32


def test_a_part_of_a_map_is_read_with_its_place(map_file):
    whole = api.read_prediction(map_file)
    a, _, c, _, e, f = whole.transform
    # From the third column and the second row on, four columns and five rows.
    extent = (c + 3 * a + 1.0, f + 6 * e + 1.0, c + 7 * a - 1.0, f + e - 1.0)
    part = api.read_prediction(map_file, oxides=["feo"], extent=extent)
    assert list(part.oxides) == ["FeO"]
    assert part.shape == (5, 4)
    np.testing.assert_array_equal(
        part.oxides["FeO"].filled(0), whole.oxides["FeO"][1:6, 3:7].filled(0)
    )
    assert part.transform == pytest.approx((a, 0.0, c + 3 * a, 0.0, e, f + e))
    with pytest.raises(api.LunarOxideError, match="'K2O' is no oxide"):
        api.read_prediction(map_file, oxides=["K2O"])


def test_xarray_is_asked_for_where_it_is_missing(map_file, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "xarray", None)
    with pytest.raises(api.LunarOxideError, match="pip install xarray"):
        api.read_prediction(map_file).to_xarray()


def test_words_that_are_not_known_are_one_sentence(scene, tmp_path):
    raster, output = scene[1], tmp_path / "o.tif"
    for wrong, sentence in (
        ({"uncertainty": "small"}, "uncertainty is 'small': give one of 'new place'"),
        ({"compression": "zip"}, "compression is 'zip': give one of 'none'"),
        ({"model": "nobody"}, "There is no model 'nobody'"),
        ({"crs": "nowhere"}, "'nowhere' names no CRS"),
    ):
        with pytest.raises(api.LunarOxideError, match=sentence):
            api.predict(raster, output, **wrong)
    with pytest.raises(api.LunarOxideError, match="give 0 to 100"):
        api.regions(raster, shared=200.0)
    with pytest.raises(api.LunarOxideError, match="no formulas here: give one of MI, Clementine"):
        api.parameters(raster, output, sensor="M3")
    assert not output.exists()


def test_an_input_is_never_written_over(scene, tmp_path):
    before = scene[1].read_bytes()
    with pytest.raises(api.LunarOxideError, match="choose another"):
        api.predict(scene[1], scene[1])
    with pytest.raises(api.LunarOxideError, match="choose another"):
        api.regions(scene[2], table=scene[2])
    with pytest.raises(api.LunarOxideError, match="Two outputs have the name"):
        api.regions(scene[2], table=tmp_path / "t", differences=tmp_path / "t")
    assert scene[1].read_bytes() == before


def test_warnings_go_to_the_log_or_to_the_caller(scene, tmp_path, caplog):
    class Record(api.Progress):
        def __init__(self):
            self.warnings = []

        def warn(self, message):
            self.warnings.append(message)

        def is_cancelled(self):
            return False

    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(4, 5), wavelengths=None)
    record = Record()
    with caplog.at_level(logging.INFO, logger="lunar_oxide"):
        api.predict(raster, tmp_path / "a.tif", progress=record)
        assert not caplog.records
        api.predict(raster, tmp_path / "b.tif")
    warned = [each.getMessage() for each in caplog.records if each.levelname == "WARNING"]
    assert warned == record.warnings
    assert any("tells no wavelengths" in text for text in warned)


def test_every_command_has_the_name_of_an_algorithm(run):
    from qgis.core import QgsApplication

    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    names = {algorithm.name() for algorithm in provider.algorithms()}
    assert {command.algorithm for command in COMMANDS.values()} <= names


def test_the_commands_give_what_the_algorithms_give(run, scene, map_file, tmp_path, capsys):
    raster = scene[1]
    theirs = run("derivedproducts", INPUT=str(map_file), OUTPUT=str(tmp_path / "a.tif"))
    assert main(["products", str(map_file), str(tmp_path / "b.tif"), "--json"]) == 0
    ours = json.loads(capsys.readouterr().out)
    assert ours["valid_pixels"] == theirs["VALID_PIXELS"] > 0
    assert sum(ours["classes"]["basalt_class"].values()) == theirs["MARE_PIXELS"]
    theirs_p = run("spectralparameters", INPUT=str(raster), OUTPUT=str(tmp_path / "c.tif"))
    assert main(["spectralparameters", str(raster), str(tmp_path / "d.tif"), "--json"]) == 0
    ours = json.loads(capsys.readouterr().out)
    assert ours["parameters"][0]["valid_pixels"] == theirs_p["FEO_PIXELS"] > 0
    for one, other in (("a", "b"), ("c", "d")):
        with (
            rasterio.open(tmp_path / f"{one}.tif") as a,
            rasterio.open(tmp_path / f"{other}.tif") as b,
        ):
            assert a.descriptions == b.descriptions
            np.testing.assert_array_equal(a.read(), b.read())
