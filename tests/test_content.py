"""Maps without quality flags, uncertainty or domain distance: what they hold, and what is lost."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.chemistry.layout import (
    FULL,
    LARGEST,
    Content,
    PredictionLayout,
    SigmaKind,
    Uncertainty,
)
from lunar_oxide_plugin.core.chemistry.oxides import FEO, MGO
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.prediction_bands import find_bands, read_tags
from lunar_oxide_plugin.core.rasters.quality import FAULTS, OUTSIDE_DOMAIN
from tests.models import BUNDLED, write_foreign_model, write_linear_model, write_part_of_bundled
from tests.rasters import random_dn, write_mi_geotiff
from tests.requests import prediction

NEW, NEAR = SigmaKind.NEW_PLACE, SigmaKind.NEAR_SAMPLES
SHORT = (Content.OXIDES, Content.UNCERTAINTIES)


def dn_with_faults():
    """Digital numbers with no data, shadow, saturation and a spectrum unlike all training."""
    dn = random_dn(21, 34)
    dn[3, 2, 5] = -30000  # no data in one band
    dn[:, 4, 7] = 260  # shadow, still a spectrum
    dn[8, 6, 9] = 32760  # brighter than any soil
    dn[0, 8, 11] = 6000  # the linear model: distance 1.2
    return dn


def predicted(folder, model, content, **options):
    raster = folder / "in.tif"
    if not raster.exists():
        write_mi_geotiff(raster, dn_with_faults())
    output = folder / f"{content.value}.tif"
    request = prediction(raster, output, model, content=content, **options)
    summary = predict_raster(request, SilentProgress())
    with rasterio.open(output) as dataset:
        return summary, dataset.descriptions, dataset.units, dataset.read()


# --- layout ----------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [FULL, LARGEST, PredictionLayout((FEO, MGO), (), True)])
def test_a_content_is_the_first_rows_of_the_whole(whole):
    assert whole.of_content(Content.ALL) == whole
    for content in SHORT:
        layout = whole.of_content(content)
        assert layout.descriptions == whole.descriptions[: layout.count]
        assert layout.units == ("wt%",) * layout.count
        assert layout.count == layout.value_count
        assert (layout.domain_row, layout.quality_row) == (None, None)
    assert whole.of_content(Content.OXIDES).count == len(whole.oxides)
    assert whole.of_content(Content.UNCERTAINTIES).sigmas == whole.sigmas


def test_positions_without_quality():
    layout = PredictionLayout((FEO, MGO), (NEW, NEAR), has_domain=True, has_quality=False)
    assert (layout.domain_row, layout.quality_row, layout.count) == (6, None, 7)
    assert layout.descriptions[-1] == "domain distance"


# --- the model -------------------------------------------------------------------------


@pytest.mark.parametrize("uncertainty", Uncertainty)
def test_the_model_computes_only_what_is_wanted(uncertainty):
    spectra = (random_dn(9, 31)[:8].reshape(8, -1) * 2e-5).astype("f4")
    whole = OxideModel(BUNDLED, uncertainty=uncertainty)
    expected = whole.predict(spectra)
    for content in SHORT:
        model = OxideModel(BUNDLED, uncertainty=uncertainty, content=content)
        assert model.outputs == whole.outputs.of_content(content)
        asked = [output.name for output in model._session.get_outputs()]
        assert ("domain_distance" in asked) and (len(asked) == 2 + len(model.outputs.sigmas))
        found = model.predict(spectra)
        np.testing.assert_array_equal(found.oxides, expected.oxides)
        np.testing.assert_array_equal(found.domain_distance, expected.domain_distance)
        for kind in model.outputs.sigmas:
            np.testing.assert_array_equal(
                found.sigma_of(kind, model.computed), expected.sigma_of(kind, whole.computed)
            )


# --- rasters ---------------------------------------------------------------------------


@pytest.mark.parametrize("content", SHORT)
def test_doubtful_pixels_are_no_data_where_no_flag_could_tell(tmp_path, content):
    model = write_linear_model(tmp_path / "linear.onnx")
    summary, names, units, whole = predicted(tmp_path, model, Content.ALL)
    short, short_names, short_units, values = predicted(tmp_path, model, content)
    assert short_names == names[: len(values)] and short_units == units[: len(values)]
    assert len(values) == (6 if content is Content.OXIDES else 12)
    quality = np.nan_to_num(whole[-1], nan=1).astype(int)
    doubtful = quality & FAULTS != 0
    assert [quality[at] & 15 for at in ((2, 5), (4, 7), (6, 9), (8, 11))] == [1, 2, 4, 8]
    assert 4 < doubtful.sum() < doubtful.size / 2  # some sums are implausible
    np.testing.assert_array_equal(values, np.where(doubtful, np.nan, whole[: len(values)]))
    assert summary.valid_pixels == 21 * 34 - 2
    assert short.valid_pixels == np.isfinite(values[0]).sum() == (~doubtful).sum()
    # The distance is computed, although it is not written.
    unlike = np.count_nonzero(quality & OUTSIDE_DOMAIN.bit)
    assert short.outside_domain == summary.outside_domain == unlike == 1
    assert summary.outside_share == pytest.approx(1 / summary.valid_pixels)
    assert short.outside_share == pytest.approx(1 / (short.valid_pixels + 1))
    tags = read_tags(str(tmp_path / f"{content.value}.tif"))
    assert tags["CONTENT"] == content.value and "quality flag" in tags["LEFT_OUT"]
    assert ("SIGMA_KINDS" in tags) == (content is Content.UNCERTAINTIES)
    assert "LEFT_OUT" not in read_tags(str(tmp_path / "all.tif"))
    bands = find_bands(list(short_names), "it")
    assert (bands.quality, bands.domain_distance) == (None, None)


@pytest.mark.parametrize("content", SHORT)
def test_models_that_give_less(tmp_path, content):
    part = write_part_of_bundled(tmp_path / "part.onnx", ["MgO", "FeO"], sigma=False, domain=False)
    foreign = write_foreign_model(tmp_path / "foreign.onnx", 2)
    for model, bands in ((part, None), (foreign, (1, 2, 4, 5, 6, 7, 8, 9))):
        folder = tmp_path / model.stem
        folder.mkdir()
        summary, names, _, values = predicted(folder, model, content, bands=bands)
        assert all(name.endswith("(wt%)") and "sigma" not in name for name in names)
        assert len(values) == len(summary.layout.oxides)
        assert np.isfinite(values).any() and summary.outside_domain == 0
