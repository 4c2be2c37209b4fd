"""Check predictions through Processing: every output, the second opinion, and the command."""

from __future__ import annotations

import json
import shlex

import pytest
from qgis.core import QgsProcessingException

from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.products.sensor_parameters import second_opinion
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.rasters import random_dn, write_mi_geotiff
from tests.reports import Page

SCENE = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
WAVELENGTHS = (414, 749, 901, 950, 1001, 1049, 1248, 1548)


@pytest.fixture(scope="module")
def prediction(run, tmp_path_factory):
    output = tmp_path_factory.mktemp("scene") / "my oxides.tif"
    run("predictoxides", INPUT=str(SCENE), OUTPUT=str(output))
    return str(output)


@pytest.fixture(scope="module")
def checked(run, prediction, tmp_path_factory):
    folder = tmp_path_factory.mktemp("check")
    names = {"REPORT": "r.html", "TABLE": "t.csv", "METRICS": "m.csv", "JSON": "j.json"}
    run(
        "checkpredictions", INPUT=prediction, WINDOW=1, REFLECTANCE=str(SCENE),
        OUTPUT=str(folder / "c.gpkg"), **{k: str(folder / v) for k, v in names.items()},
    )  # fmt: skip
    return folder


def test_second_opinion_is_the_formula_on_the_station_spectrum(checked):
    document = json.loads((checked / "j.json").read_text(encoding="utf-8"))
    spectra = {site.station_id: site.reflectance for site in load_sites()}
    assert len(document["sites"]) == 21
    for site in document["sites"]:
        expected = second_opinion([[v] for v in spectra[site["station_id"]]], WAVELENGTHS)
        for oxide in ("FeO", "TiO2"):
            # The demo scene holds the published spectra as digital numbers of 2e-5.
            assert site["second_opinion"][oxide] == pytest.approx(expected[oxide][0], rel=5e-3)
    assert "MI 749 nm <- band 2" in " ".join(document["second_opinion"]["bands"])


def test_provenance_has_all_that_is_needed_to_repeat(run, checked, prediction, tmp_path):
    document = json.loads((checked / "j.json").read_text(encoding="utf-8"))
    facts = document["provenance"]
    assert len(facts["Model SHA-256"]) == 64
    assert facts["Prediction raster"] == "my oxides.tif"
    for name in ("QGIS 3.", "GDAL", "numpy", "Lunar Oxide"):
        assert name in facts["Versions"]
    command = facts["Command to repeat"]
    assert command.startswith("qgis_process run lunaroxide:checkpredictions")
    words = shlex.split(command.replace("\\\n", " "))
    parameters = dict(word[2:].split("=", 1) for word in words[3:])
    assert parameters["INPUT"] == prediction
    for key in ("OUTPUT", "REPORT", "TABLE", "METRICS", "JSON"):
        parameters[key] = str(tmp_path / f"again.{key}")
    parameters["OUTPUT"] += ".gpkg"
    run("checkpredictions", **parameters)
    assert (tmp_path / "again.TABLE").read_bytes() == (checked / "t.csv").read_bytes()
    page = Page((checked / "r.html").read_text(encoding="utf-8")).root
    commands = [code.text for code in page.all("code") if code.text.startswith("qgis_process ")]
    assert ["--REFLECTANCE=" in text for text in commands] == [True]


def test_second_opinion_refuses_other_sensors_and_unscaled_numbers(run, prediction, tmp_path):
    other = write_mi_geotiff(
        tmp_path / "M3G20090209T054031.tif", random_dn(4, 4)[:5], wavelengths=None, scale=1.0
    )
    unscaled = write_mi_geotiff(tmp_path / "dn.tif", random_dn(400, 400), scale=None)
    for raster, message in ((other, "M3"), (unscaled, "scale")):
        output = tmp_path / "check.gpkg"
        with pytest.raises(QgsProcessingException, match=message) as caught:
            run("checkpredictions", INPUT=prediction, REFLECTANCE=str(raster), OUTPUT=str(output))
        assert len(str(caught.value).strip().splitlines()) == 1
        assert not output.exists()
