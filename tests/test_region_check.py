"""Maps against gamma-ray tables: reading, averaging over cells, terranes, the claim."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.chemistry.layout import FULL, LARGEST
from lunar_oxide_plugin.core.chemistry.oxides import FEO, OXIDES, SIO2, TIO2, Z90
from lunar_oxide_plugin.core.compare.basin_claim import Side, Verdict, claim_part
from lunar_oxide_plugin.core.compare.cell_means import (
    CellMeans,
    average_over_cells,
    cells_with_map,
    seen_through,
)
from lunar_oxide_plugin.core.compare.gamma_ray_table import GammaRayTable, read_gamma_ray_table
from lunar_oxide_plugin.core.compare.region_check import RegionCheckRequest, check_regions
from lunar_oxide_plugin.core.compare.table_terranes import terranes_of
from lunar_oxide_plugin.core.errors import RasterError, SitesError
from lunar_oxide_plugin.core.moon.terranes import Region, in_south_pole_aitken
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.map_band import MapBand
from tests.gamma_ray import cell_bounds, centres, write_archived
from tests.rasters import MOON_SOUTH_POLE, moon_equirectangular
from tests.reports import Page
from tests.requests import raster as raster_input

DEGREE_M = 30323.35
BOUNDS = cell_bounds(10.0)
CLAIMED = (SIO2, FEO, TIO2)


def is_near_mare(lon, lat):
    near = np.cos(np.radians(lon)) > 0.0
    return near & (np.hypot((lon + 180.0) % 360.0 - 180.0 + 20.0, lat - 15.0) < 45.0)


def fields(lon, lat):
    """Oxides in wt% of a Moon with a basin, maria and highlands; no symmetry."""
    basin = in_south_pole_aitken(lon, lat)
    mare = ~basin & is_near_mare(lon, lat)
    drift = np.sin(np.radians(lat)) + 0.5 * np.cos(np.radians(lon - 70.0))

    def by(mare_wt, basin_wt, highland_wt):
        return np.where(mare, mare_wt, np.where(basin, basin_wt, highland_wt)) + 0.4 * drift

    return {
        "TiO2": by(5.0, 1.2, 0.5), "FeO": by(17.0, 10.0, 5.0), "Al2O3": by(12.0, 18.0, 27.0),
        "MgO": by(8.0, 8.5, 6.0), "CaO": by(10.5, 12.5, 16.0), "SiO2": by(43.5, 46.5, 45.0),
    }  # fmt: skip


def mean_fields(bounds, n=12):
    """Fields averaged over each cell by area, by sampling."""
    south, north, west, east = bounds.T
    shares = (np.arange(n) + 0.5) / n
    low, high = np.sin(np.radians(south)), np.sin(np.radians(north))
    lat = np.degrees(np.arcsin(low[:, None] + (high - low)[:, None] * shares))[:, :, None]
    lon = (west[:, None] + (east - west)[:, None] * shares)[:, None, :]
    lon, lat = np.broadcast_arrays(lon, lat)
    return {name: values.mean(axis=(1, 2)) for name, values in fields(lon, lat).items()}


def write_moon(
    path, step=1.0, *, sigma=0.5, shift=None, west=-180.0, valid=None, layout=FULL, tags=None
):
    """A prediction of the whole Moon, equirectangular in metres."""
    columns, rows = round(360 / step), round(180 / step)
    lon, lat = np.meshgrid(
        west + step * (np.arange(columns) + 0.5), 90.0 - step * (np.arange(rows) + 0.5)
    )
    made = fields(lon, lat)
    bands = np.zeros((layout.count, rows, columns), dtype=np.float32)
    for number, oxide in enumerate(OXIDES):
        bands[number] = made[oxide.name] + (shift or {}).get(oxide.name, 0.0)
    bands[layout.sigma_rows] = sigma
    if valid is not None:
        bands[:, ~valid(lon, lat)] = np.nan
    with rasterio.open(
        path, "w", driver="GTiff", width=columns, height=rows, count=layout.count, dtype="float32",
        crs=CRS.from_wkt(moon_equirectangular()), nodata=math.nan,
        transform=Affine(step * DEGREE_M, 0, west * DEGREE_M, 0, -step * DEGREE_M, 90 * DEGREE_M),
    ) as dataset:  # fmt: skip
        dataset.write(bands)
        dataset.descriptions = layout.descriptions
        dataset.update_tags(**(tags or {}))
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("gamma")


@pytest.fixture(scope="module")
def moon(folder):
    return write_moon(folder / "moon.tif")


@pytest.fixture(scope="module")
def archived(folder):
    """A table of the same Moon, with 0.7 wt% more FeO and 1.5 less SiO2 everywhere."""
    means = mean_fields(BOUNDS)
    means["FeO"] = means["FeO"] + 0.7
    means["SiO2"] = means["SiO2"] - 1.5
    lon, lat = centres(BOUNDS)
    means["Th"] = np.where(is_near_mare(lon, lat), 5.0, 0.8)
    path = folder / "lpgrs_high1_elem_abundance_10deg.tab"
    return read_gamma_ray_table(write_archived(path, BOUNDS, means))


def check(moon, table, **more):
    return check_regions(RegionCheckRequest(raster_input(moon), table, **more), SilentProgress())


def test_an_archived_table_gives_its_amounts_and_sigmas(archived):
    np.testing.assert_allclose(archived.bounds_deg, BOUNDS)
    means = mean_fields(BOUNDS)
    np.testing.assert_allclose(archived.amounts_wt["Al2O3"], means["Al2O3"], rtol=1e-6)
    np.testing.assert_allclose(archived.amounts_wt["FeO"], means["FeO"] + 0.7, rtol=1e-6)
    # Sigmas of the file in its order: MgO 1, Al2O3 2, SiO2 1.5, CaO 1, TiO2 0.5, FeO 0.4.
    for name, sigma in {"SiO2": 1.5, "TiO2": 0.5, "FeO": 0.4, "Al2O3": 2.0}.items():
        np.testing.assert_allclose(archived.sigma_wt[name], sigma, rtol=1e-6)
    assert set(np.round(archived.thorium_ppm, 3)) == {5.0, 0.8}
    assert archived.areas_km2.sum() == pytest.approx(4 * math.pi * 1737.4**2)
    assert "10.1029/2005JE002656" in archived.source


def test_the_real_two_degree_layout(folder):
    bounds = cell_bounds(2.0)[:2000]
    path = write_archived(folder / "two.tab", bounds, {"FeO": 12.5, "SiO2": 44.0})
    first = path.read_bytes().split(b"\r\n")[0]
    assert len(first) + 2 == 880
    label = path.with_suffix(".lbl")
    table = read_gamma_ray_table(label)
    assert len(table.bounds_deg) == len(bounds) and table.name == "two.tab"
    np.testing.assert_allclose(table.amounts_wt["FeO"], 12.5)
    half = b"\r\n".join(path.read_bytes().split(b"\r\n")[:500]) + b"\r\n"
    path.write_bytes(half)
    with pytest.raises(SitesError, match=r"has 500 rows, and its label two.lbl says"):
        read_gamma_ray_table(path)
    path.write_bytes(half[:-40])
    label.unlink()
    with pytest.raises(SitesError, match=r"Line 500 of two.tab has .* numbers"):
        read_gamma_ray_table(path)


def test_negative_variances_are_unknown(folder):
    path = write_archived(folder / "negative.tab", BOUNDS, {"FeO": 12.0, "SiO2": 45.0}, label=False)
    line = path.read_text(encoding="ascii").splitlines()[0]
    start = 10 + 28 + 15 * (2 + 9)  # variance of MgO
    path.write_text(line[:start] + f"{-1e-6:15.6e}" + line[start + 15 :] + "\n", encoding="ascii")
    table = read_gamma_ray_table(path)
    assert math.isnan(table.sigma_wt["MgO"][0]) and table.sigma_wt["FeO"][0] == pytest.approx(0.4)
    assert "1 variances are negative" in table.notes[1]


def test_tables_with_a_header(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "Min_Lat;max lat;LON_MIN;lonmax;Fe (wt%);Fe_sigma;TiO2_ppm;Th (ppm)\n"
        "-10;10;170;190;10,5;0,5;20000;3,5\n0010;20;-5;5;;;5000;0.4\n",
        encoding="utf-8",
    )
    table = read_gamma_ray_table(path)
    np.testing.assert_allclose(table.bounds_deg, [[-10, 10, 170, 190], [10, 20, -5, 5]])
    np.testing.assert_allclose(table.amounts_wt["FeO"], [10.5 * 1.28648, np.nan], rtol=1e-4)
    np.testing.assert_allclose(table.sigma_wt["FeO"], [0.5 * 1.28648, np.nan], rtol=1e-4)
    np.testing.assert_allclose(table.amounts_wt["TiO2"], [2.0, 0.5])
    np.testing.assert_allclose(table.thorium_ppm, [3.5, 0.4])
    path.write_text("MIN_LAT,MAX_LAT,MIN_LON,MAX_LON,W_FEO,W_TH\n0,1,0,1,0.12,2.5\n", "ascii")
    table = read_gamma_ray_table(path)
    assert table.amounts_wt["FeO"][0] == pytest.approx(12.0) and table.thorium_ppm[0] == 2.5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("min_lat,max_lat,min_lon,FeO\n0,1,0,9\n", "eastern bound"),
        ("min_lat,max_lat,min_lon,max_lon,Mg#\n0,1,0,1,50\n", "no column named after an oxide"),
        ("min_lat,max_lat,min_lon,max_lon,FeO,feo_wt\n0,1,0,1,5,5\n", "two columns for FeO"),
        ("min_lat,max_lat,min_lon,max_lon,FeO\n", "no cells"),
        ("min_lat,max_lat,min_lon,max_lon,FeO\n0,1,0,1\n", "Line 2 .* has 4 cells, its header 5"),
        ("min_lat,max_lat,min_lon,max_lon,FeO\n0,1,0,1,iron\n", "Line 2 of t.csv: .*iron"),
        ("min_lat,max_lat,min_lon,max_lon,FeO\n1,0,0,1,5\n", "row 1 between latitudes 1 and 0"),
        ("min_lat,max_lat,min_lon,max_lon,FeO\n-90,90,0,360,5\n-90,90,0,360,5\n", "overlap"),
        ("1 2 3 4 5\n", "Line 1 of t.csv has 5 numbers"),
        ("0 0 1 0 1 " + "0.01 " * 56 + "\n", "no weight fraction of SiO2"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(tmp_path, text, message):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SitesError, match=message):
        read_gamma_ray_table(path)


def test_a_missing_file_and_a_label_alone(tmp_path):
    with pytest.raises(SitesError, match=r"gamma-ray table .* cannot be read"):
        read_gamma_ray_table(tmp_path / "none.tab")
    label = tmp_path / "a.lbl"
    label.write_text('^TABLE = "B.TAB"\n', "ascii")
    with pytest.raises(SitesError, match=r"describes B.TAB, which is not beside it"):
        read_gamma_ray_table(label)


@pytest.mark.parametrize("west", [-180.0, 0.0])
def test_means_over_cells_are_exact(folder, archived, west):
    """Against the sum over the map's own pixels, each with its overlap with the cell."""
    path = write_moon(folder / f"moon_{west:g}.tif", west=west)
    with MapBand(raster_input(path), FEO) as band:
        means = average_over_cells(archived, band, SilentProgress(), lambda _: None)
        values = band.read(0, 0, 180, 360)
    np.testing.assert_allclose(means.coverage, 1.0, atol=1e-5)
    rows = np.arange(90, -91, -1.0)
    columns = west + np.arange(361.0)
    for index in (0, 5, 40, 200, len(BOUNDS) - 1):
        south, north, left, right = BOUNDS[index]
        tall = np.clip(
            np.minimum(np.sin(np.radians(north)), np.sin(np.radians(rows[:-1])))
            - np.maximum(np.sin(np.radians(south)), np.sin(np.radians(rows[1:]))), 0, None,
        )  # fmt: skip
        wide = sum(
            np.clip(
                np.minimum(right + t, columns[1:]) - np.maximum(left + t, columns[:-1]), 0, None
            )
            for t in (-360.0, 0.0, 360.0)
        )
        weights = tall[:, None] * wide
        assert means.mean[index] == pytest.approx(
            (weights * values).sum() / weights.sum(), abs=1e-5
        )


