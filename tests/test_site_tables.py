"""Tables of sites as spreadsheets and papers give them: cells, headers, units."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunar_oxide_plugin.core.chemistry.oxides import OXIDE_NAMES
from lunar_oxide_plugin.core.errors import SitesError
from lunar_oxide_plugin.core.sites.cells import Comma, decimals, read_angle, read_number
from lunar_oxide_plugin.core.sites.headers import coordinate_axis, with_true_headers
from lunar_oxide_plugin.core.sites.site_columns import read_sites, recognise
from lunar_oxide_plugin.core.sites.table_file import read_site_table


def sites_of(names, *rows, chosen=""):
    names, table, notes = with_true_headers(names, [dict(zip(names, row)) for row in rows])
    truth = read_sites(table, recognise(names, chosen))
    return truth.sites, (*notes, *truth.notes), truth.rejected


@pytest.mark.parametrize(
    ("text", "value"),
    [("16,5", 16.5), ("16.5", 16.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("50 300", 50300),
     ("50\u00a0300", 50300), ("50\u202f300,25", 50300.25), ("\u22123.25", -3.25),
     ("\u20132,5", -2.5), (7, 7.0), ("1e3", 1000.0)],
)  # fmt: skip
def test_ways_to_write_a_number(text, value):
    assert read_number(text, "c") == value


@pytest.mark.parametrize("text", ["", None, "n.d.", "#N/A", "<0.3", "bdl", "tr.", "\u2212"])
def test_cells_without_a_measurement(text):
    assert math.isnan(read_number(text, "c"))


@pytest.mark.parametrize("text", ["16.5*", "~3", "1,2,3", "12.5 \u00b1 0.3", "16.5 %", "inf"])
def test_cells_that_are_no_number_are_named(text):
    with pytest.raises(SitesError, match="column Ti"):
        read_number(text, "Ti")


def test_a_comma_that_can_be_read_in_two_ways_is_refused():
    assert read_number("50,30", "Ti", Comma.UNKNOWN) == 50.3
    with pytest.raises(SitesError, match=r"'50,300' in column Ti can be 50.300 or 50300"):
        read_number("50,300", "Ti", Comma.UNKNOWN)


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("20\u00b011'26\"N", 20 + 11 / 60 + 26 / 3600), ("20\u00b011\u203226\u2033 S", -20.190556),
     ("30 46 18 E", 30.771667), ("23.4219W", -23.4219), ("W 23.4219", -23.4219),
     ("S3,0128", -3.0128), ("20d11m26s", 20.190556), ("20:11:26", 20.190556),
     ("20\u00b0 30' N", 20.5), ("-3\u00b0 30'", -3.5), ("20.19\ufffd", 20.19), (-41.6385, -41.6385),
     ("\u221241.6385", -41.6385), ("151 deg E", 151.0)],
)  # fmt: skip
def test_ways_to_write_an_angle(text, degrees):
    assert read_angle(text, "lat") == pytest.approx(degrees, abs=1e-6)


@given(st.floats(-179.99, 179.99), st.booleans())
def test_degrees_minutes_seconds_return_to_the_same_angle(angle, letters):
    size = round(abs(angle) * 3600) / 3600
    degrees, rest = divmod(round(size * 3600), 3600)
    minutes, seconds = divmod(rest, 60)
    side = ("W" if angle < 0 else "E") if letters else ""
    sign = "-" if angle < 0 and not letters else ""
    text = f"{sign}{degrees}\u00b0{minutes:02d}'{seconds:02d}\"{side}"
    assert read_angle(text, "lon") == pytest.approx(math.copysign(size, angle), abs=1e-9)


@pytest.mark.parametrize("text", ["20\u00b075'", "N20E", "twenty", "20\u00b011'99\""])
def test_what_is_no_angle_is_named(text):
    with pytest.raises(SitesError, match="column lat"):
        read_angle(text, "lat")


@pytest.mark.parametrize(
    ("name", "meaning"),
    [("Latitude (\u00b0N)", ("latitude", 1.0)), ("Latitude [\u00b0]", ("latitude", 1.0)),
     ("lat_deg", ("latitude", 1.0)), ("Lat. (deg)", ("latitude", 1.0)), ("LON", ("longitude", 1.0)),
     ("Longitude (\ufffdE)", ("longitude", 1.0)), ("lon_w", ("longitude", -1.0)),
     ("West longitude", ("longitude", -1.0)), ("Lat (\u00b0S)", ("latitude", -1.0)),
     ("lat_err", None), ("longitude_rad", None), ("FeO", None), ("latlon", None),
     ("lat lon", None), ("Longitude (E/W)", ("longitude", 1.0)), ("lat_min", None)],
)  # fmt: skip
def test_headers_of_coordinates(name, meaning):
    assert coordinate_axis(name) == meaning


def test_west_and_south_count_backwards():
    sites, notes, _ = sites_of(
        ["id", "Lat (\u00b0S)", "lon_w", "FeO"], ["A", "3,01", "23,42", "17"]
    )
    assert (sites[0].latitude_deg, sites[0].longitude_deg) == (-3.01, -23.42)
    assert "'lon_w' taken as longitude, positive to the west" in notes


@pytest.mark.parametrize(
    "header", ["lon", "Longitude (\u00b0W)", "Longitude (\u00b0E)", "lon (E/W)"]
)
@pytest.mark.parametrize(("cell", "degrees"), [("23.42 W", -23.42), ("23.42 E", 23.42)])
def test_a_letter_in_the_cell_outweighs_the_header(header, cell, degrees):
    sites, _, _ = sites_of(["id", "lat", header, "FeO"], ["A", "3.01 S", cell, "17"])
    assert (sites[0].latitude_deg, sites[0].longitude_deg) == (-3.01, degrees)


@pytest.mark.parametrize(
    ("names", "row"),
    [(["lat", "NS", "lon", "EW"], ["3.5", "S", "23.25", "W"]),
     (["lat", "lat_dir", "lon", "lon_dir"], [3.5, "s", 23.25, "west"]),
     (["lat", "x", "lon", "y"], ["3.5", "S", "23.25", "W"]),
     (["lat_deg", "lat_min", "lon_deg", "lon_min"], ["-3", "30", "-23", "15"]),
     (["Lat", "min", "sec", "Lon", "min_4", "sec_5"], ["-3", "29", "60e-9", "-23", "15", ""]),
     (["lat_deg", "lat_min", "ns", "lon_deg", "lon_min", "ew"], [3, 30, "S", 23, 15.0, "W"])],
)  # fmt: skip
def test_angles_in_several_columns(names, row):
    sites, notes, _ = sites_of(["id", *names, "FeO"], ["A", *row, "17"])
    place = (sites[0].latitude_deg, sites[0].longitude_deg)
    assert place == pytest.approx((-3.5, -23.25), abs=0.02)
    assert place == pytest.approx((-3.5, -23.25), abs=1e-9) or "sec" in names
    assert any("taken as the" in note and "of 'l" in note.lower() for note in notes)


def test_the_least_and_greatest_latitude_are_no_minutes():
    """GeoRoc gives both."""
    names = ["LATITUDE MIN", "LATITUDE MAX", "LONGITUDE MIN", "LONGITUDE MAX", "FEOT(WT%)"]
    sites, _, _ = sites_of(
        names, [20.25, 20.5, 30.75, 31.0, 17], chosen="latitude=LATITUDE MIN; lon=LONGITUDE MIN"
    )
    assert (sites[0].latitude_deg, sites[0].longitude_deg) == (20.25, 30.75)


@pytest.mark.parametrize(
    ("names", "row", "reason"),
    [(["lat", "lon"], ["30.77 E", "20.19 N"], "are two columns exchanged"),
     (["lat", "lon"], ["20.19", "-23.4 W"], "a minus sign and a letter"),
     (["lat", "lon"], ["20.19.11", "30"], "is no number"),
     (["lat", "lon"], ["20.5 30", "30"], "is no angle"),
     (["lat", "lon"], ["1.030,77", "30"], "latitude 1030.77"),
     (["lat_deg", "lat_min", "lon"], ["20", "75", "30"], "minutes and seconds go from 0 to 60"),
     (["lat", "lon_w"], ["20.19", "-23.4"], "COLUMNS longitude east=lon_w")],
)  # fmt: skip
def test_angles_that_can_be_read_in_two_ways_are_refused(names, row, reason):
    with pytest.raises(SitesError, match=reason):
        sites_of([*names, "FeO"], [*row, "17"])


def test_the_users_word_on_the_side_outweighs_the_header():
    names, row = ["lat", "lon_w", "FeO"], ["20.19", "-23.4", "17"]
    assert sites_of(names, row, chosen="longitude east=lon_w")[0][0].longitude_deg == -23.4
    names, row = ["lat", "X", "FeO"], ["20.19", "23.4", "17"]
    assert sites_of(names, row, chosen="longitude west=X")[0][0].longitude_deg == -23.4


def test_the_user_names_columns_of_any_kind():
    sites, _, _ = sites_of(
        ["lat", "lon", "iron", "err", "stn", "flight"],
        [20.19, 30.77, 16.5, 300, "S6", "Apollo 17"],
        chosen="FeO=iron; position_error_m=err; station=stn; mission=flight",
    )  # fmt: skip
    assert (sites[0].position_error_m, sites[0].station) == (300.0, "S6")
    assert sites[0].mission == "Apollo 17"


@pytest.mark.parametrize(("cell", "error"), [("0", math.nan), ("", math.nan), ("150", 150.0)])
def test_position_errors(cell, error):
    sites, _, _ = sites_of(["lat", "lon", "Position error (m)", "FeO"], [1, 2, cell, 17])
    assert sites[0].position_error_m == pytest.approx(error, nan_ok=True)


@pytest.mark.parametrize(("cell", "reason"), [("-9999", "is negative"), ("1,500", "1.500 or 1500")])
def test_position_errors_that_would_make_a_place_new(cell, reason):
    with pytest.raises(SitesError, match=reason):
        sites_of(["lat", "lon", "position_error_m", "FeO"], [1, 2, cell, 17])


def test_rows_that_are_no_further_site():
    _, _, rejected = sites_of(
        ["id", "lat", "lon", "FeO"], ["A", 1, 2, 16.5], ["A", 1, 2, 16.5], ["SD", 1, 2, 0.5]
    )
    assert [row.reason for row in rejected] == ["it repeats row 1", "it is no site but a deviation"]


def test_the_user_names_the_coordinates():
    sites, _, _ = sites_of(
        ["id", "X", "Y", "FeO"], ["A", 30.77, 20.19, 16.5], chosen="latitude=Y; longitude=X"
    )
    assert (sites[0].latitude_deg, sites[0].longitude_deg) == (20.19, 30.77)


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (["field_1", "field_2", "field_3", "field_4"], [["id", "lat", "lon", "FeO"]]),
        (["Apollo 17 soils", "field_2", "field_3", "field_4"], [["id", "lat", "lon", "FeO"]]),
        (["Table 3", "", "_1", "_2"], [["", "", "", ""], ["id", "lat", "lon", "FeO"]]),
    ],
)
def test_headers_taken_for_data(names, rows):
    sites, notes, _ = sites_of(names, *rows, ["A", "20.19", "30.77", "16.5"])
    assert (sites[0].station_id, sites[0].oxides_wt[1]) == ("A", 16.5)
    assert f"row {len(rows)} taken as the header" in notes


def test_a_row_of_units_gives_the_units():
    sites, notes, _ = sites_of(
        ["id", "lat", "lon", "FeO", "Ti"],
        ["", "\u00b0N", "\u00b0E", "wt%", "ppm"], ["A", "20.19", "30.77", "16.5", "50300"],
    )  # fmt: skip
    assert sites[0].oxides_wt[:2] == pytest.approx((8.3924, 16.5), rel=1e-4)
    assert "the row below the header taken as units" in notes


def test_a_row_of_units_counts_for_coordinates_and_beside_remarks():
    sites, _, _ = sites_of(
        ["id", "lat", "lon", "FeO", "method"],
        ["units", "(\u00b0S)", "(\u00b0W)", "g/kg", "XRF"], ["A", "3.01", "23.42", "170", "x"],
    )  # fmt: skip
    assert (sites[0].latitude_deg, sites[0].longitude_deg) == (-3.01, -23.42)
    assert sites[0].oxides_wt[1] == pytest.approx(17.0)


@pytest.mark.parametrize("unit", ["mol%", "at%", "norm. %"])
def test_units_that_are_not_understood_are_refused(unit):
    with pytest.raises(SitesError, match=f"gives '{unit}' as the unit of FeO"):
        sites_of(["id", "lat", "lon", "FeO"], ["", "", "", unit], ["A", "20.19", "30.77", "16.5"])


def test_equal_headers_are_refused_whatever_the_reader_calls_the_second():
    with pytest.raises(SitesError, match="FeO and FeO_1 could both be FeO"):
        recognise(["id", "lat", "lon", "FeO", "FeO_1"])


def measured(names, *values, chosen=""):
    rows = [["A", 1.5, 2.5, *row] for row in values]
    sites, notes, rejected = sites_of(["id", "lat", "lon", *names], *rows, chosen=chosen)
    return [dict(zip(OXIDE_NAMES, site.oxides_wt)) for site in sites], notes, rejected


def test_mass_fractions_are_recognised_by_their_numbers():
    oxides, notes, _ = measured(
        ["FeO", "Al2O3", "FeO_sigma"], [0.146, 0.137, 0.01], [0.05, 0.27, 0]
    )
    assert (oxides[0]["FeO"], oxides[0]["Al2O3"]) == pytest.approx((14.6, 13.7))
    assert oxides[1]["FeO"] == pytest.approx(5.0)
    assert "'FeO' is in fraction, by its numbers" in notes


def test_the_uncertainty_follows_the_unit_of_its_value():
    names = ["id", "lat", "lon", "SiO2", "SiO2_sigma"]
    sites, _, _ = sites_of(names, ["A", 1.5, 2.5, 0.45, 0.01])
    assert sites[0].measured_sigma_wt[5] == pytest.approx(1.0)


@pytest.mark.parametrize("header", ["FeO (mass fraction)", "FeO fraction", "FeO (g/g)"])
def test_mass_fractions_by_header(header):
    assert measured([header], [0.146])[0][0]["FeO"] == pytest.approx(14.6)


def test_numbers_that_can_be_either_are_asked_for_and_the_advice_works():
    with pytest.raises(SitesError, match=r"COLUMNS, FeO \(fraction\)=FeO or FeO \(wt%\)=FeO"):
        measured(["FeO"], [0.146])
    assert measured(["FeO"], [0.146], chosen="FeO (fraction)=FeO")[0][0]["FeO"] == 14.6
    assert measured(["FeO"], [0.146], chosen="FeO (wt%)=FeO")[0][0]["FeO"] == 0.146


def test_titanium_below_one_is_wt_percent():
    assert measured(["TiO2"], [0.3], [0.9])[0][0]["TiO2"] == 0.3


def test_ppm_are_recognised_by_their_numbers():
    oxides, notes, _ = measured(["TiO2", "FeO"], [31000, 16.5], [4000, 7.0])
    assert (oxides[0]["TiO2"], oxides[0]["FeO"]) == pytest.approx((3.1, 16.5))
    assert "'TiO2' is in ppm, by its numbers" in notes


@pytest.mark.parametrize(
    ("names", "row", "reason"),
    [(["FeO (ppm)"], [165.0], "0.0165 wt% FeO is in no lunar soil"),
     (["FeO"], [1234.5], "1234.5 wt% FeO"),
     (["SiO2 (wt%)"], [0.45], "0.45 wt% SiO2"),
     (["FeO", "SiO2", "Al2O3", "CaO"], [20.0, 48.0, 30.0, 17.0], "its oxides sum to 115.0 wt%"),
     (["FeO", "TiO2"], [15.0, -1.0], "'-1.0' in column TiO2 is no amount"),
     (["FeO", "TiO2"], [15.0, 9999], "'9999' in column TiO2 is no amount"),
     (["TiO2"], [9999], "'9999' in column TiO2 is no amount"),
     (["Fe (ppm)"], [12.8], r"'12.8' in column Fe \(ppm\) means Fe in ppm")],
)  # fmt: skip
def test_what_cannot_be_wt_percent_is_refused(names, row, reason):
    with pytest.raises(SitesError, match=reason):
        measured(names, row)


@pytest.mark.parametrize(
    ("cell", "places"),
    [("20.19", 2), (20.19, 2), ("20", 0), ("-3,0128", 4), ("2.019e1", 2), ("", None),
     ("20\u00b011'26\"N", math.log10(3600)), ("20\u00b011'", math.log10(60)),
     ("20 11.5", 1 + math.log10(60))],
)  # fmt: skip
def test_decimal_places(cell, places):
    assert decimals(cell) == (None if places is None else pytest.approx(places))


FILES = [
    ("plain", b"station,lat,lon,FeO\nA,20.19,30.77,16.5\n"),
    ("semicolons", b"station;lat;lon;FeO\r\nA;20,19;30,77;16,5\r\n"),
    ("mark", b"\xef\xbb\xbf" + b"FeO,lat,lon,station\n16.5,20.19,30.77,A\n"),
    ("wide", "station\tlat\tlon\tFeO\nA\t20.19\t30.77\t16.5\n".encode("utf-16")),
    ("sep", b"sep=;\nstation;lat;lon;FeO\nA;20.19;30.77;16.5\n"),
    ("latin", "station;Latitude (\u00b0N);lon;FeO\nA;20.19;30.77;16.5\n".encode("latin-1")),
    ("remark", b"# from the lab\n\nstation,lat,lon,FeO\nA,20.19,30.77,16.5\n"),
    ("title", b"Apollo 17 soils,,,\nstation,lat,lon,FeO\nA,20.19,30.77,16.5\n"),
    ("mac", b"station,lat,lon,FeO\rA,20.19,30.77,16.5\r"),
    ("quoted", b'station,lat,lon,FeO,note\r\nA,"20,19","30,77","16,5","two\r\nlines"\r\n'),
    ("dms", 'station,lat,lon,FeO\nA,"20\u00b011\'24""N","30\u00b046\'12""E",16.5\n'.encode()),
    ("bars", b"station|lat|lon|FeO\nA|20.19|30.77|16.5\n"),
    ("remarks", b"station,lat,lon,FeO,note\n" + b"A,20.19,30.77,16.5,a;b\n" * 5),
    ("ragged", b"station,lat,lon,FeO\n,,,\nA,20.19,30.77,16.5,,\n,,,\n"),
]


@pytest.mark.parametrize(("name", "content"), FILES, ids=[name for name, _ in FILES])
def test_tables_as_spreadsheets_write_them(tmp_path, name, content):
    path = tmp_path / f"{name}.csv"
    path.write_bytes(content)
    site = read_site_table(path).sites[0]
    assert (site.station_id, site.oxides_wt[1]) == ("A", 16.5)
    assert (site.latitude_deg, site.longitude_deg) == pytest.approx((20.19, 30.77), abs=1e-9)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"station,lat,lon,FeO\n", "is empty: choose one with sites"),
        (b"\x00\x01\x02\x03", "is no text"),
        (b"\xff\xfeA", "is no text"),
        (b"station,lat,lon,FeO\nA,20,19,30,77,16,5\n", "has 7 values, its header 4 columns"),
        (b"station,lat,lon,FeO\n" + b"x" * 200_000, "is no table of separated values"),
        (b"x" * 200_000, "is no table of separated values"),
        (b"a,b\n1,2\n", "no oxide column among a, b"),
        (None, "cannot be read"),
    ],
)
def test_files_that_are_no_tables_are_one_sentence(tmp_path, content, message):
    path = tmp_path / "x.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SitesError, match=message):
        read_site_table(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_file_without_end_is_refused():
    with pytest.raises(SitesError, match="zero is too large"):
        read_site_table(Path("/dev/zero"))
