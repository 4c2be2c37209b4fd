"""Analyses made on the Moon as a kind of their own, and maps of any oxide at sites."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
import pytest
import rasterio
from qgis.core import QgsVectorLayer
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.chemistry.oxides import FEO, OXIDES
from lunar_oxide_plugin.core.chemistry.stoichiometry import oxide_per_element
from lunar_oxide_plugin.core.command_line.main import main
from lunar_oxide_plugin.core.errors import SitesError
from lunar_oxide_plugin.core.sites.in_situ_sites import load_in_situ_sites
from lunar_oxide_plugin.core.sites.sample_sites import IN_SITU, load_sites
from tests.rasters import MOON_GEOGRAPHIC
from tests.reports import Page

SITES = {site.station_id: site for site in load_in_situ_sites()}


def write_map(path, west, north, columns, rows, step, bands, descriptions=None, **profile):
    """A map in degrees; each band is a number or an array."""
    data = np.stack([np.broadcast_to(np.asarray(b, "float32"), (rows, columns)) for b in bands])
    scales = profile.pop("scales", None)
    with rasterio.open(
        path, "w", driver="GTiff", width=columns, height=rows, count=len(bands), dtype="float32",
        crs=CRS.from_wkt(MOON_GEOGRAPHIC), transform=Affine(step, 0, west, 0, -step, north),
        **profile,
    ) as dataset:  # fmt: skip
        dataset.write(data)
        if descriptions:
            dataset.descriptions = descriptions
        if scales:
            dataset.scales = scales
    return str(path)


def prediction(path, west=29.5, north=26.5, columns=200, rows=200, step=0.01, feo=9.0):
    """Constant oxides around Le Monnier (Lunokhod 2)."""
    bands = [0.0] * FULL.count
    for number, oxide in enumerate(OXIDES):
        bands[number] = {"FeO": feo, "SiO2": 45.0}.get(oxide.name, 10.0)
    for row in range(FULL.sigma_rows.start, FULL.sigma_rows.stop):
        bands[row] = 0.5
    return write_map(path, west, north, columns, rows, step, bands, FULL.descriptions)


def test_every_analysis_has_error_footprint_and_source():
    assert set(SITES) == {"LK1", "LK2_1", "LK2_2"}
    stations = {site.station_id for site in load_sites()}
    for site in SITES.values():
        assert site.sample_kind.startswith(IN_SITU) and site.station_id not in stations
        assert site.footprint_m > 0 and site.position_error_m > 0
        assert "1978" in site.citation and site.position_source
        for value, sigma in zip(site.oxides_wt, site.measured_sigma_wt):
            assert math.isnan(value) == math.isnan(sigma)
    # Elements as published, per oxide: Si 24 +- 4, Ca 8 +- 1, Fe 6.0 +- 0.6, Al 9 +- 1.
    elements = {"SiO2": (24, 4), "CaO": (8, 1), "FeO": (6.0, 0.6), "Al2O3": (9, 1)}
    site = SITES["LK2_1"]
    for oxide, value, sigma in zip(OXIDES, site.oxides_wt, site.measured_sigma_wt):
        if oxide.name in elements:
            factor = oxide_per_element(oxide.name)
            assert value == pytest.approx(elements[oxide.name][0] * factor, abs=0.01)
            assert sigma == pytest.approx(elements[oxide.name][1] * factor, abs=0.01)
        else:
            assert math.isnan(value)


@pytest.mark.parametrize("site", SITES.values(), ids=lambda site: site.station_id)
def test_the_ground_compared_holds_the_instrument(site):
    lons, lats = np.array(site.area.polygons[0][0]).T
    shrink = math.cos(math.radians(site.latitude_deg))
    distance = 30323.35 * np.hypot((lons - site.longitude_deg) * shrink, lats - site.latitude_deg)
    reach = max(site.position_error_m, site.footprint_m / 2)
    np.testing.assert_allclose(distance, reach, rtol=1e-3)


def test_a_broken_table_is_said(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("station_id,name\nA,B\n", encoding="utf-8")
    with pytest.raises(SitesError, match="in-situ sites"):
        load_in_situ_sites(path)


def test_a_check_lists_them_apart_and_in_no_metric(run, tmp_path):
    """The map covers no returned sample: nothing validates, and the rovers still are compared."""
    results = run(
        "checkpredictions", INPUT=prediction(tmp_path / "p.tif"), WINDOW=1,
        OUTPUT=str(tmp_path / "o.gpkg"), REPORT=str(tmp_path / "o.html"),
        TABLE=str(tmp_path / "o.csv"), METRICS=str(tmp_path / "m.csv"),
        JSON=str(tmp_path / "o.json"),
    )  # fmt: skip
    assert results["N_SITES"] == 0
    document = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))
    assert document["metrics"] == [] and document["sites"] == []
    found = {entry["station_id"]: entry for entry in document["in_situ"]}
    assert set(found) == {"LK2_1", "LK2_2"}
    assert [entry["station_id"] for entry in document["in_situ_skipped"]] == ["LK1"]
    feo = found["LK2_1"]["oxides"]["FeO"]
    assert feo["residual"] == pytest.approx(9.0 - 7.72) and feo["measured_sigma"] == 0.77
    assert found["LK2_1"]["is_area"] and found["LK2_1"]["n_pixels"] > 5
    with open(tmp_path / "o.csv", newline="", encoding="utf-8") as handle:
        rows = {row["station_id"]: row["status"] for row in csv.DictReader(handle)}
    assert rows["LK2_1"] == "in situ" and rows["LK1"] == "skipped" and rows["A11_LM"] == "skipped"
    page = Page((tmp_path / "o.html").read_text(encoding="utf-8")).root
    assert "Analysed on the Moon" in page.text and "in no metric" in page.text
    assert "Lunokhod 1 along its route (outside the raster)" in page.text
    layer = QgsVectorLayer(str(tmp_path / "o.gpkg"))
    kinds = {f["station_id"]: f["sample_kind"] for f in layer.getFeatures()}
    assert kinds["LK2_2"].startswith(IN_SITU)


def test_metrics_stay_those_of_returned_soils(run, tmp_path):
    """A map with Apollo 17 and Lunokhod 2: the metrics are those without the rover."""
    path = prediction(tmp_path / "p.tif", north=27.0, columns=250, rows=800)
    results = run("checkpredictions", INPUT=path, OUTPUT="memory:", REPORT=str(tmp_path / "o.html"))
    sites = [site for site in load_sites() if site.mission == "Apollo 17"]
    assert results["N_SITES"] == len(sites)
    feo = np.array([site.oxides_wt[OXIDES.index(FEO)] for site in sites])
    assert results["BIAS_FEO"] == pytest.approx((9.0 - feo).mean(), abs=1e-4)
    page = Page((tmp_path / "o.html").read_text(encoding="utf-8")).root
    marks = [g for g in page.all("g", "in-situ")]
    assert len(marks) == 5  # FeO twice, Al2O3, CaO and SiO2 once
    assert "triangles: analysed on the Moon" in page.text


def test_sites_of_the_user_stand_alone(run, tmp_path):
    (tmp_path / "s.csv").write_text("id,lat,lon,FeO\nx,26.0,30.41,8\n", encoding="utf-8")
    run("checkpredictions", INPUT=prediction(tmp_path / "p.tif"), SITES=str(tmp_path / "s.csv"),
        OUTPUT="memory:", JSON=str(tmp_path / "o.json"))  # fmt: skip
    document = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))
    assert len(document["sites"]) == 1 and document["in_situ"] == []


def test_add_sample_sites_can_add_them(run):
    plain = run("addsamplesites", OUTPUT="memory:")["OUTPUT"]
    more = run("addsamplesites", IN_SITU=True, OUTPUT="memory:")["OUTPUT"]
    assert more.featureCount() == plain.featureCount() + len(SITES)
    kinds = [f["sample_kind"] for f in more.getFeatures() if "Lunokhod" in f["mission"]]
    assert len(kinds) == 3 and all(kind.startswith(IN_SITU) for kind in kinds)


#: Maps of 6 wt% Fe (7.72 wt% FeO) as publishers write them, and what the user must say.
WRITTEN = {
    "element": ({"bands": [6.0], "descriptions": ("Fe (wt%)",)}, {}),
    "ppm": ({"bands": [60000.0], "descriptions": ("Fe (ppm)",)}, {}),
    "scaled oxide": ({"bands": [771.888], "descriptions": ("FeO (wt%)",), "scales": [0.01]}, {}),
    "one of several": ({"bands": [1.0, 6.0], "descriptions": ("Th (ppm)", "Fe (wt%)")}, {}),
    "unnamed fraction": ({"bands": [0.06]}, {"oxide": "FeO", "quantity": "element fraction"}),
    "unnamed band 2": (
        {"bands": [3.0, 7.71888]}, {"oxide": "FeO", "quantity": "oxide wt%", "band": "2"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_any_map_of_an_oxide_is_checked_in_wt(tmp_path, capsys, name):
    made, said = WRITTEN[name]
    path = write_map(tmp_path / "m.tif", 29.5, 26.5, 200, 200, 0.01, **made)
    (tmp_path / "s.csv").write_text("id,lat,lon,FeO\nx,26.0,30.41,8\n", encoding="utf-8")
    options = [word for key, value in said.items() for word in (f"--{key}", value)]
    document = tmp_path / "o.json"
    assert main(["check", path, "--sites", str(tmp_path / "s.csv"), "--quiet", *options,
                 "--document", str(document)]) == 0, capsys.readouterr().err  # fmt: skip
    (site,) = json.loads(document.read_text(encoding="utf-8"))["sites"]
    assert site["oxides"]["FeO"]["predicted"] == pytest.approx(6.0 * 1.28648, rel=1e-4)
    assert set(site["oxides"]) == {"FeO"} and site["seen_in_training"] is None


def test_a_map_that_does_not_say_is_refused_with_advice_that_works(run, tmp_path, capsys):
    path = write_map(tmp_path / "m.tif", 29.5, 26.5, 200, 200, 0.01, [6.0])
    assert main(["check", path]) == 3
    assert "say which oxide its band holds and what the numbers are" in capsys.readouterr().err
    assert main(["check", path, "--oxide", "FeO"]) == 3
    assert "choose what its numbers are" in capsys.readouterr().err
    results = run("checkpredictions", INPUT=path, OXIDE=2, QUANTITY=2, OUTPUT="memory:",
                  JSON=str(tmp_path / "o.json"))  # fmt: skip
    assert results["N_SITES"] == 0
    document = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))
    assert document["in_situ"][0]["oxides"]["FeO"]["predicted"] == pytest.approx(7.719, abs=1e-3)
    assert "taken as Fe in wt%" in document["provenance"]["Bands"]