def test_a_polar_map_gives_the_same_means(folder, archived, moon):
    size, pixel = 300, 8000.0
    xs = (np.arange(size) - size / 2 + 0.5) * pixel
    x, y = np.meshgrid(xs, -xs)
    colatitude = np.degrees(2.0 * np.arctan(np.hypot(x, y) / (2.0 * 1737400.0)))
    made = fields(np.degrees(np.arctan2(x, y)), -90.0 + colatitude)["FeO"]
    path = folder / "pole.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=size, height=size, count=1, dtype="float32",
        crs=CRS.from_wkt(MOON_SOUTH_POLE), nodata=math.nan,
        transform=Affine(pixel, 0, xs[0] - pixel / 2, 0, -pixel, -xs[0] + pixel / 2),
    ) as dataset:  # fmt: skip
        dataset.write(made.astype(np.float32), 1)
        dataset.descriptions = ("FeO (wt%)",)
    with MapBand(raster_input(path), FEO) as band:
        touched = cells_with_map(archived, band)
        polar = average_over_cells(archived, band, SilentProgress(), lambda _: None)
    with MapBand(raster_input(moon), FEO) as band:
        whole = average_over_cells(archived, band, SilentProgress(), lambda _: None)
    full = polar.coverage > 0.999
    assert 30 < full.sum() < touched.sum() < len(touched) / 3
    # The fields jump at the basin's rim, and the maps' pixels differ.
    np.testing.assert_allclose(polar.mean[full], whole.mean[full], atol=0.25)
    assert np.median(np.abs(polar.mean[full] - whole.mean[full])) < 0.01


