from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunar_oxide_plugin.core.pds_label import LabelBand, read_band_definitions
from tests.rasters import PRODUCT_WAVELENGTHS, PRODUCT_WIDTHS, random_dn, write_pds3_tile


@pytest.mark.parametrize("attached", [False, True])
def test_mi_map_label(tmp_path, attached):
    path = write_pds3_tile(tmp_path, random_dn(2, 3), attached)
    bands = read_band_definitions(path)
    assert [band.wavelength_nm for band in bands] == list(PRODUCT_WAVELENGTHS)
    assert [band.width_nm for band in bands] == list(PRODUCT_WIDTHS)
    assert [band.name for band in bands] == [
        "MV1",
        "MV2",
        "MV3",
        "MV4",
        "MV5",
        "MN1",
        "MN2",
        "MN3",
        "MN4",
    ]


def test_micrometres_and_missing_widths(tmp_path):
    path = tmp_path / "a.lbl"
    path.write_text(
        "PDS_VERSION_ID = PDS3\nCENTER_FILTER_WAVELENGTH = (0.414 <micron>,\n 1.5 <um>)\nEND\n"
    )
    assert read_band_definitions(path) == (LabelBand("", 414.0, 0.0), LabelBand("", 1500.0, 0.0))


def test_what_stands_behind_the_end_of_the_label_is_image(tmp_path):
    path = tmp_path / "a.img"
    path.write_text("PDS_VERSION_ID = PDS3\nEND\nCENTER_FILTER_WAVELENGTH = (1 <nm>)\n")
    assert read_band_definitions(path) == ()


@given(st.binary(max_size=300))
def test_garbage_defines_nothing(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("garbage") / "a.img"
    path.write_bytes(b"PDS_VERSION_ID = PDS3\nCENTER_FILTER_WAVELENGTH = (" + content)
    for band in read_band_definitions(path):
        assert band.wavelength_nm >= 0


def test_missing_file(tmp_path):
    assert read_band_definitions(tmp_path / "none.lbl") == ()
