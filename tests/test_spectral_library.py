"""Spectral libraries and tables: read, written, convolved, predicted; hostile files refused."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qgis.core import QgsProcessingException, QgsVectorLayer, QgsWkbTypes

from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
from lunar_oxide_plugin.core.command_line.main import main
from lunar_oxide_plugin.core.errors import LibraryError, LunarOxideError, ReflectanceRangeError
from lunar_oxide_plugin.core.libraries import library as limits
from lunar_oxide_plugin.core.libraries.convolution import FilterShape, at_bands
from lunar_oxide_plugin.core.libraries.envi_library import write_envi
from lunar_oxide_plugin.core.libraries.library import Spectrum, spectrum_of
from lunar_oxide_plugin.core.libraries.reading import read_library, write_library
from lunar_oxide_plugin.core.libraries.spectra_prediction import predict_spectra
from lunar_oxide_plugin.core.libraries.table_library import band_wavelength
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.bands import ModelBand
from lunar_oxide_plugin.core.rasters.sensors.known import MI

CENTRES = (414, 749, 901, 950, 1001, 1049, 1248, 1548)
SILENT = SilentProgress()
#: Two soils of different colour at these wavelengths.
SOILS = (
    (0.0498, 0.0883, 0.0953, 0.0962, 0.0989, 0.1024, 0.1235, 0.1487),
    (0.0639, 0.1157, 0.1230, 0.1244, 0.1275, 0.1312, 0.1535, 0.1801),
)


@pytest.fixture(scope="module")
def model():
    return OxideModel(bundled_model_path("kaguya_mi"))


def dense(soil, step=5.0, low=350.0, high=1700.0):
    """A soil as a laboratory samples it."""
    waves = np.arange(low, high + 1.0, step)
    return waves, np.interp(waves, CENTRES, soil)


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def table_of(waves, *columns, head, sep="\t", fmt="{:.6g}"):
    rows = [sep.join(fmt.format(v) for v in row) for row in zip(waves, *columns)]
    return "\n".join([*head, *rows]) + "\n"


# --- tables ---------------------------------------------------------------------------


def column_cases():
    waves, one = dense(SOILS[0])
    _, two = dense(SOILS[1])
    spread = np.full(waves.shape, 0.0004)
    yield "tabs", table_of(waves, one, two, head=["Wavelength (nm)\t62231\t12030"]), 2
    yield "commas", table_of(waves, one, two, head=["nm,A soil,B soil"], sep=","), 2
    yield "remarks", table_of(waves, one, two, head=["# from a lab", "wave one two"], sep=" "), 2
    yield (
        "micrometres",
        table_of(waves / 1e3, one, two, head=["Wavelength(\u00b5m);x1;x2"], sep=";"),
        2,
    )
    yield "percent", table_of(waves, 100 * one, 100 * two, head=["nm\ta (%)\tb (%)"]), 2
    yield "by size", table_of(waves, 100 * one, 100 * two, head=["nm\ta1\tb1"]), 2
    yield "relab", table_of(
        waves, one, spread, head=[str(waves.size), "Wavelength Reflectance Standard Deviation"],
        sep="  ",
    ), 1  # fmt: skip
    yield "no header", table_of(waves, one, spread, head=[]), 1
    yield "deviations", table_of(
        waves, one, spread, two, spread, head=["nm\ts1\ts1 stdev\ts2\ts2 std. dev."]
    ), 2  # fmt: skip
    yield (
        "own wavelengths",
        table_of(waves, one, waves, two, head=["wavelength\ta7\twavelength\tb7"]),
        2,
    )
    yield "two lines", table_of(
        waves, one, two, head=["\tApollo 16\tApollo 12", "nm\t62231\t12030"]
    ), 2  # fmt: skip
    decimal = table_of(waves, one, two, head=["nm;a1;b1"], sep=";").replace(".", ",")
    yield "decimal commas", decimal, 2
    yield "backwards", table_of(waves[::-1], one[::-1], two[::-1], head=["nm\ta1\tb1"]), 2


@pytest.mark.parametrize(
    ("text", "count"), [case[1:] for case in column_cases()], ids=[c[0] for c in column_cases()]
)
def test_spectra_in_columns(tmp_path, text, count):
    library = read_library(written(tmp_path, "soil.txt", text))
    assert len(library.spectra) == count
    for spectrum, soil in zip(library.spectra, SOILS):
        waves, values = dense(soil)
        np.testing.assert_allclose(spectrum.wavelengths_nm, waves)
        np.testing.assert_allclose(spectrum.reflectance, values, rtol=2e-5)
    assert len({spectrum.name for spectrum in library.spectra}) == count


def test_names_and_notes_of_columns(tmp_path):
    texts = {name: text for name, text, _ in column_cases()}
    found = read_library(written(tmp_path, "lsc.tab", texts["two lines"]))
    assert [s.name for s in found.spectra] == ["Apollo 16 62231", "Apollo 12 12030"]
    found = read_library(written(tmp_path, "c1lr155.asc", texts["relab"]))
    assert [s.name for s in found.spectra] == ["c1lr155"]
    assert "left out" in " ".join(found.notes)
    assert "percent" in " ".join(read_library(written(tmp_path, "p.txt", texts["percent"])).notes)


ROWS = [
    ["name", *(f"r{c}" for c in CENTRES)],
    ["name", *(f"{c} nm" for c in CENTRES)],
    ["sample", *(f"R{c / 1000:g}um" for c in CENTRES)],
    ["Name", *(f"reflectance_{c}" for c in CENTRES)],
]


@pytest.mark.parametrize("header", ROWS)
@pytest.mark.parametrize("sep", [",", ";", "\t"])
def test_spectra_in_rows(tmp_path, header, sep):
    lines = [sep.join(header)]
    lines += [sep.join(["soil " + str(i), *map(str, soil)]) for i, soil in enumerate(SOILS)]
    library = read_library(written(tmp_path, "rows.csv", "\n".join(lines)))
    assert [s.name for s in library.spectra] == ["soil 0", "soil 1"]
    for spectrum, soil in zip(library.spectra, SOILS):
        np.testing.assert_allclose(spectrum.wavelengths_nm, CENTRES)
        np.testing.assert_allclose(spectrum.reflectance, soil)


def test_the_bundled_stations_are_a_table_of_spectra():
    library = read_library(RESOURCES / "sample_sites.csv")
    with open(RESOURCES / "sample_sites.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(library.spectra) == len(rows)
    for spectrum, row in zip(library.spectra, rows):
        expected = [float(row[f"r{c}"] or "nan") for c in CENTRES]
        np.testing.assert_array_equal(spectrum.reflectance, expected)
        assert spectrum.longitude_deg == float(row["longitude_deg"])
        assert spectrum.latitude_deg == float(row["latitude_deg"])


def test_what_names_a_band():
    names = {"r414": 414, "R0750": 750, "414 nm": 414, "0.95um": 950, "R (1548 nm)": 1548,
             "r414_p05": None, "feo_wt": None, "10084": None, "x": None, "pixel_row": None,
             "1001.5": 1001.5}  # fmt: skip
    assert {name: band_wavelength(name) for name in names} == names


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("a,b\nc,d\n", "neither columns named after wavelengths"),
        ("nm\ta\n" + "\n".join(f"{w}\t{4000 + w}" for w in range(400, 420)), "give SCALE"),
        ("name,r414,r749,r950\na,0.05,0.09,0.1\nb,5,9,10\n", "divide the file by unit"),
        ("name,r414,r749,r950\na,x,0.09,0.1\n", "is no number"),
        ("name,r414,r749,r950\na,0.1,0.09,0.1,7\n", "Row 1 of"),
        ("name,r414,r749,r950\n", "no spectra below"),
        ("name,r414,r749,r950\na,,,\n", "no numbers of reflectance"),
        ("wavenumber (cm-1)\ta\n4000\t0.1\n5000\t0.2\n", "speaks of wavenumbers"),
        ("nm\ta\n40000\t0.1\n50000\t0.2\n", "state their unit"),
        ('name,r414,r749\n"a,1,2\n' * 3, ""),
    ],
)
def test_tables_that_are_refused(tmp_path, content, said):
    with pytest.raises(LunarOxideError) as caught:
        read_library(written(tmp_path, "bad.csv", content))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_binary_and_endless_files_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "picture.csv"
    path.write_bytes(bytes(range(256)) * 50)
    with pytest.raises(LibraryError, match="no text"):
        read_library(path)
    monkeypatch.setattr("lunar_oxide_plugin.core.libraries.table_library.MOST_BYTES", 100)
    with pytest.raises(LibraryError, match="too large"):
        read_library(written(tmp_path, "long.csv", "1,2\n" * 100))
    with pytest.raises(LibraryError, match="no file"):
        read_library(tmp_path / "missing.csv")
    with pytest.raises(LibraryError, match="no file"):
        read_library(tmp_path)


def test_a_scale_outweighs_the_numbers(tmp_path):
    text = "name,r414,r749,r950\na,498,883,962\n"
    library = read_library(written(tmp_path, "dn.csv", text), 1e-4)
    np.testing.assert_allclose(library.spectra[0].reflectance, (0.0498, 0.0883, 0.0962))


# --- ENVI -----------------------------------------------------------------------------

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="{},="), min_size=1, max_size=8)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(NAMES, st.floats(0.01, 0.9)), min_size=1, max_size=4),
    st.integers(1, 30),
)
def test_what_is_written_is_read(tmp_path_factory, spectra, samples):
    folder = tmp_path_factory.mktemp("round")
    waves = 400.0 + 7.5 * np.arange(samples)
    given_ = [
        Spectrum(name, waves, level * (1.0 + 0.01 * np.arange(samples))) for name, level in spectra
    ]
    for ending in ("sli", "csv"):
        write_library(given_, folder / f"x.{ending}", "made by a test")
        if ending == "csv" and samples < 3:
            continue  # a table of two numbers can be of anything
        found = read_library(folder / f"x.{ending}").spectra
        assert len(found) == len(given_)
        for read, one in zip(found, given_):
            np.testing.assert_allclose(read.wavelengths_nm, one.wavelengths_nm)
            np.testing.assert_allclose(read.reflectance, one.reflectance, rtol=1e-6)


def envi(folder, values, name="lib", changes=None, dtype="<f4", ending=".sli", tail=b""):
    """An ENVI library as another program writes it."""
    values = np.asarray(values)
    header = {
        "samples": values.shape[1], "lines": values.shape[0], "bands": 1, "header offset": 0,
        "file type": "ENVI Spectral Library", "data type": 4, "interleave": "bsq",
        "byte order": 0, "wavelength units": "Micrometers",
        "spectra names": "{" + ",\n ".join(f"soil {i}" for i in range(len(values))) + "}",
        "wavelength": "{" + ",\n ".join(f"{c / 1000:g}" for c in CENTRES) + "}",
    }  # fmt: skip
    header.update(changes or {})
    lines = ["ENVI", *(f"{key} = {value}" for key, value in header.items() if value is not None)]
    (folder / f"{name}.hdr").write_text("\n".join(lines) + "\n")
    (folder / f"{name}{ending}").write_bytes(values.astype(dtype).tobytes() + tail)
    return folder / f"{name}{ending}"


@pytest.mark.parametrize(
    ("changes", "dtype", "factor"),
    [
        ({}, "<f4", 1),
        ({"data type": 5, "byte order": 1}, ">f8", 1),
        ({"data type": 2, "reflectance scale factor": 10000}, "<i2", 10000),
        ({"data type": 12, "reflectance scale factor": "10000.0", "byte order": 1}, ">u2", 10000),
        ({"wavelength units": None}, "<f4", 1),
        ({"wavelength units": "Unknown", "spectra names": None}, "<f4", 1),
    ],
)
def test_libraries_of_other_programs(tmp_path, changes, dtype, factor):
    values = np.round(np.array(SOILS) * factor, 0 if factor > 1 else 6)
    path = envi(tmp_path, values, changes=changes, dtype=dtype)
    for chosen in (path, path.with_suffix(".hdr")):
        library = read_library(chosen)
        assert len(library.spectra) == 2
        for spectrum, soil in zip(library.spectra, SOILS):
            np.testing.assert_allclose(spectrum.wavelengths_nm, CENTRES)
            np.testing.assert_allclose(spectrum.reflectance, soil, rtol=1e-3)


def test_bad_bands_and_ignored_values_are_no_numbers(tmp_path):
    values = np.array(SOILS)
    values[1, 3] = -9999.0
    path = envi(tmp_path, values, changes={"bbl": "{1,1,0,1,1,1,1,1}", "data ignore value": -9999})
    one, two = read_library(path).spectra
    assert np.isnan(one.reflectance).tolist() == [c == 901 for c in CENTRES]
    assert np.isnan(two.reflectance).tolist() == [c in (901, 950) for c in CENTRES]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file type": "ENVI Standard"}, "no spectral library"),
        ({"samples": 9}, "lists 8 wavelengths for 9 samples"),
        ({"lines": 3}, "it is cut"),
        ({"lines": 10**9}, "more than a spectral library"),
        ({"samples": "many"}, "no whole number"),
        ({"samples": -8}, "no whole number"),
        ({"data type": 6}, "no real number"),
        ({"header offset": 10**11}, "it is cut"),
        ({"wavelength": "{a, b}"}, "not of numbers"),
        ({"wavelength": "{0.4, 0.7"}, "it is cut"),
        ({"wavelength": "{" + ",".join("nan" for _ in CENTRES) + "}"}, "no number"),
        ({"wavelength units": "Wavenumber"}, "instead of wavelengths"),
        ({"data ignore value": "{}", "reflectance scale factor": "{}"}, ""),
        ({"reflectance scale factor": "-1e400", "bbl": "{nan}"}, ""),
        ({"samples": 0, "wavelength": "{}"}, "not of reflected light"),
        ({"lines": 0}, "no numbers of reflectance"),
    ],
)
def test_libraries_that_are_refused(tmp_path, changes, said):
    path = envi(tmp_path, SOILS, changes=changes)
    try:
        library = read_library(path)
    except LibraryError as error:
        assert said in str(error)
        assert "\n" not in str(error)
    else:
        assert not said, library.notes


def test_a_library_without_its_other_file(tmp_path):
    path = envi(tmp_path, SOILS)
    path.with_suffix(".hdr").rename(tmp_path / "other.hdr")
    with pytest.raises(LibraryError, match="no header beside it"):
        read_library(path)
    with pytest.raises(LibraryError, match="no numbers beside it"):
        read_library(tmp_path / "other.hdr")


def test_an_envi_library_has_one_list_of_wavelengths(tmp_path):
    waves = np.array(CENTRES, float)
    spectra = [
        Spectrum("a", waves, np.array(SOILS[0])),
        Spectrum("b", waves + 1, np.array(SOILS[1])),
    ]
    with pytest.raises(LibraryError, match="different wavelengths"):
        write_envi(spectra, tmp_path / "x.sli")
    with pytest.raises(LibraryError, match="no spectrum"):
        write_envi([], tmp_path / "x.sli")
    with pytest.raises(LibraryError, match="header of the library"):
        write_envi(spectra[:1], tmp_path / "x.hdr")
    assert list(tmp_path.iterdir()) == []


def test_samples_of_one_wavelength_are_averaged():
    spectrum = spectrum_of("x", np.array([500.0, 400.0, 500.0]), np.array([0.2, 0.1, 0.4]))
    np.testing.assert_allclose(spectrum.wavelengths_nm, (400.0, 500.0))
    np.testing.assert_allclose(spectrum.reflectance, (0.1, 0.3))


def test_too_many_spectra_are_refused():
    with pytest.raises(LibraryError, match="more than"):
        limits.require_size(limits.MOST_SPECTRA + 1, 1, "x")
    with pytest.raises(LibraryError, match="more than"):
        limits.require_size(5000, 5000, "x")


# --- convolution ----------------------------------------------------------------------

BAND = ModelBand("MV3", 901.0, 20.0, 0.01, 0.3)


def at_901(waves, values, shape, sensor=None):
    result, why = at_bands(Spectrum("x", waves, values), [BAND], shape, sensor)
    return float(result[0]), why


@pytest.mark.parametrize("shape", FilterShape)
def test_a_slope_has_its_value_at_the_centre(shape):
    waves = np.arange(800.0, 1000.0, 5.0)
    value, why = at_901(waves, 1e-3 * waves - 0.7, shape)
    assert why == ""
    assert value == pytest.approx(0.201, abs=1e-9)


def test_a_curve_is_averaged_by_the_filter():
    waves = np.arange(800.0, 1000.0, 0.5)
    curve = 1e-4 * (waves - 901.0) ** 2
    # A boxcar of width w averages x^2 to w^2/12; a Gaussian to its variance, w^2/(8 ln 2), here
    # cut at 1.5 w.
    value, _ = at_901(waves, curve, FilterShape.BOXCAR)
    assert value == pytest.approx(1e-4 * 20.0**2 / 12.0, rel=2e-3)
    value, _ = at_901(waves, curve, FilterShape.GAUSSIAN)
    assert value == pytest.approx(1e-4 * 20.0**2 / (8.0 * math.log(2.0)), rel=0.01)


@pytest.mark.parametrize(
    ("waves", "shape", "said"),
    [
        (np.arange(400.0, 915.0, 5.0), FilterShape.GAUSSIAN, "needs 881 to 921 nm"),
        (np.arange(400.0, 916.0, 5.0), FilterShape.BOXCAR, ""),
        (np.arange(890.0, 1500.0, 5.0), FilterShape.GAUSSIAN, "reaches from 890"),
        (np.arange(400.0, 1500.0, 25.0), FilterShape.GAUSSIAN, "sampled every 25 nm"),
        (np.arange(400.0, 1500.0, 20.0), FilterShape.GAUSSIAN, ""),
    ],
)
def test_where_the_sampling_does_not_allow_it(waves, shape, said):
    value, why = at_901(waves, np.full(waves.shape, 0.2), shape)
    assert said in why
    assert bool(why) == bool(said)
    assert math.isnan(value) == bool(said)


def test_measured_bands_are_taken_as_they_are(model):
    bands = model.description.bands
    nominal = np.array([415.0, 750.0, 900.0, 950.0, 1000.0, 1050.0, 1250.0, 1550.0])
    for waves in (np.array(CENTRES, float), nominal):
        values, why = at_bands(
            Spectrum("x", waves, np.array(SOILS[0])), bands, FilterShape.GAUSSIAN, MI
        )
        assert why == ""
        np.testing.assert_array_equal(values, SOILS[0])
    clementine = Spectrum("x", nominal[:5], np.array(SOILS[0][:5]))
    values, why = at_bands(clementine, bands, FilterShape.GAUSSIAN, MI)
    assert "1049 nm" in why
    assert np.isnan(values).all()
    shifted = Spectrum("x", np.array(CENTRES, float) + 8.0, np.array(SOILS[0]))
    assert at_bands(shifted, bands, FilterShape.GAUSSIAN, MI)[1]


# --- prediction -----------------------------------------------------------------------


def test_the_same_numbers_as_the_model_gives(model, tmp_path):
    result = predict_spectra(
        read_library(RESOURCES / "sample_sites.csv"), model, FilterShape.GAUSSIAN, SILENT
    )
    good = [place for place, reason in enumerate(result.reasons) if not reason]
    assert len(good) == result.count == 56
    expected = model.predict(result.reflectance[:, good])
    np.testing.assert_array_equal(result.values[result.layout.oxide_rows][:, good], expected.oxides)
    np.testing.assert_array_equal(result.values[result.layout.sigma_rows][:, good], expected.sigma)
    lacking = [place for place in range(len(result.spectra)) if place not in good]
    assert np.isnan(result.values[:, lacking]).all()
    assert all("no numbers" in result.reasons[place] for place in lacking)
    assert set(result.flags[lacking]) == {1}


def test_a_laboratory_is_told_from_the_sensor(model, tmp_path):
    waves, one = dense(SOILS[0])
    text = table_of(waves, one, dense(SOILS[1])[1], head=["nm\ta1\tb1"])
    library = read_library(written(tmp_path, "lab.txt", text))
    result = predict_spectra(library, model, FilterShape.BOXCAR, SILENT)
    assert result.count == 2
    np.testing.assert_allclose(result.reflectance.T, SOILS, rtol=0.01)
    assert any("laboratory" in doubt for doubt in result.doubts)
    bands = "name," + ",".join(f"r{c}" for c in CENTRES) + "\n"
    rows = "".join(f"s{i}," + ",".join(map(str, soil)) + "\n" for i, soil in enumerate(SOILS))
    plain = predict_spectra(
        read_library(written(tmp_path, "mi.csv", bands + rows)), model, FilterShape.BOXCAR, SILENT
    )
    assert not any("27-76 %" in doubt for doubt in plain.doubts)


def test_numbers_that_are_no_reflectance_of_the_moon(model, tmp_path):
    head = "name," + ",".join(f"r{c}" for c in CENTRES) + "\n"
    bright = "a," + ",".join(["0.9"] * 8) + "\n"
    with pytest.raises(ReflectanceRangeError):
        predict_spectra(
            read_library(written(tmp_path, "white.csv", head + bright * 3)),
            model, FilterShape.GAUSSIAN, SILENT,
        )  # fmt: skip
    mixed = head + "a," + ",".join(map(str, SOILS[0])) + "\nb," + ",".join(["-0.1"] * 8) + "\n"
    result = predict_spectra(
        read_library(written(tmp_path, "mixed.csv", mixed)), model, FilterShape.GAUSSIAN, SILENT
    )
    assert result.count == 1
    assert "which no surface" in result.reasons[1]


def spectra_file(folder, placed=True):
    head = ["name", *(["lon", "lat"] if placed else []), *(f"r{c}" for c in CENTRES)]
    rows = [
        [f"s{i}", *([30.5 + i, -20.25] if placed else []), *soil] for i, soil in enumerate(SOILS)
    ]
    rows.append(["cut", *([31, 1] if placed else []), *SOILS[0][:-1], ""])
    text = "\n".join(",".join(map(str, row)) for row in [head, *rows]) + "\n"
    return written(folder, "spectra.csv", text)


@pytest.mark.parametrize("ending", ["gpkg", "csv"])
@pytest.mark.parametrize("placed", [True, False])
def test_the_algorithm_writes_points_or_a_table(run, model, tmp_path, placed, ending):
    output = tmp_path / f"predicted.{ending}"
    result = run(
        "predictspectra", INPUT=str(spectra_file(tmp_path, placed)), MODEL="kaguya_mi",
        UNCERTAINTY="both", OUTPUT=str(output), TABLE=str(tmp_path / "t.csv"),
    )  # fmt: skip
    assert (result["N_SPECTRA"], result["N_PREDICTED"]) == (3, 2)
    layer = QgsVectorLayer(result["OUTPUT"], "x", "ogr")
    assert layer.featureCount() == 3
    if ending == "gpkg":
        kinds = QgsWkbTypes.GeometryType
        expected = kinds.PointGeometry if placed else kinds.NullGeometry
        assert layer.geometryType() == expected
        features = {feature["name"]: feature for feature in layer.getFeatures()}
        if placed:
            point = features["s1"].geometry().asPoint()
            assert (point.x(), point.y()) == (31.5, -20.25)
            assert layer.crs().celestialBodyName() == "Moon"
        oxides = model.predict(np.array(SOILS, np.float32).T).oxides
        for place, oxide in enumerate(OXIDES[:6]):
            for number in range(2):
                value = features[f"s{number}"][f"{oxide.key}_wt"]
                assert value == pytest.approx(float(oxides[place, number]), rel=1e-5)
        assert (
            "no number at 1548 nm" in features["cut"]["note"]
            or "reaches from" in (features["cut"]["note"])
        )
    with open(tmp_path / "t.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == ["s0", "s1", "cut"]
    assert rows[0]["feo_wt"] and not rows[2]["feo_wt"]
    assert any("sigma" in name for name in rows[0])
    assert float(rows[1]["r1548"]) == pytest.approx(SOILS[1][-1], rel=1e-5)


def test_nothing_is_left_where_no_spectrum_can_be_used(run, tmp_path):
    path = written(tmp_path, "m3.csv", "name,r541,r621,r730\na,0.05,0.06,0.08\n")
    with pytest.raises(QgsProcessingException, match="can be brought to the bands"):
        run("predictspectra", INPUT=str(path), OUTPUT=str(tmp_path / "o.gpkg"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["m3.csv"]


def test_the_command_line_predicts_spectra(tmp_path, capsys):
    output = tmp_path / "o.csv"
    assert main(["predict-spectra", str(spectra_file(tmp_path)), str(output), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["spectra"], said["predicted"]) == (3, 2)
    assert [item["name"] for item in said["skipped"]] == ["cut"]
    assert len(output.read_text().splitlines()) == 4
    assert main(["predict-spectra", str(tmp_path / "none.csv"), str(output)]) == 3
    # An input is not replaced, by either of its names.
    path = envi(tmp_path, SOILS)
    before = path.with_suffix(".hdr").read_bytes()
    for target in (path, path.with_suffix(".hdr")):
        assert main(["predict-spectra", str(path), str(target)]) == 3
    assert path.with_suffix(".hdr").read_bytes() == before