def test_a_footprint_widens_what_a_cell_sees(archived):
    areas = archived.areas_km2
    lon, lat = archived.centres
    one = int(np.argmin(np.hypot(lon, lat)))
    spike = np.zeros(len(areas))
    spike[one] = 100.0
    seen = seen_through(archived, CellMeans(spike, np.ones(len(areas))), 600.0)
    np.testing.assert_allclose(seen.coverage, 1.0)
    # A Gaussian keeps the whole: what one cell loses, its neighbours get.
    assert (seen.mean * areas).sum() == pytest.approx((spike * areas).sum(), rel=0.05)
    distance = 1737.4 * np.arccos(np.clip(
        np.sin(np.radians(lat)) * np.sin(np.radians(lat[one])) + np.cos(np.radians(lat))
        * np.cos(np.radians(lat[one])) * np.cos(np.radians(lon - lon[one])), -1, 1))  # fmt: skip
    near = np.argsort(distance)[1:4]
    expected = seen.mean[one] * 2.0 ** (-((distance[near] / 300.0) ** 2))
    np.testing.assert_allclose(seen.mean[near], expected, rtol=0.1)
    half = CellMeans(spike, np.where(lon < lon[one] + 1.0, 1.0, 0.0))
    partly = seen_through(archived, half, 600.0).coverage
    assert 0.5 < partly[one] < 0.8


