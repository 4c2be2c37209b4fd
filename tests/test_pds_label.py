from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunar_oxide_plugin.core.rasters.pds_label import (
    MAX_LABEL_BYTES,
    LabelBand,
    read_band_definitions,
    read_codes,
)
from tests.rasters import PRODUCT_WAVELENGTHS, PRODUCT_WIDTHS, random_dn, write_pds3_tile

FILTERS = ["MV1", "MV2", "MV3", "MV4", "MV5", "MN1", "MN2", "MN3", "MN4"]
HEAD = "PDS_VERSION_ID = PDS3\n"


def label(tmp_path, text, head=HEAD):
    path = tmp_path / "a.lbl"
    path.write_bytes((head + text).encode("latin-1"))
    return path


def invalid_codes(path):
    return frozenset(read_codes(path).invalid)


@pytest.mark.parametrize("attached", [False, True])
def test_mi_map_label(tmp_path, attached):
    path = write_pds3_tile(tmp_path, random_dn(2, 3), attached)
    bands = read_band_definitions(path)
    assert [band.wavelength_nm for band in bands] == list(PRODUCT_WAVELENGTHS)
    assert [band.width_nm for band in bands] == list(PRODUCT_WIDTHS)
    assert [band.name for band in bands] == FILTERS
    assert invalid_codes(path) == {-20000, -21000, -22000, -23000, -30000}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(tmp_path, ending):
    text = "INVALID_VALUE = (-1,\n  -2)\nCENTER_FILTER_WAVELENGTH = (414 <nm>,\n  749 <nm>)\nEND\n"
    path = label(tmp_path, text.replace("\n", ending), HEAD.replace("\n", ending))
    if ending == "\r":  # no PDS3 line ending: nothing is found, nothing is raised
        assert read_band_definitions(path) == ()
        return
    assert [band.wavelength_nm for band in read_band_definitions(path)] == [414.0, 749.0]
    assert invalid_codes(path) == {-1, -2}


def test_micrometres_and_missing_widths(tmp_path):
    path = label(tmp_path, "CENTER_FILTER_WAVELENGTH = (0.414 <micron>,\n 1.5 <um>)\nEND\n")
    assert read_band_definitions(path) == (LabelBand("", 414.0, 0.0), LabelBand("", 1500.0, 0.0))


def test_one_unit_behind_the_list_applies_to_all(tmp_path):
    path = label(
        tmp_path,
        "CENTER_FILTER_WAVELENGTH = (414.0,\n 749.0) <nm>\nBANDWIDTH = (20.0, 12.0) <nm>\nEND\n",
    )
    assert read_band_definitions(path) == (LabelBand("", 414.0, 20.0), LabelBand("", 749.0, 12.0))


def test_single_values_quotes_and_comments(tmp_path):
    path = label(
        tmp_path,
        'FILTER_NAME = "NAC" /* one */\nBANDWIDTH = 300 <nm>\nINVALID_VALUE = -32768\n'
        "/* CENTER_FILTER_WAVELENGTH = 1 <nm> */\nCENTER_FILTER_WAVELENGTH = 600 <nm>\nEND\n",
    )
    assert read_band_definitions(path) == (LabelBand("NAC", 600.0, 300.0),)
    assert invalid_codes(path) == {-32768}


def test_nested_lists_give_all_codes(tmp_path):
    path = label(tmp_path, "INVALID_VALUE = ((-1, -2),\n (-3, -2))\nEND\n")
    assert invalid_codes(path) == {-1, -2, -3}


@pytest.mark.parametrize("value", ["UNK", "N/A", "(414 <nm>, N/A)", "(414 <nm>", "()", "1e999"])
def test_values_that_are_no_wavelengths_define_nothing(tmp_path, value):
    assert read_band_definitions(label(tmp_path, f"CENTER_FILTER_WAVELENGTH = {value}\n")) == ()


@pytest.mark.parametrize("end", ["END\n", "END", "  END \r\n", "END\x00\xff"])
def test_what_stands_behind_the_end_of_the_label_is_image(tmp_path, end):
    path = label(tmp_path, end + "\nCENTER_FILTER_WAVELENGTH = (1 <nm>)\nINVALID_VALUE = (-5)\n")
    assert read_band_definitions(path) == ()
    assert invalid_codes(path) == frozenset()


def test_only_the_statement_end_closes_the_label(tmp_path):
    path = label(
        tmp_path,
        'NOTE = "The\nEND of the mission"\nEnd_Object = IMAGE\nEND_OBJECT\n'
        "INVALID_VALUE = (-5)\nEND\n",
    )
    assert invalid_codes(path) == {-5}


def test_no_label(tmp_path):
    text = "CENTER_FILTER_WAVELENGTH = (1 <nm>)\nINVALID_VALUE = (-5)\nEND\n"
    assert read_band_definitions(label(tmp_path, text, head="")) == ()
    assert invalid_codes(label(tmp_path, text, head="")) == frozenset()


@pytest.mark.parametrize("name", ["none.lbl", "", "nul\0byte.lbl"])
def test_unreadable_path(tmp_path, name):
    assert read_band_definitions(tmp_path / name) == ()
    assert invalid_codes(tmp_path / name) == frozenset()


def test_a_label_behind_the_first_mebibyte_is_not_searched(tmp_path):
    path = label(tmp_path, " " * MAX_LABEL_BYTES + "\nINVALID_VALUE = (-5)\nEND\n")
    assert invalid_codes(path) == frozenset()


@pytest.mark.parametrize(
    "line", ["INVALID_VALUE = (((\nCENTER_FILTER_WAVELENGTH = (1,(2\n", "/*", "(", "\n", " END"]
)
def test_hostile_repetition_takes_no_time(tmp_path, line):
    path = label(tmp_path, line * (MAX_LABEL_BYTES // len(line)))
    assert read_band_definitions(path) == ()
    assert invalid_codes(path) == frozenset()


@given(
    start=st.sampled_from(
        [
            b"",
            b"PDS_VERSION_ID = PDS3\n",
            b"PDS_VERSION_ID = PDS3\nINVALID_VALUE = (",
            b"PDS_VERSION_ID = PDS3\nOUT_OF_IMAGE_BOUNDS_VALUE = ",
            b"PDS_VERSION_ID = PDS3\nCENTER_FILTER_WAVELENGTH = (",
        ]
    ),
    content=st.binary(max_size=300) | st.text('0123456789.eE+-<>nmu ,()\n"').map(str.encode),
)
def test_garbage_raises_nothing(tmp_path_factory, start, content):
    path = tmp_path_factory.getbasetemp() / "garbage.img"
    path.write_bytes(start + content)
    for band in read_band_definitions(path):
        assert math.isfinite(band.wavelength_nm)
        assert band.wavelength_nm >= 0
    assert all(code.is_integer() for code in read_codes(path).invalid)