def test_terranes_part_the_moon(archived):
    found = {t.name: t for t in terranes_of(archived, 11.0)}
    ground = [t.cells for t in found.values() if t.kind == "ground"]
    assert (sum(cells.astype(int) for cells in ground) == 1).all()
    jolliff = [t.cells for t in found.values() if t.kind == "terrane"]
    jolliff.append(found["South Pole-Aitken"].cells)
    assert (sum(cells.astype(int) for cells in jolliff) == 1).all()
    lon, lat = archived.centres
    np.testing.assert_array_equal(found["South Pole-Aitken"].cells, in_south_pole_aitken(lon, lat))
    assert (archived.amounts_wt["FeO"][found["Maria of the near side"].cells] >= 11.0).all()
    assert (np.cos(np.radians(lon[found["Maria of the near side"].cells])) > 0).all()


def test_a_map_with_known_differences(moon, archived):
    result = check(moon, archived)
    assert [r.oxide for r in result.oxides] == list(OXIDES)
    for r in result.oxides:
        expected = {"FeO": -0.7, "SiO2": 1.5}.get(r.oxide.name, 0.0)
        for terrane in r.terranes:
            assert terrane.metrics.bias == pytest.approx(expected, abs=0.08), terrane.name
            assert terrane.share == pytest.approx(1.0)
            assert terrane.map_sigma_wt == pytest.approx(0.5)
        assert r.terranes[0].metrics.n == len(BOUNDS) and r.left_out == 0
    iron = next(r for r in result.oxides if r.oxide is FEO)
    basin, mare = iron.terrane("South Pole-Aitken"), iron.terrane("Maria of the near side")
    inside = in_south_pole_aitken(*archived.centres)
    expected = np.average(mean_fields(BOUNDS)["FeO"][inside], weights=archived.areas_km2[inside])
    assert basin.metrics.mean_prediction == pytest.approx(expected, abs=0.05)
    cells = next(t.cells for t in result.terranes if t.name == mare.name)
    areas = archived.areas_km2[cells]
    assert mare.reference_sigma_wt == pytest.approx(0.4 * math.sqrt((areas**2).sum()) / areas.sum())
    assert mare.sigma_wt == pytest.approx(math.hypot(0.5, mare.reference_sigma_wt))
    assert iron.terranes[0].metrics.pearson_r > 0.99


def test_the_claim_is_answered(folder, moon, archived):
    result = check(moon, archived, oxides=CLAIMED)
    assert result.answer is Verdict.YES
    parts = result.claim
    assert list(parts) == ["SiO2", "FeO", "TiO2"]
    assert parts["FeO"].difference_wt == pytest.approx(-7.0, abs=0.6)
    assert parts["FeO"].half_width_wt == pytest.approx(Z90 * 0.5 * math.sqrt(2.0), rel=1e-5)
    assert parts["SiO2"].verdict is Verdict.YES and parts["SiO2"].reference_verdict is Verdict.YES

    wide = check(write_moon(folder / "wide.tif", sigma=2.0), archived, oxides=CLAIMED)
    assert wide.claim["FeO"].verdict is Verdict.YES
    assert wide.claim["SiO2"].verdict is Verdict.UNTOLD and wide.answer is Verdict.UNTOLD
    assert "smaller than its uncertainty" in wide.claim["SiO2"].reason

    def near_side_only(lon, lat):
        return np.cos(np.radians(lon)) > 0.0

    half = check(write_moon(folder / "half.tif", valid=near_side_only), archived, oxides=CLAIMED)
    assert half.answer is Verdict.UNTOLD
    assert "of South Pole-Aitken" in half.claim["FeO"].reason
    assert half.oxides[0].terranes[0].metrics.n < 0.6 * len(BOUNDS)


def test_the_uncertainty_that_the_map_shows_counts(folder, archived):
    """Of two kinds the one of a new place, whose rows alone are filled here."""
    path = write_moon(
        folder / "both.tif", 2.0, sigma=1.5, layout=LARGEST, tags={"DATA_ORIGIN": "synthetic"}
    )
    result = check(path, archived, oxides=(FEO,))
    assert result.oxides[0].sigma_words == "the map's own, at a new place"
    assert result.oxides[0].terrane("Highlands").map_sigma_wt == pytest.approx(1.5)
    assert result.facts["Origin of the data"] == "synthetic"


def test_a_wrong_map_gets_a_no():
    sides = Side(47.0, 0.3), Side(43.0, 0.3)
    wrong = claim_part(FEO, False, sides, sides[::-1], (1.0, 1.0))
    assert wrong.verdict is Verdict.NO and wrong.reference_verdict is Verdict.YES
    assert claim_part(SIO2, True, sides, sides, (1.0, 0.1)).reason == (
        "the map shows 10% of Maria of the near side"
    )
    unknown = Side(1.0, math.nan), Side(5.0, math.nan)
    assert claim_part(TIO2, False, unknown, sides, (1.0, 1.0)).verdict is Verdict.UNTOLD


def test_a_published_map_without_uncertainty(folder, archived):
    """One band, iron as an element, no sigma: its error is what the table says."""
    path = folder / "iron.tif"
    lon, lat = np.meshgrid(np.arange(0.5, 360.0), np.arange(89.5, -90.0, -1.0))
    with rasterio.open(
        path, "w", driver="GTiff", width=360, height=180, count=1, dtype="float32",
        crs=CRS.from_wkt(moon_equirectangular()), nodata=-1.0,
        transform=Affine(DEGREE_M, 0, 0, 0, -DEGREE_M, 90 * DEGREE_M),
    ) as dataset:  # fmt: skip
        dataset.write((fields(lon, lat)["FeO"] / 1.28648).astype(np.float32), 1)
    with pytest.raises(RasterError, match=r"No band of .* is described as an oxide"):
        check(path, archived)
    from lunar_oxide_plugin.core.rasters.map_band import stated_quantity

    result = check(path, archived, oxides=(FEO,), quantity=stated_quantity("element wt%", FEO))
    iron = result.oxides[0]
    assert iron.terranes[0].metrics.bias == pytest.approx(-0.7, abs=0.05)
    assert iron.terranes[0].map_sigma_wt == pytest.approx(iron.terranes[0].metrics.rmse)
    assert "gives none" in iron.sigma_words
    assert result.claim["FeO"].verdict is Verdict.YES and result.claim["SiO2"] is None
    assert result.answer is Verdict.UNTOLD


def test_regions_of_the_user(moon, archived):
    ring = ((-60.0, -20.0), (60.0, -20.0), (60.0, 40.0), (-60.0, 40.0))
    region = Region("box", "My box", "drawn by hand", ((ring,),))
    result = check(moon, archived, oxides=(TIO2,), regions=(region,))
    mine = result.oxides[0].terrane("My box")
    lon, lat = archived.centres
    inside = (np.abs(lon) < 60) & (lat > -20) & (lat < 40)
    assert mine.metrics.n == inside.sum() and mine.kind == "region"


def test_maps_beside_the_table_and_too_little_of_a_cell(folder, archived):
    small = folder / "small.tif"
    lon, lat = np.meshgrid(20.0 + np.arange(20) * 0.05, 10.0 - np.arange(20) * 0.05)
    with rasterio.open(
        small, "w", driver="GTiff", width=20, height=20, count=1, dtype="float32",
        crs=CRS.from_wkt(moon_equirectangular()),
        transform=Affine(0.05 * DEGREE_M, 0, 20 * DEGREE_M, 0, -0.05 * DEGREE_M, 10 * DEGREE_M),
    ) as dataset:  # fmt: skip
        dataset.write(fields(lon, lat)["FeO"].astype(np.float32), 1)
        dataset.descriptions = ("FeO (wt%)",)
    with pytest.raises(RasterError, match=r"covers at most 0\.9% of a cell .* 50% are asked for"):
        check(small, archived)
    with pytest.raises(RasterError, match="lower the coverage or the footprint"):
        check(small, archived, footprint_km=150.0)
    result = check(small, archived, min_coverage=0.005)
    assert result.oxides[0].terranes[0].metrics.n == 1
    north = GammaRayTable(
        "n.csv", "n", np.array([[60.0, 70.0, 0.0, 20.0]]), {"FeO": np.array([5.0])}, {}
    )
    with pytest.raises(RasterError, match=r"no valid pixel in the cells of n\.csv"):
        check(small, north)


def test_the_command_line_gives_the_answer(folder, moon, archived, capsys):
    from lunar_oxide_plugin.core.command_line.main import main

    table = folder / archived.name
    files = [str(folder / f"cli.{ending}") for ending in ("html", "csv", "json")]
    arguments = ["gamma-rays", str(moon), str(table), "--json", "--quiet", "--report", files[0]]
    assert main([*arguments, "--table", files[1], "--document", files[2]]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["answer"] == "yes" and said["oxides"]["FeO"]["bias"] == pytest.approx(-0.7, abs=0.1)
    document = json.loads((folder / "cli.json").read_text(encoding="utf-8"))
    assert document["claim"]["parts"]["SiO2"]["south_pole_aitken_has"] == "more"
    with open(files[1], newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    listed = {(o["oxide"], t["name"]): t for o in document["oxides"] for t in o["terranes"]}
    assert len(rows) == len(listed)
    for row in rows:
        terrane = listed[row["oxide"], row["terrane"]]
        assert float(row["map_wt"]) == pytest.approx(terrane["map_wt"], rel=1e-5)
        assert float(row["difference_wt"]) == pytest.approx(
            terrane["map_wt"] - terrane["gamma_ray_wt"], abs=1e-4
        )
    page = Page((folder / "cli.html").read_text(encoding="utf-8")).root
    assert "Uncertainty of the map: the map's own, near sampled geology." in page.text
    assert "By this map: yes." in page.text and "10.1029/2005JE002656" in page.text
    assert main(["gamma-rays", str(moon), str(table), "--quantity", "element wt%"]) == 3
    assert "needs its oxide" in capsys.readouterr().err
    assert main(["gamma-rays", str(moon), str(table), "--report", str(table)]) == 3
    assert "is an input" in capsys.readouterr().err
